/** Names in the data folder. Numbers are padded so that a listing sorts as the journal runs. */

export const SUPERBLOCK_NAMES = ['superblock-0', 'superblock-1'] as const;
export const LOCK_NAME = 'lock';
export const SET_ASIDE_PREFIX = 'set-aside-';

const EPOCH_DIGITS = 8;
const SEQ_DIGITS = 16;

/** Where a segment begins, as its name says. */
export interface SegmentRef {
  readonly name: string;
  readonly epoch: number;
  readonly firstSeq: number;
}

export interface SnapshotRef {
  readonly name: string;
  readonly seq: number;
}

export function segmentName(epoch: number, firstSeq: number): string {
  return `journal-${padded(epoch, EPOCH_DIGITS)}-${padded(firstSeq, SEQ_DIGITS)}.seg`;
}

export function parseSegmentName(name: string): SegmentRef | undefined {
  const match = /^journal-(\d{8})-(\d{16})\.seg$/.exec(name);
  return match === null ? undefined : { name, epoch: Number(match[1]), firstSeq: Number(match[2]) };
}

export function snapshotName(seq: number): string {
  return `snapshot-${padded(seq, SEQ_DIGITS)}.snap`;
}

export function parseSnapshotName(name: string): SnapshotRef | undefined {
  const match = /^snapshot-(\d{16})\.snap$/.exec(name);
  return match === null ? undefined : { name, seq: Number(match[1]) };
}

export function epochName(epoch: number): string {
  return `epoch-${padded(epoch, EPOCH_DIGITS)}`;
}

export function parseEpochName(name: string): number | undefined {
  const match = /^epoch-(\d{8})$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}

/**
 * The segments that make up the journal, in order.
 *
 * A segment of an older epoch that begins where a newer epoch has begun already is not the journal: its
 * writer was fenced, and nothing in it was ever acknowledged (see epoch.ts).
 */
export function journalSegments(names: readonly string[]): { segments: SegmentRef[]; fenced: SegmentRef[] } {
  const all = names.map(parseSegmentName).filter((ref) => ref !== undefined);
  all.sort((a, b) => a.firstSeq - b.firstSeq || a.epoch - b.epoch);
  const isFenced = (ref: SegmentRef) =>
    all.some((other) => other.epoch > ref.epoch && other.firstSeq <= ref.firstSeq);
  return { segments: all.filter((ref) => !isFenced(ref)), fenced: all.filter(isFenced) };
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
