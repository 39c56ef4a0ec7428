import { generateKeyPairSync } from 'node:crypto';
import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import { namesOf } from '../../api/native/names.ts';
import { Gateway } from '../../host/gateway.ts';
import { handleApi } from '../../host/http/apiHandler.ts';
import { createHttpServer, listen } from '../../host/http/httpServer.ts';
import { ok } from '../../host/http/reply.ts';
import type { Route } from '../../host/http/routes.ts';
import { limits } from '../../host/limits.ts';
import { tradingRoutes } from '../../host/routes/trading.ts';
import { openSandbox } from '../../host/sandbox.ts';
import { OnceTokens } from '../../host/sessions/onceTokens.ts';
import { SessionStore } from '../../host/sessions/sessionStore.ts';
import { MarketFeeds } from '../../host/streams/marketFeeds.ts';
import { StreamServer } from '../../host/streams/streamServer.ts';
import { EngineClient } from '../../host/threads/engineClient.ts';
import { CallError } from '../../host/threads/pendingCalls.ts';
import { encodeEnvelope, SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { Command, PriceReport } from '../../protocol/commands/types.ts';
import { AgentScheme } from '../../protocol/enums.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { FIRST_SUBACCOUNT } from '../../sandbox/genesis.ts';
import { addressOf } from '../../sandbox/people.ts';
import { PRICE_E8_SCALE } from '../../units/price.ts';

/** A desk's door and engine, and next to it routes that only echo. */
export interface AckDesk {
  readonly port: number;
  readonly echoSocketPort: number;
  readonly chainId: number;
  readonly vault: string;
  readonly agent: string;
  readonly account: number;
  stop(): Promise<void>;
}

export const ECHO_PATH = '/api/v1/echo';
const PRICE_USD = 60_000;
const REPORT_MS = 500;

/**
 * Opens the real gateway, HTTP server, stream and engine thread; only the signature is taken on trust, because
 * the figure asked for is the one without it.
 *
 * @param dir an empty folder on the disk to measure
 */
export async function openAckDesk(dir: string): Promise<AckDesk> {
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
  const agent = await approveKey(engine);
  const reporting = setInterval(() => engine.submitQuietly(systemBytes(report(directory!))), REPORT_MS);
  await engine.submit(systemBytes(report(directory!)));
  let names = namesOf(directory!);
  const gateway = new Gateway({
    names: () => {
      if (names.view !== directory) names = namesOf(directory!);
      return names;
    },
    submit: (envelope) => engine.submit(envelope),
    signatures: { isProven: () => Promise.resolve(true) },
    wallets: { ofTypedData: () => Promise.resolve({ scheme: 'eip712' }) },
    instrumentOf: () => undefined,
    take: () => true,
  });
  const streams = openStreams(feeds, gateway);
  const server = openServer(gateway, streams);
  const echo = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  echo.on('connection', (socket) => {
    socket.on('message', (bytes) => socket.send(JSON.stringify(JSON.parse(String(bytes)))));
  });
  const { chainId, vault } = directory!;
  return {
    port: await listen(server, '127.0.0.1', 0),
    echoSocketPort: (echo.address() as { port: number }).port,
    chainId,
    vault,
    agent,
    account: FIRST_SUBACCOUNT,
    stop: async () => {
      clearInterval(reporting);
      streams.stop();
      echo.close();
      server.close();
      server.closeAllConnections();
      await engine.stop();
    },
  };
}

function openStreams(feeds: MarketFeeds, gateway: Gateway): StreamServer {
  const refuse = () => {
    throw new CallError('session.required');
  };
  return new StreamServer({
    markets: feeds,
    build: 'bench',
    isPaused: true,
    nowMs: Date.now,
    take: () => true,
    isLoopbackExempt: () => true,
    maySee: () => false,
    isRevoked: () => false,
    accountFeed: refuse,
    refreshViews: () => {},
    submitSigned: (envelope, { ipAddress }) => gateway.submitSigned(envelope, ipAddress),
    previews: { preview: refuse, largestOrder: refuse },
  });
}

function openServer(gateway: Gateway, streams: StreamServer): Server {
  const sessions = new SessionStore(Date.now);
  const echo: Route = { method: 'POST', path: ECHO_PATH, handle: ({ text }) => ok(JSON.parse(text)) };
  const trading = tradingRoutes({
    gateway,
    tickets: new OnceTokens<string>(Date.now, limits.session.ticketLifeMs, 1),
    maySee: () => false,
    keys: () => Promise.resolve({ keys: [] }),
    orderByClientId: () => Promise.resolve(undefined),
    outcomesOf: () => Promise.resolve([]),
  });
  const api = {
    routes: [...trading, echo],
    matchAsOf: () => ({ otherMethods: false }),
    findSession: (secret: string) => sessions.find(secret),
    take: () => true,
    audit: { note: () => {}, refused: () => {} },
  };
  return createHttpServer({
    hostNames: ['127.0.0.1'],
    api: (request, response) => handleApi(api, request, response),
    page: () => Promise.resolve(),
    stream: (request, socket, head) => streams.accept(request, socket, head, undefined, '127.0.0.1'),
    otherUpgrade: (_request, socket) => socket.destroy(),
  });
}

async function approveKey(engine: EngineClient): Promise<string> {
  const { publicKey } = generateKeyPairSync('ed25519');
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
  return raw;
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
