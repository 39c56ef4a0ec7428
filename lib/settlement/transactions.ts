import { formatEther, type Hex, hexToBigInt, numberToHex } from 'viem';
import { callWallet } from '../wallet/connect.ts';
import type { WalletProvider } from '../wallet/discover.ts';
import { isOfAllowance, revertSentence } from './revertWords.ts';

/** One transaction of a flow, and what it does in words. */
export interface TransactionStep {
  name: string;
  effects: readonly string[];
  to: string;
  data: Hex;
}

/** One that a signature of the wallet goes into. */
export interface SignedStep extends Omit<TransactionStep, 'data'> {
  signature: {
    /** What the wallet shows and signs. */
    typedData: object;
    /** Moves the same, and is run before the wallet is asked for anything. */
    trial: Pick<TransactionStep, 'to' | 'data'>;
    /** @returns undefined for a signature that is none of a key */
    dataOf(signature: string): Hex | undefined;
    /** The same without a signature, for wallets and tokens that know nothing of it. */
    instead: readonly TransactionStep[];
  };
}

export type FlowStep = TransactionStep | SignedStep;

/** How far a transaction has come. Only `final` is a fact nobody takes back. */
export type TransactionState =
  | { is: 'waits' }
  | { is: 'trying' }
  | { is: 'signing' }
  | { is: 'tried'; gas: bigint; feeWei: bigint }
  | { is: 'refused'; message: string }
  | { is: 'wallet' }
  | { is: 'rejected'; message: string }
  | { is: 'pending'; hash: string }
  | { is: 'mined'; hash: string; block: number }
  | { is: 'final'; hash: string; block: number }
  | { is: 'failed'; hash: string; message: string }
  | { is: 'reorged'; hash: string; message: string };

/** It would fail, or cannot be paid for: with a sentence. */
export class TransactionRefusal extends Error {
  override readonly name = 'TransactionRefusal';
  /** Whether, for all that is known, it is that too little is allowed. */
  readonly isOfAllowance: boolean;

  constructor(message: string, isOfAllowance = false) {
    super(message);
    this.isOfAllowance = isOfAllowance;
  }
}

/** What it would cost where gas becomes a little dearer meanwhile, and what it uses. */
interface Tried {
  gas: bigint;
  feeWei: bigint;
}

/** A fifth on top of the estimate: what others do before it runs may make it dearer. */
const GAS_MARGIN_PERCENT = 120n;

/**
 * Runs a transaction without sending it, and sees whether the wallet can pay for it.
 *
 * @fails TransactionRefusal
 */
export async function tryTransaction(
  provider: WalletProvider,
  from: string,
  step: Pick<TransactionStep, 'to' | 'data'>,
): Promise<Tried> {
  const call = { from, to: step.to, data: step.data };
  const ask = (method: string, ...params: unknown[]) => provider.request({ method, params });
  try {
    // As of the block to come: where nobody sends anything the last one is old, and what is due by now was not due then.
    await ask('eth_call', call, 'pending');
    const [gas, price, balance] = (await Promise.all([
      ask('eth_estimateGas', call, 'pending'),
      ask('eth_gasPrice'),
      ask('eth_getBalance', from, 'latest'),
    ])) as [Hex, Hex, Hex];
    const gasMost = (hexToBigInt(gas) * GAS_MARGIN_PERCENT) / 100n;
    const feeWei = gasMost * hexToBigInt(price);
    if (hexToBigInt(balance) < feeWei)
      throw new TransactionRefusal(poorWords(from, hexToBigInt(balance), feeWei));
    return { gas: gasMost, feeWei };
  } catch (error) {
    if (error instanceof TransactionRefusal) throw error;
    throw new TransactionRefusal(revertSentence(error), isOfAllowance(error));
  }
}

function poorWords(from: string, balance: bigint, feeWei: bigint): string {
  return `The fee may be ${formatEther(feeWei)} ETH, and ${from} has ${formatEther(balance)}. Send it some ETH, or use another wallet.`;
}

/** @fails WalletError: the person said no, or the wallet cannot */
export async function sendTransaction(
  provider: WalletProvider,
  from: string,
  { to, data }: TransactionStep,
  gas: bigint,
): Promise<string> {
  const asked = { from, to, data, gas: numberToHex(gas) };
  return (await callWallet(provider, 'eth_sendTransaction', asked)) as string;
}

interface Receipt {
  blockNumber: Hex;
  blockHash: Hex;
  status: Hex;
}

/** How often the chain is asked for it, and how long one that the chain does not know is waited for. */
const LOOK_EVERY_MS = 700;
const UNKNOWN_LOOKS_MAX = 12;

/** What watching needs besides a wallet. */
export interface Watch {
  life: AbortSignal;
  /** Whether the desk has read the vault at this block or a later one: then nobody takes it back. */
  isFinal(block: number): boolean;
  tell(state: TransactionState): void;
  pause(ms: number): Promise<void>;
}

/**
 * Follows a transaction that was sent until it is final, failed, or gone again. A block can be taken back by the chain,
 * and then what was mined is pending again, or nowhere.
 *
 * @returns resolved once it is mined for the first time, or will not be; it is watched on until it is final
 */
export async function watchTransaction(provider: WalletProvider, hash: string, watch: Watch): Promise<void> {
  let unknownLooks = 0;
  let minedIn: string | undefined;
  while (!watch.life.aborted) {
    const receipt = (await look(provider, 'eth_getTransactionReceipt', hash)) as Receipt | null;
    if (receipt !== null) {
      unknownLooks = 0;
      minedIn = receipt.blockHash;
      const block = Number(receipt.blockNumber);
      if (receipt.status !== '0x1') return watch.tell({ is: 'failed', hash, message: FAILED });
      if (watch.isFinal(block)) return watch.tell({ is: 'final', hash, block });
      watch.tell({ is: 'mined', hash, block });
    } else {
      const isKnown = (await look(provider, 'eth_getTransactionByHash', hash)) !== null;
      unknownLooks = isKnown ? 0 : unknownLooks + 1;
      if (minedIn !== undefined && !isKnown) return watch.tell({ is: 'reorged', hash, message: REORGED });
      if (unknownLooks > UNKNOWN_LOOKS_MAX) return watch.tell({ is: 'failed', hash, message: FORGOTTEN });
      watch.tell({ is: 'pending', hash });
    }
    await watch.pause(LOOK_EVERY_MS);
  }
}

const FAILED = 'It was mined and reverted: nothing moved, and its fee is spent. Try it again to read why.';
const REORGED = 'The chain took its block back, and the transaction with it. Nothing moved: send it again.';
const FORGOTTEN = 'The chain does not know it any more. Look in your wallet before you send it again.';

/** A node that does not answer is asked again; that it is silent says nothing about the transaction. */
async function look(provider: WalletProvider, method: string, hash: string): Promise<unknown> {
  try {
    return await provider.request({ method, params: [hash] });
  } catch {
    return method === 'eth_getTransactionByHash' ? undefined : null;
  }
}
