import type { Seq, TimeMs } from '../units/time.ts';

/** A place between two commits: everything up to `seq` is behind it. */
export interface JournalPosition {
  readonly seq: Seq;
  /** Time of the record `seq`; 0 before the first. */
  readonly timeMs: TimeMs;
  /** First 16 bytes, in hex, of the SHA-256 that ends the frame with record `seq`. */
  readonly chainHash: string;
}

/** Before the first record. */
export const GENESIS: JournalPosition = {
  seq: 0 as Seq,
  timeMs: 0 as TimeMs,
  chainHash: '0'.repeat(32),
};
