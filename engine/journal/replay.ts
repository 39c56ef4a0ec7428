import type { Seq } from '../units/time.ts';
import type { Disk } from './disk.ts';
import { FORMAT_VERSION } from './fileHeader.ts';
import type { VisitRecord } from './frame.ts';
import { corruptAt, JournalError } from './journalError.ts';
import { journalSegments, type SegmentRef, type SnapshotRef, SUPERBLOCK_NAMES } from './layout.ts';
import { GENESIS, type JournalPosition } from './position.ts';
import { type LastSegment, scanJournal, type Waypoint } from './scan.ts';
import { listSnapshots, type Snapshot } from './snapshot.ts';
import { readSnapshot } from './snapshotReader.ts';
import { readSuperblock, type Superblock } from './superblock.ts';
import type { Tail } from './tail.ts';

/** What a replay needs. It writes nothing, takes no lock and no epoch. */
export interface ReplayInput {
  readonly disk: Disk;
  readonly dir: string;
  /** Version of the payloads and sections the caller understands. */
  readonly schemaVersion: number;
  /** A seq known from elsewhere to be acknowledged, such as the last published root's. */
  readonly floorSeq?: Seq;
  /** `newest` (default): the newest intact snapshot, else genesis. `oldest`: genesis, else the oldest one. */
  readonly from?: 'newest' | 'oldest';
  /** Ignores snapshots behind this seq: for a projection that has to see every record after it. */
  readonly snapshotSeqMax?: Seq;
  /** Called once before any record, unless the replay starts at genesis. */
  readonly restore: (snapshot: Snapshot) => void;
  readonly apply: VisitRecord;
}

/** How a replay went. The sentences are for the operator. */
export interface Replayed {
  readonly kind: 'replayed';
  /** Name of the snapshot the replay started from; undefined when it started at genesis. */
  readonly snapshot: SnapshotRef | undefined;
  readonly position: JournalPosition;
  /** Records handed to `apply`. */
  readonly recordCount: number;
  /** The end of the last segment; `bytes` > 0 when a torn frame stands there. */
  readonly tail: Tail | undefined;
  readonly lastSegment: LastSegment | undefined;
  readonly sentences: readonly string[];
}

/** The folder is whole but written by another version: set it aside or refuse to start. */
export interface Incompatible {
  readonly kind: 'incompatible';
  readonly code: 'journal.incompatible';
  readonly formatVersion: number;
  readonly schemaVersion: number;
  readonly sentence: string;
}

/**
 * Restores a state and applies every record behind it, verifying all bytes on the way. In a folder somebody
 * writes to it sees what was there when it looked; a frame that is just being written reads as a torn tail.
 *
 * @fails journal.corrupt, with file, offset and sentence, for any damage that is not a torn tail above the
 *   watermark; whatever `restore` and `apply` throw passes through
 */
export function replayJournal(input: ReplayInput): Replayed | Incompatible {
  const { disk, dir } = input;
  const { superblock, damaged } = readSuperblock(disk, dir);
  const incompatible = superblock && incompatibleWith(superblock, input.schemaVersion);
  if (incompatible !== undefined) return incompatible;
  const { segments, fenced } = journalSegments(disk.list(dir));
  const snapshots = listSnapshots(disk, dir);
  const sentences = damaged.map((name) => `${name} is damaged.`);
  if (superblock === undefined && segments.length + snapshots.length > 0) {
    throw corruptAt(
      SUPERBLOCK_NAMES[0],
      0,
      'no copy of the superblock is intact, so nobody knows how far the journal went.',
    );
  }
  for (const { name } of fenced)
    sentences.push(`${name} was begun by a fenced writer and is not the journal.`);
  const snapshot = chooseSnapshot(input, segments, snapshots, sentences);
  if (snapshot !== undefined) input.restore(snapshot);
  const start: JournalPosition = snapshot ?? GENESIS;
  const waypoints = waypointsOf(superblock, snapshot);
  const scanned = scanJournal({ ...input, segments, start, waypoints });
  refuseBelowFloor(input, superblock, snapshots, scanned.position, scanned.lastSegment);
  return {
    kind: 'replayed',
    snapshot: snapshots.find(({ seq }) => seq === snapshot?.seq),
    position: scanned.position,
    recordCount: scanned.position.seq - start.seq,
    tail: scanned.tail,
    lastSegment: scanned.lastSegment,
    sentences: [...sentences, ...scanned.sentences, ...tailSentence(scanned.tail)],
  };
}

