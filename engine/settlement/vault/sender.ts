import { setTimeout as delay } from 'node:timers/promises';
import { type Abi, decodeErrorResult, type Hex, keccak256, type LocalAccount } from 'viem';
import { ChainError } from '../chain/chainError.ts';
import { ChainRefusal } from '../chain/jsonRpc.ts';
import { tokenAbi, vaultAbi } from './vaultAbi.ts';
import type { VaultChain } from './vaultChain.ts';
import type { RawLog } from './vaultEvents.ts';

/** A transaction would revert, or did. */
export class RevertError extends ChainError {
  /** Name of the contract's own error, or its words in quotes; empty when it gave neither. */
  readonly reason: string;

  constructor(what: string, reason: string) {
    super(reason === '' ? `${what} reverts.` : `${what} reverts with ${reason}.`);
    this.reason = reason;
  }
}

export interface Transaction {
  /** What it does, for the sentence when it cannot be done. */
  readonly what: string;
  readonly to?: Hex;
  readonly data: Hex;
}

export interface Receipt {
  readonly status: Hex;
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly contractAddress: Hex | null;
  readonly gasUsed: Hex;
  readonly logs: readonly RawLog[];
}

const RECEIPT_MS_MAX = 10_000;
const RECEIPT_LOOK_MS = 5;
/** A node may count a transaction before it has its receipt: one that has none for so long is not the one counted. */
const TAKEN_MS_MIN = 1_000;
/** Another transaction of the same key may come in between: its key may be everybody's. */
const TRIES_MAX = 5;
/** What more is offered each time that another transaction stands in the place: nodes want a tenth more at least. */
const RAISE = 1.25;
/** On top of the estimate: what a transaction meets may have changed a little until it is mined. */
const GAS_MARGIN = 1.25;
/** The same where only the first of many is estimated: others may fill a slot more. */
const GAS_MARGIN_OF_KIND = 1.5;
/** Of one key on their way together: as many as fit a block. */
const SENT_AT_ONCE = 64;
const known: Abi = [...vaultAbi, ...tokenAbi];

/** Sends one key's transactions one after another, each once its predecessor is mined. */
export class Sender {
  readonly account: LocalAccount;
  readonly chain: VaultChain;
  #last: Promise<unknown> = Promise.resolve();

  constructor(chain: VaultChain, account: LocalAccount) {
    this.chain = chain;
    this.account = account;
  }

  /** Transactions this key has sent that are mined. */
  async nonce(): Promise<number> {
    return Number(await this.chain.call('eth_getTransactionCount', [this.account.address, 'latest']));
  }

  /**
   * Sends it and waits until it is mined; its block need not be final yet.
   *
   * @param nonce where its place matters: with another one it is not sent
   * @fails RevertError, before anything is sent where that can be seen; ChainError when the chain does not answer: the
   *   transaction may be mined all the same
   */
  send(transaction: Transaction, nonce?: number): Promise<Receipt> {
    const sent = this.#last.then(() => this.#send(transaction, nonce));
    this.#last = sent.catch(() => undefined);
    return sent;
  }

  /**
   * Sends transactions of one kind in this order, many at once, and waits until all are mined. Gas is what the first of
   * them is estimated at, and half as much again.
   *
   * @param nonce the place of the first; where something of this key has taken it meanwhile nothing is sent
   * @fails RevertError when the first would revert, or one did: those behind it are mined all the same; ChainError as `send`
   */
  sendAll(transactions: readonly Transaction[], nonce: number): Promise<void> {
    const sent = this.#last.then(() => this.#sendAll(transactions, nonce));
    this.#last = sent.catch(() => undefined);
    return sent;
  }

