import { assert } from '../../units/assert.ts';

/** Levels of the tree of accounts. */
export const TREE_DEPTH = 20;

/** Subaccounts it has room for: 2^20. */
export const TREE_SIZE = 1_048_576;

/** The least number that is too large for what one subaccount is entitled to: 2^20 of them fit a uint128. */
export const ENTITLED_LIMIT = 1n << 96n;

/** Bytes as 0x and lower case hex: 32 of them, or the 20 of an address. */
export type HexWord = string;
export type HexAddress = string;

/** What one subaccount may take from the vault, as a state root commits to it. */
export interface Leaf {
  /** Owner's address and the account's number: `subaccountId`. */
  readonly sub: HexWord;
  /** Salted hash of the account's whole state; nothing on chain reads it. */
  readonly detail: HexWord;
  /** Units of each asset: what an unwind would leave, and all withdrawals ever authorised, paid or not. */
  readonly entitled: readonly bigint[];
}

/** A node of the tree: its hash, and the units of each asset below it. */
export interface SumNode {
  readonly hash: HexWord;
  readonly sums: readonly bigint[];
}

/** Where a leaf stands: the sibling of each level from the leaf up, their sums one level after the other. */
export interface LeafPath {
  readonly index: number;
  readonly siblings: readonly HexWord[];
  /** `TREE_DEPTH × assets` */
  readonly sums: readonly bigint[];
}

/** A payment the engine authorised, as the vault pays it. */
export interface VaultWithdrawal {
  readonly sub: HexWord;
  /** One for each withdrawal of the whole engine, from 1. */
  readonly nonce: number;
  readonly asset: number;
  /** In units. */
  readonly amount: bigint;
  readonly to: HexAddress;
  /** Of the command that authorised it, never 0. */
  readonly seq: number;
}

/** A state of the engine, as the signers of its roots sign it. */
export interface RootStruct {
  readonly accountsRoot: HexWord;
  readonly withdrawalsRoot: HexWord;
  readonly stateHash: HexWord;
  readonly journalHead: HexWord;
  readonly metaHash: HexWord;
  /** From 1, without gaps; a rejected root's epoch is used again. */
  readonly epoch: number;
  readonly seq: number;
  /** Seconds since 1970, by the engine. */
  readonly engineTime: number;
  /** The first deposit that is not in it. */
  readonly depositCursor: number;
  /** Units of each asset over all leaves. */
  readonly sums: readonly bigint[];
  /** Struct hash of the root before it; zeros at the first. */
  readonly parent: HexWord;
}

/** What an engine says right after it applied `CutRoot`; whoever replays the same journal says the same. */
export interface RootDraft {
  readonly epoch: number;
  readonly parent: HexWord;
  readonly seq: number;
  readonly timeMs: number;
  readonly depositCursor: number;
  readonly stateHash: HexWord;
  readonly journalHead: HexWord;
  readonly metaHash: HexWord;
  /** In any order, each subaccount once, each with the same number of assets. */
  readonly leaves: readonly Leaf[];
  /** Authorised and not yet seen paid. */
  readonly withdrawals: readonly VaultWithdrawal[];
}

const ADDRESS_HEX = /^0x[0-9a-f]{40}$/;
const SUB_HEX = /^0x[0-9a-f]{64}$/;
/** `0x` and the digits of an address. */
const OWNER_END = 42;

/**
 * A subaccount's name on chain: its owner's address and, in the other 12 bytes, its number in the engine.
 *
 * @param owner 0x and 40 hex digits, in any case
 * @fails AssertionError where it is no address, or the number no index
 * @example 0x70…c8, 7 → 0x70…c8000000000000000000000007
 */
export function subaccountId(owner: string, account: number): HexWord {
  const address = owner.toLowerCase();
  assert(ADDRESS_HEX.test(address), 'an owner is an address');
  assert(Number.isSafeInteger(account) && account >= 0, 'a subaccount has a number');
  return `${address}${account.toString(16).padStart(24, '0')}`;
}

/** @fails AssertionError where it is no subaccount's id */
export function ownerOfSub(sub: HexWord): HexAddress {
  assert(SUB_HEX.test(sub), 'a subaccount’s id is 32 bytes of lower case hex');
  return sub.slice(0, OWNER_END);
}

/**
 * The engine's number of a subaccount.
 *
 * @returns undefined where the number is none of the engine's, which counts in safe integers
 * @fails AssertionError where it is no subaccount's id
 */
export function accountOfSub(sub: HexWord): number | undefined {
  assert(SUB_HEX.test(sub), 'a subaccount’s id is 32 bytes of lower case hex');
  const account = Number(`0x${sub.slice(OWNER_END)}`);
  return Number.isSafeInteger(account) ? account : undefined;
}
