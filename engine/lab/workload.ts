import { readFileSync, statSync } from 'node:fs';

/** One operation of a workload file: op u8, side u8, account u16, id u32, price i32, quantity u32, little-endian. */
export const RECORD_BYTES = 16;

/** Accounts are 16-bit words. */
export const WORKLOAD_ACCOUNTS = 65_536;

export const Op = { new: 0, cancel: 1, move: 2, reduce: 3, ioc: 4 } as const;

/** Where a workload leaves the book, as its generator computed it and as a replay must. */
export interface WorkloadOutcome {
  trades: number;
  volume: number;
  hash: number;
  resting: number;
  restingQty: number;
  bestBid: number;
  bestAsk: number;
}

/** What the generator writes beside its file, as far as a replay needs it. */
export interface WorkloadMeta {
  kind: string;
  seed: number;
  records: number;
  /** Records at the start that only build the book. */
  warm: number;
  ops: number;
  /** Operations by kind; printed, not checked. */
  counts?: Record<string, number>;
  expect: WorkloadOutcome;
}

/** A file that cannot be replayed: a code to test for and a sentence that says what is wrong where. */
export class WorkloadError extends Error {
  override readonly name = 'WorkloadError';
  readonly code: string;
  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/**
 * Reads the records of a workload.
 *
 * @fails workload.missing, workload.truncated
 */
export function readRecords(path: string): Buffer {
  if (!isFile(path)) throw new WorkloadError('workload.missing', `There is no file ${path}.`);
  const bytes = readFileSync(path);
  checkLength(bytes, path);
  return bytes;
}

/** @fails workload.truncated when the bytes are not a whole number of records, or none */
export function checkLength(bytes: Uint8Array, path: string): void {
  if (bytes.length > 0 && bytes.length % RECORD_BYTES === 0) return;
  throw new WorkloadError(
    'workload.truncated',
    `${path} has ${bytes.length} bytes: a workload is one or more records of ${RECORD_BYTES} bytes.`,
  );
}

/**
 * Reads what the generator wrote beside a workload.
 *
 * @returns undefined when there is no such file: the replay then has nothing to compare with
 * @fails workload.badMeta when it is not what the generator writes
 */
export function readMeta(path: string): WorkloadMeta | undefined {
  if (!isFile(path)) return undefined;
  const meta = parseJson(readFileSync(path, 'utf8'));
  if (!isMeta(meta)) {
    throw new WorkloadError(
      'workload.badMeta',
      `${path} is not the description of a workload; generate both again.`,
    );
  }
  return meta;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMeta(meta: unknown): meta is WorkloadMeta {
  if (!isRecord(meta) || !isRecord(meta.expect) || typeof meta.kind !== 'string') return false;
  const { expect } = meta;
  const counts = ['seed', 'records', 'warm', 'ops'].map((key) => meta[key]);
  const outcome = ['trades', 'volume', 'hash', 'resting', 'restingQty', 'bestBid', 'bestAsk'].map(
    (key) => expect[key],
  );
  return [...counts, ...outcome].every((value) => Number.isSafeInteger(value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
