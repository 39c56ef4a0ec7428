import { type ErrorCode, errors } from '../protocol/errors.ts';
import { systemCodeOf } from './disk.ts';

/** The codes this room can end with; their sentences stand in engine/protocol/errors. */
export type JournalErrorCode = Extract<ErrorCode, `journal.${string}`>;

/** Why a writer died. `fenced`: a newer epoch exists, so another desk owns the folder. */
export type HaltReason = 'diskFull' | 'ioFailed' | 'fenced';

interface JournalErrorPlace {
  readonly file?: string;
  readonly offset?: number;
  readonly reason?: HaltReason;
  readonly cause?: unknown;
}

/** Everything the journal refuses or dies of: a code, a sentence for the operator, and the place if there is one. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly code: JournalErrorCode;
  /** File name inside the data folder. */
  readonly file: string | undefined;
  /** Byte offset in that file. */
  readonly offset: number | undefined;
  /** Only with `journal.halted`. */
  readonly reason: HaltReason | undefined;

  constructor(code: JournalErrorCode, detail: string, place: JournalErrorPlace = {}) {
    super(`${errors[code][1]} ${detail}`, { cause: place.cause });
    this.code = code;
    this.file = place.file;
    this.offset = place.offset;
    this.reason = place.reason;
  }
}

/** Damage at a known place. Whoever gets this must stop: the bytes were not what was written. */
export function corruptAt(file: string, offset: number, sentence: string): JournalError {
  return new JournalError('journal.corrupt', `${file} at byte ${offset}: ${sentence}`, { file, offset });
}

/** What the first failure of the disk turns into. */
export function haltedBy(error: unknown, file?: string): JournalError {
  const systemCode = systemCodeOf(error);
  const isFull = systemCode === 'ENOSPC' || systemCode === 'EDQUOT';
  const reason: HaltReason = isFull ? 'diskFull' : 'ioFailed';
  const sentence = isFull
    ? 'The disk is full: free space in the data folder, then start again.'
    : `The disk answered ${systemCode ?? String(error)}. Check it before the next start.`;
  return new JournalError('journal.halted', sentence, { file, reason, cause: error });
}
