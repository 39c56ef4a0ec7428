import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Hex, parseGwei } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { anvilBinary } from '../../settlement/chain/anvilBinary.ts';
import { EmbeddedChain } from '../../settlement/chain/embeddedChain.ts';

const mnemonic = 'test test test test test test test test test test test junk';
export const CHAIN_ID = 31_337;

/** Somebody of the sandbox, by their number in `spec/roles`. */
export function personOf(addressIndex: number) {
  return mnemonicToAccount(mnemonic, { addressIndex });
}

/** A folder for a chain, gone with `remove`. */
export function chainFolder(): { dir: string; remove(): void } {
  const dir = mkdtempSync(path.join(tmpdir(), 'ballast-chain-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 9 }) };
}

/** The real program on a folder, once it answers. @param change what is not as on a desk */
export async function openChain(
  dir: string,
  said: string[] = [],
  change: { statesKept?: number } = {},
): Promise<EmbeddedChain> {
  const options = { ...change, dir, chainId: CHAIN_ID, log: (sentence: string) => void said.push(sentence) };
  const chain = new EmbeddedChain({ ...options, binary: anvilBinary() });
  chain.start();
  await reached(chain, 'ok');
  return chain;
}

/** @fails when it is not reached within a minute, with what the chain says */
export async function reached(chain: EmbeddedChain, status: EmbeddedChain['status']): Promise<void> {
  await until(
    () => chain.status === status,
    () => `${chain.status}: ${chain.sentence}`,
  );
}

/** @fails when it is not so within a minute, or the time that is given: whoever measures does it elsewhere */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  words: () => string,
  waitMsMax = 60_000,
): Promise<void> {
  const lateMs = performance.now() + waitMsMax;
  while (!(await isSo())) {
    if (performance.now() > lateMs) throw new Error(`It did not come to it: ${words()}`);
    await delay(10);
  }
}

export type Caller = Pick<EmbeddedChain, 'call' | 'sendRawTransaction'>;

/** Not the deployer: their first transactions make the vault. */
const SENDER = 17;

/** A signed transaction of somebody of the sandbox, as a wallet would send it. */
export async function signedBy(
  chain: Pick<Caller, 'call'>,
  terms: { to?: Hex; data?: Hex; value?: bigint; personIndex?: number },
): Promise<Hex> {
  const { personIndex = SENDER, ...transaction } = terms;
  const person = personOf(personIndex);
  const nonce = Number(await chain.call('eth_getTransactionCount', [person.address, 'latest']));
  return await person.signTransaction({
    ...transaction,
    type: 'eip1559',
    chainId: CHAIN_ID,
    nonce,
    gas: 8_000_000n,
    maxFeePerGas: parseGwei('20'),
    maxPriorityFeePerGas: 1n,
  });
}

/** Sends it and waits for its receipt. */
export async function mined(chain: Caller, terms: Parameters<typeof signedBy>[1]): Promise<Receipt> {
  const hash = await chain.sendRawTransaction([await signedBy(chain, terms)]);
  let receipt: unknown = null;
  await until(
    async () => {
      receipt = await chain.call('eth_getTransactionReceipt', [hash]);
      return receipt !== null;
    },
    () => `no receipt of ${hash}`,
  );
  return receipt as Receipt;
}

export interface Receipt {
  readonly status: Hex;
  readonly blockNumber: Hex;
  readonly contractAddress: Hex | null;
}
