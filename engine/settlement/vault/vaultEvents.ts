import { decodeEventLog, encodeEventTopics, type Hex } from 'viem';
import { AnswerTooLong, ChainError } from '../chain/chainError.ts';
import { vaultAbi } from './vaultAbi.ts';
import type { VaultChain } from './vaultChain.ts';

/** A log as a node gives it. */
export interface RawLog {
  readonly address: Hex;
  readonly topics: [Hex, ...Hex[]];
  readonly data: Hex;
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: Hex;
}

/** Where a log stands. */
export interface LogPlace {
  readonly blockNumber: number;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly logIndex: number;
}

/** Tokens that arrived in the vault for a subaccount. */
export interface VaultDeposit extends LogPlace {
  readonly id: number;
  /** Subaccount: `0x`, 64 digits, lower case. */
  readonly sub: string;
  readonly asset: number;
  /** In units. */
  readonly amount: number;
}

/** Topic of the event. */
export const DEPOSITED = encodeEventTopics({ abi: vaultAbi, eventName: 'Deposited' })[0] as Hex;

/**
 * Blocks asked about in one question: nodes bound their answers, as our own door does. Some 700 bytes a log, a hundred
 * deposits in a block at worst.
 */
const BLOCKS_AT_ONCE = 512;

/**
 * Raw logs of a vault's events between two blocks, both included.
 *
 * @param topics of the events wanted
 */
export async function vaultLogs(
  chain: Pick<VaultChain, 'call'>,
  vault: Hex,
  topics: readonly Hex[],
  from: number,
  to: number,
): Promise<RawLog[]> {
  const logs: RawLog[] = [];
  // One question at least, also where there is no block to ask about: what is no list is told.
  for (let first = from; first === from || first <= to; first += BLOCKS_AT_ONCE)
    logs.push(...(await logsBetween(chain, vault, topics, first, Math.min(to, first + BLOCKS_AT_ONCE - 1))));
  return logs;
}

/** Halves what is asked as long as the answer is too long. */
async function logsBetween(
  chain: Pick<VaultChain, 'call'>,
  vault: Hex,
  topics: readonly Hex[],
  from: number,
  to: number,
): Promise<RawLog[]> {
  const range = { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` };
  try {
    const found = await chain.call('eth_getLogs', [{ address: vault, topics: [topics], ...range }]);
    if (!Array.isArray(found)) throw new ChainError('eth_getLogs was answered with something else.');
    return found as RawLog[];
  } catch (error) {
    if (!(error instanceof AnswerTooLong) || from >= to) throw error;
    const middle = Math.floor((from + to) / 2);
    const before = await logsBetween(chain, vault, topics, from, middle);
    return [...before, ...(await logsBetween(chain, vault, topics, middle + 1, to))];
  }
}

export function depositLogs(
  chain: Pick<VaultChain, 'call'>,
  vault: Hex,
  from: number,
  to: number,
): Promise<RawLog[]> {
  return vaultLogs(chain, vault, [DEPOSITED], from, to);
}

/** @fails ChainError when it is no deposit, or one that no vault of ours makes */
export function depositOf(log: RawLog): VaultDeposit {
  const { id, sub, asset, amount } = decodeEventLog({
    abi: vaultAbi,
    eventName: 'Deposited',
    topics: log.topics,
    data: log.data,
  }).args;
  if (amount > BigInt(Number.MAX_SAFE_INTEGER)) throw new ChainError(`Deposit ${id} is of ${amount} units.`);
  return { id: Number(id), sub, asset, amount: Number(amount), ...placeOf(log) };
}

export function placeOf(log: RawLog): LogPlace {
  return {
    blockNumber: Number(log.blockNumber),
    blockHash: log.blockHash,
    transactionHash: log.transactionHash,
    logIndex: Number(log.logIndex),
  };
}

/** Whether two say the same of one deposit, wherever they found it. */
export function isSameDeposit(a: VaultDeposit, b: VaultDeposit): boolean {
  return a.id === b.id && a.sub === b.sub && a.asset === b.asset && a.amount === b.amount;
}

/** Deposits that a transaction made in a vault. */
export function depositsIn({ logs }: { logs?: readonly RawLog[] }, vault: Hex): VaultDeposit[] {
  const own = (logs ?? []).filter(
    ({ address, topics }) => address.toLowerCase() === vault && topics[0] === DEPOSITED,
  );
  return own.map(depositOf);
}
