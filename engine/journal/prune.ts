import { type Disk, pathIn } from './disk.ts';
import { journalSegments } from './layout.ts';

/** Segments may take this much of the disk in a sandbox. */
export const JOURNAL_BUDGET_BYTES = 2 * 1024 * 1024 * 1024;

/** A segment, and the seqs in it. The last one of the journal is open and has no last seq. */
export interface SegmentExtent {
  readonly name: string;
  readonly firstSeq: number;
  readonly lastSeq: number | undefined;
  readonly bytes: number;
}

export interface PruneInput {
  /** In order. */
  readonly segments: readonly SegmentExtent[];
  /** Oldest snapshot that is kept; 0 when there is none. */
  readonly oldestSnapshotSeq: number;
  /** Everything up to here is in a synced checkpoint of the records; 0 when there is none. */
  readonly checkpointSeq: number;
  readonly budgetBytes: number;
}

export interface PrunePlan {
  /** Names to delete, oldest first. */
  readonly names: readonly string[];
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/**
 * Which segments can go. Nothing goes while the journal is within its budget; what a snapshot and the
 * records do not both cover stays, over budget or not.
 *
 * The records are rebuilt by replaying from a snapshot at or behind their checkpoint. With a checkpoint
 * older than every snapshot there is none, only the journal from its start: then nothing goes.
 */
export function planPrune(input: PruneInput): PrunePlan {
  const { oldestSnapshotSeq, checkpointSeq } = input;
  const coveredSeq = oldestSnapshotSeq <= checkpointSeq ? oldestSnapshotSeq : 0;
  const bytesBefore = input.segments.reduce((sum, { bytes }) => sum + bytes, 0);
  const names: string[] = [];
  let bytesAfter = bytesBefore;
  for (const { name, lastSeq, bytes } of input.segments) {
    if (bytesAfter <= input.budgetBytes || lastSeq === undefined || lastSeq > coveredSeq) break;
    names.push(name);
    bytesAfter -= bytes;
  }
  return { names, bytesBefore, bytesAfter };
}

/**
 * Plans and deletes. Each removal is synced before the next, so a power loss never leaves a hole.
 *
 * @returns what was done
 */
export function pruneJournal(disk: Disk, dir: string, input: Omit<PruneInput, 'segments'>): PrunePlan {
  const plan = planPrune({ ...input, segments: segmentExtents(disk, dir) });
  for (const name of plan.names) {
    disk.unlink(pathIn(dir, name));
    disk.syncDir(dir);
  }
  return plan;
}

/** The segments of the journal with their sizes, in order. */
export function segmentExtents(disk: Disk, dir: string): SegmentExtent[] {
  const { segments } = journalSegments(disk.list(dir));
  return segments.map(({ name, firstSeq }, index) => {
    const next = segments[index + 1];
    const lastSeq = next === undefined ? undefined : next.firstSeq - 1;
    return { name, firstSeq, lastSeq, bytes: disk.sizeOf(pathIn(dir, name)) };
  });
}