/** Undefined when this code reads what the superblock's writer wrote. */
export function incompatibleWith(superblock: Superblock, ours: number): Incompatible | undefined {
  const { formatVersion, schemaVersion } = superblock;
  if (formatVersion === FORMAT_VERSION && schemaVersion === ours) return undefined;
  const sentence =
    `The data folder has format ${formatVersion}, schema ${schemaVersion}; ` +
    `this version reads format ${FORMAT_VERSION}, schema ${ours}.`;
  return { kind: 'incompatible', code: 'journal.incompatible', formatVersion, schemaVersion, sentence };
}

/** The snapshot to start from, read whole; undefined for genesis. */
function chooseSnapshot(
  input: ReplayInput,
  segments: readonly SegmentRef[],
  snapshots: readonly SnapshotRef[],
  sentences: string[],
): Snapshot | undefined {
  const isFromGenesis = segments.length === 0 ? snapshots.length === 0 : segments[0].firstSeq === 1;
  const fromOldest = input.from === 'oldest';
  if (fromOldest && isFromGenesis) return undefined;
  const allowed = snapshots.filter(({ seq }) => seq <= (input.snapshotSeqMax ?? Number.POSITIVE_INFINITY));
  for (const ref of fromOldest ? allowed.toReversed() : allowed) {
    if (segments.length > 0 && segments[0].firstSeq > ref.seq + 1) {
      sentences.push(`${ref.name} is too old: the journal begins with seq ${segments[0].firstSeq}.`);
      continue;
    }
    try {
      return readSnapshot(input.disk, input.dir, ref, input.schemaVersion);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      sentences.push(`A snapshot is passed over. ${error.message}`);
    }
  }
  if (isFromGenesis) return undefined;
  const first = segments[0]?.name ?? snapshots[0].name;
  throw corruptAt(first, 0, 'no intact snapshot reaches the beginning of the journal.');
}

function waypointsOf(superblock: Superblock | undefined, snapshot: Snapshot | undefined): Waypoint[] {
  const waypoints: Waypoint[] = [];
  if (superblock !== undefined) {
    waypoints.push({
      seq: superblock.watermarkSeq,
      chainHash: superblock.chainHash,
      source: 'the superblock',
    });
  }
  if (snapshot !== undefined) {
    waypoints.push({ seq: snapshot.seq, chainHash: snapshot.chainHash, source: 'the snapshot' });
  }
  return waypoints;
}

/** Loss of whole records at the end cannot be seen in the journal itself: something outside must know. */
function refuseBelowFloor(
  input: ReplayInput,
  superblock: Superblock | undefined,
  snapshots: readonly SnapshotRef[],
  position: JournalPosition,
  lastSegment: LastSegment | undefined,
): void {
  const floors: [seq: number, source: string][] = [
    [superblock?.watermarkSeq ?? 0, 'the superblock'],
    [superblock?.snapshotSeq ?? 0, 'the superblock'],
    [snapshots[0]?.seq ?? 0, snapshots[0]?.name ?? ''],
    [input.floorSeq ?? 0, 'the caller'],
  ];
  for (const [seq, source] of floors) {
    if (seq <= position.seq) continue;
    const sentence = `the journal ends with seq ${position.seq}, but ${source} knows seq ${seq} was reached.`;
    throw corruptAt(lastSegment?.name ?? SUPERBLOCK_NAMES[0], lastSegment?.endOffset ?? 0, sentence);
  }
}

function tailSentence(tail: Tail | undefined): string[] {
  if (tail === undefined || tail.bytes === 0) return [];
  return [
    `${tail.file} ends in a torn write of ${tail.bytes} bytes at byte ${tail.offset}; nothing of it was acknowledged.`,
  ];
}
