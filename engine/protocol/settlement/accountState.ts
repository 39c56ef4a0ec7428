import { sha256 } from '@noble/hashes/sha2';
import { utf8Bytes } from '../bytes.ts';
import type { HexWord } from './root.ts';

/** SHA-256 of bytes, as 0x and 64 lower case hex digits. */
export type Sha256 = (bytes: Uint8Array) => HexWord;

/** The state of an account as the detail of its leaf commits to it: shown to its owner and to nobody else. */
export interface AccountState {
  /** Follows from a seed that never leaves the desk, so a detail cannot be guessed from what might be in it. */
  readonly salt: HexWord;
  /** Canonical JSON. */
  readonly text: string;
}

/**
 * Salt of an account's leaves: SHA-256 of the seed and the account's number in 32 bytes, big-endian; of a subaccount
 * that no account is, of the seed, its 32 bytes and a byte of 1.
 *
 * @param seed 0x and 64 hex digits
 */
export function saltOf(seed: HexWord, of: number | HexWord, hash: Sha256 = sha256Of): HexWord {
  const bytes = new Uint8Array(typeof of === 'number' ? 64 : 65);
  bytes.set(bytesOf(seed));
  if (typeof of === 'number') new DataView(bytes.buffer).setBigUint64(56, BigInt(of));
  else bytes.set([...bytesOf(of), 1], 32);
  return hash(bytes);
}

/**
 * Detail of a leaf: SHA-256 of the salt's 32 bytes and the text.
 *
 * @param hash a faster one that says the same
 */
export function detailOf({ salt, text }: AccountState, hash: Sha256 = sha256Of): HexWord {
  const words = utf8Bytes(text);
  const bytes = new Uint8Array(32 + words.length);
  bytes.set(bytesOf(salt));
  bytes.set(words, 32);
  return hash(bytes);
}

function sha256Of(bytes: Uint8Array): HexWord {
  return `0x${[...sha256(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function bytesOf(hex: HexWord): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, at) => Number.parseInt(hex.slice(2 + at * 2, 4 + at * 2), 16));
}