  async #sendAll(transactions: readonly Transaction[], firstNonce: number): Promise<void> {
    const [first] = transactions;
    if (first === undefined) return;
    const gas = scaled(await this.#estimate(first), GAS_MARGIN_OF_KIND);
    const gasPrice = await this.#gasPrice();
    let nonce = firstNonce;
    for (let at = 0; at < transactions.length; at += SENT_AT_ONCE) {
      const some = transactions.slice(at, at + SENT_AT_ONCE);
      const signed = await Promise.all(
        some.map((each, place) => this.#signed(each, { nonce: nonce + place, gas, gasPrice })),
      );
      nonce += some.length;
      // In their order: one of them that is not there must not let the next ones through.
      const hashes: Hex[] = [];
      for (const each of signed)
        hashes.push((await this.chain.call('eth_sendRawTransaction', [each])) as Hex);
      await Promise.all(
        hashes.map((hash, place) => this.#mined(some[place]!, hash, nonce - some.length + place)),
      );
    }
  }

  async #send(transaction: Transaction, place: number | undefined): Promise<Receipt> {
    for (let tries = 1; ; tries += 1) {
      try {
        const nonce = place ?? (await this.nonce());
        const hash = await this.#handOver(transaction, nonce, tries - 1);
        return await this.#mined(transaction, hash, nonce);
      } catch (error) {
        const says = (words: RegExp) => error instanceof ChainRefusal && words.test(error.message);
        // In one place only one of the two is ever mined: whoever offers more.
        const isAgain = says(/underpriced|replacement/i) || (says(/nonce too low/i) && place === undefined);
        if (!isAgain || tries >= TRIES_MAX) throw error;
      }
    }
  }

  /** @param raises how often more is offered than the chain asks for */
  async #handOver(transaction: Transaction, nonce: number, raises: number): Promise<Hex> {
    const gas = scaled(await this.#estimate(transaction), GAS_MARGIN);
    const gasPrice = scaled(await this.#gasPrice(), RAISE ** raises);
    const signed = await this.#signed(transaction, { nonce, gas, gasPrice, tip: BigInt(1 + raises) });
    try {
      return (await this.chain.call('eth_sendRawTransaction', [signed])) as Hex;
    } catch (error) {
      // The same bytes wait there from before.
      if (error instanceof ChainRefusal && /already (?:known|imported)/i.test(error.message))
        return keccak256(signed);
      throw error;
    }
  }

  async #estimate({ what, to, data }: Transaction): Promise<bigint> {
    const asked = { from: this.account.address, data, ...(to !== undefined && { to }) };
    try {
      // As of the block to come: the last one may be old, and a root of now is from its future.
      return BigInt((await this.chain.call('eth_estimateGas', [asked, 'pending'])) as string);
    } catch (error) {
      throw revertOf(what, error) ?? error;
    }
  }

  async #gasPrice(): Promise<bigint> {
    return BigInt((await this.chain.call('eth_gasPrice', [])) as string);
  }

  #signed(
    { to, data }: Transaction,
    { nonce, gas, gasPrice, tip = 1n }: { nonce: number; gas: bigint; gasPrice: bigint; tip?: bigint },
  ): Promise<Hex> {
    return this.account.signTransaction({
      type: 'eip1559',
      chainId: this.chain.chainId,
      ...{ nonce, data, gas },
      ...(to !== undefined && { to }),
      maxFeePerGas: 2n * gasPrice,
      maxPriorityFeePerGas: tip,
    });
  }

  async #mined({ what }: Transaction, hash: Hex, nonce: number): Promise<Receipt> {
    const lateMs = performance.now() + RECEIPT_MS_MAX;
    let takenMs: number | undefined;
    while (performance.now() < lateMs) {
      const receipt = (await this.chain.call('eth_getTransactionReceipt', [hash])) as Receipt | null;
      if (receipt !== null && (await this.#isInChain(receipt))) {
        if (receipt.status !== '0x1') throw new RevertError(what, '');
        return receipt;
      }
      const isTaken = receipt === null && (await this.nonce()) > nonce;
      takenMs = isTaken ? (takenMs ?? performance.now()) : undefined;
      if (takenMs !== undefined && performance.now() - takenMs > TAKEN_MS_MIN)
        throw new ChainError(`${what}: another transaction of its key took its place.`);
      await delay(RECEIPT_LOOK_MS);
    }
    throw new ChainError(`${what} was not mined within ${RECEIPT_MS_MAX / 1_000} s.`);
  }

  /** A node may keep the receipt of a history that is gone, and the same transaction has the same name again. */
  async #isInChain({ blockNumber, blockHash }: Receipt): Promise<boolean> {
    const block = (await this.chain.call('eth_getBlockByNumber', [blockNumber, false])) as {
      hash: Hex;
    } | null;
    return block?.hash === blockHash;
  }
}

function scaled(gas: bigint, margin: number): bigint {
  return BigInt(Math.ceil(Number(gas) * margin));
}

const WORDS_MAX = 200;

/** Words of a stranger's, to stand in a sentence of ours: one line of them, and not too long. */
export function shortened(words: string): string {
  const line = words.replace(/\p{Cc}+/gu, ' ');
  return line.length > WORDS_MAX ? `${line.slice(0, WORDS_MAX)}…` : line;
}

/** The chain's refusal of a call as the contract meant it; undefined when it was about something else. */
export function revertOf(what: string, error: unknown): RevertError | undefined {
  if (!(error instanceof ChainRefusal) || !/revert/i.test(error.message)) return undefined;
  try {
    const { errorName, args } = decodeErrorResult({ abi: known, data: error.data as Hex });
    // A contract's own words, where it has no name for what is wrong.
    return new RevertError(what, errorName === 'Error' ? `“${shortened(String(args?.[0]))}”` : errorName);
  } catch {
    return new RevertError(what, '');
  }
}
