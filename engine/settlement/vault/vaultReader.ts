import {
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
} from 'viem';
import type { BlockName } from '../chain/savedState.ts';
import { revertOf } from './sender.ts';
import type { VaultTerms } from './terms.ts';
import { vaultAbi } from './vaultAbi.ts';
import type { VaultChain } from './vaultChain.ts';

type Abi = typeof vaultAbi;
type Name = ContractFunctionName<Abi, 'view' | 'pure'>;

/** A vault's state at one block. */
export interface VaultState {
  readonly block: BlockName;
  /** Time of that block, seconds since 1970. */
  readonly timeS: number;
  readonly isFrozen: boolean;
  readonly pausedUntilS: number;
  /** Of the last root posted; zeros before there is one. */
  readonly last: PostedRoot;
  readonly finalEpoch: number;
}

/** What the vault keeps of a root. */
export interface PostedRoot {
  readonly epoch: number;
  /** Struct hash; zeros where there is none, rejected ones included. */
  readonly hash: Hex;
  readonly seq: number;
  readonly depositCursor: number;
  readonly postedAtS: number;
}

/** Asks one vault about itself. Nothing is remembered. */
export class VaultReader {
  readonly #chain: Pick<VaultChain, 'call'>;
  readonly vault: Hex;

  constructor(chain: Pick<VaultChain, 'call'>, vault: Hex) {
    this.#chain = chain;
    this.vault = vault;
  }

  /**
   * One question, by its name in the contract.
   *
   * @param block whose state answers; the latest when none is named
   * @fails RevertError; ChainError
   */
  async ask<N extends Name>(
    functionName: N,
    args: ContractFunctionArgs<Abi, 'view' | 'pure', N>,
    block?: BlockName,
  ): Promise<ContractFunctionReturnType<Abi, 'view' | 'pure', N>> {
    // The library's types want each function by itself, this is any of them.
    const data = encodeFunctionData({ abi: vaultAbi, functionName, args } as never);
    const at = block === undefined ? 'latest' : { blockHash: block.hash };
    try {
      const answer = await this.#chain.call('eth_call', [{ to: this.vault, data }, at]);
      return decodeFunctionResult({
        abi: vaultAbi,
        functionName,
        data: answer as Hex,
      } as never) as ContractFunctionReturnType<Abi, 'view' | 'pure', N>;
    } catch (error) {
      throw revertOf(functionName, error) ?? error;
    }
  }

  /** What it was made with: never again other ones, whatever a plan says by now. */
  async terms(): Promise<VaultTerms> {
    const [dispute, rootTimeout, forcedGrace, whitelistDelay, reclaimDelay, maxPause, lag, lead] = (
      await this.ask('terms', [])
    ).map(Number) as [number, number, number, number, number, number, number, number];
    return { dispute, rootTimeout, forcedGrace, whitelistDelay, reclaimDelay, maxPause, lag, lead };
  }

  /** Whether anything is at its address. */
  async isThere(): Promise<boolean> {
    return (await this.#chain.call('eth_getCode', [this.vault, 'latest'])) !== '0x';
  }

  async state(block: BlockName): Promise<VaultState> {
    const header = (await this.#chain.call('eth_getBlockByHash', [block.hash, false])) as { timestamp: Hex };
    const [isFrozen, pausedUntil, last, finalEpoch] = await Promise.all([
      this.ask('frozen', [], block),
      this.ask('pausedUntil', [], block),
      this.ask('last', [], block),
      this.ask('finalEpoch', [], block),
    ]);
    return {
      block,
      timeS: Number(header.timestamp),
      isFrozen,
      pausedUntilS: Number(pausedUntil),
      last: await this.posted(Number(last), block),
      finalEpoch: Number(finalEpoch),
    };
  }

  /** Whether it has paid a withdrawal, by what it remembers and not by its events. */
  async isPaid(sub: string, nonce: number, block: BlockName): Promise<boolean> {
    const key = await this.ask('withdrawalKey', [sub as Hex, BigInt(nonce)], block);
    return await this.ask('paidKey', [key], block);
  }

  /** Whether a deposit was taken back by its owner, by what it remembers and not by its events. */
  async isReclaimed(id: number, block: BlockName): Promise<boolean> {
    const [, , , , isReclaimed] = await this.ask('deposits', [BigInt(id)], block);
    return isReclaimed;
  }

  /** What it keeps of an epoch's root. */
  async posted(epoch: number, block: BlockName): Promise<PostedRoot> {
    const [hash, [, , seq, , depositCursor, postedAt]] = await Promise.all([
      this.ask('rootHash', [BigInt(epoch)], block),
      this.ask('roots', [BigInt(epoch)], block),
    ]);
    const numbers = { seq: Number(seq), depositCursor: Number(depositCursor), postedAtS: Number(postedAt) };
    return { epoch, hash, ...numbers };
  }
}
