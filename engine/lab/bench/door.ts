import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { namesOf } from '../../api/native/names.ts';
import { Gateway } from '../../host/gateway.ts';
import { openSandbox } from '../../host/sandbox.ts';
import { MarketFeeds } from '../../host/streams/marketFeeds.ts';
import { EngineClient } from '../../host/threads/engineClient.ts';
import type { SignaturesClient } from '../../host/threads/signaturesClient.ts';
import { encodeEnvelope, SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { Command, PriceReport } from '../../protocol/commands/types.ts';
import { AgentScheme } from '../../protocol/enums.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { FIRST_SUBACCOUNT } from '../../sandbox/genesis.ts';
import { addressOf } from '../../sandbox/people.ts';
import { PRICE_E8_SCALE } from '../../units/price.ts';

/** A desk's gateway and engine thread on a fresh sandbox, with a trader's key. */
export interface BenchDoor {
  readonly gateway: Gateway;
  readonly feeds: MarketFeeds;
  readonly chainId: number;
  readonly vault: string;
  /** Public key of the trader's program, and what it signs with. */
  readonly agent: string;
  readonly privateKey: KeyObject;
  readonly account: number;
  stop(): Promise<void>;
}

const PRICE_USD = 60_000;
const REPORT_MS = 500;

/**
 * @param dir an empty folder on the disk to measure
 * @param signatures who says whether a text is signed
 */
export async function openDoor(
  dir: string,
  signatures: Pick<SignaturesClient, 'isProven'>,
): Promise<BenchDoor> {
  let directory: DirectoryView | undefined;
  const feeds = new MarketFeeds();
  const engine = new EngineClient(dir, {
    durable: (message) => {
      if (message.directory !== undefined) {
        directory = message.directory;
        feeds.list(directory.markets);
      }
      feeds.apply(message.lanes, message.seq, message.timeMs);
    },
    alarm: () => {},
    died: () => {},
  });
  await engine.recovered;
  await openSandbox(engine);
  const { publicKey, privateKey } = await approveKey(engine);
  const reporting = setInterval(() => engine.submitQuietly(systemBytes(report(directory!))), REPORT_MS);
  await engine.submit(systemBytes(report(directory!)));
  let names = namesOf(directory!);
  const gateway = new Gateway({
    names: () => {
      if (names.view !== directory) names = namesOf(directory!);
      return names;
    },
    submit: (envelope) => engine.submit(envelope),
    signatures,
    wallets: { ofTypedData: () => Promise.resolve({ scheme: 'eip712' }) },
    instrumentOf: () => undefined,
    take: () => true,
  });
  const { chainId, vault } = directory!;
  return {
    ...{ gateway, feeds, chainId, vault, agent: publicKey, privateKey },
    account: FIRST_SUBACCOUNT,
    stop: async () => {
      clearInterval(reporting);
      await engine.stop();
    },
  };
}

async function approveKey(engine: EngineClient): Promise<{ publicKey: string; privateKey: KeyObject }> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
  const nowMs = Date.now();
  await engine.submit(
    systemBytes({
      kind: 'ApproveAgent',
      member: addressOf('trader'),
      scheme: AgentScheme.ed25519,
      publicKey: raw,
      accounts: [],
      expiresAtMs: nowMs + 3_600_000,
      nonce: nowMs,
    }),
  );
  return { publicKey: raw, privateKey };
}

function report({ underlyings }: DirectoryView): Command {
  const nowMs = Date.now();
  const reports: PriceReport[] = underlyings.flatMap(({ id, sources }) =>
    Array.from({ length: sources }, (_, source) => ({
      underlying: id,
      source,
      priceE8: PRICE_USD * PRICE_E8_SCALE,
      sourceTimeMs: nowMs,
    })),
  );
  return { kind: 'ReportPrices', reports };
}

function systemBytes(command: Command): Uint8Array {
  return encodeEnvelope({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined });
}
