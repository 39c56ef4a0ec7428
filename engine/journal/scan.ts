import type { Seq, TimeMs } from '../units/time.ts';
import { type Disk, pathIn, readWhole } from './disk.ts';
import { FILE_HEADER_BYTES, FORMAT_VERSION } from './fileHeader.ts';
import type { FrameHeader, VisitRecord } from './frame.ts';
import { corruptAt } from './journalError.ts';
import type { SegmentRef } from './layout.ts';
import type { JournalPosition } from './position.ts';
import { readSegmentHeader, type SegmentHeader } from './segment.ts';
import { type SegmentScan, scanSegment } from './segmentScan.ts';
import { endOfContent, isUnfinishedSegment, laterFrame, type Tail } from './tail.ts';

/** A place the journal must pass through, and who says so. */
export interface Waypoint {
  readonly seq: number;
  readonly chainHash: string;
  readonly source: string;
}

export interface ScanInput {
  readonly disk: Disk;
  readonly dir: string;
  readonly schemaVersion: number;
  /** In order, without fenced ones; the first holds or follows the start. */
  readonly segments: readonly SegmentRef[];
  readonly start: JournalPosition;
  readonly waypoints: readonly Waypoint[];
  readonly apply: VisitRecord;
}

/** Where the last frame is, for the repair of the tail. */
export interface LastSegment {
  readonly name: string;
  readonly endOffset: number;
  readonly lastFrame: FrameHeader | undefined;
}

export interface Scanned {
  readonly position: JournalPosition;
  readonly lastSegment: LastSegment | undefined;
  readonly tail: Tail | undefined;
  readonly sentences: readonly string[];
}

/**
 * Reads the segments in order, verifies every frame and the chain, and hands out the records after `start`.
 *
 * @fails journal.corrupt with file, offset and sentence for anything but an invalid end of the last segment
 */
export function scanJournal(input: ScanInput): Scanned {
  const sentences: string[] = [];
  let position: JournalPosition | undefined;
  let lastSegment: LastSegment | undefined;
  let scratch: Buffer | undefined;
  for (let index = firstNeeded(input); index < input.segments.length; index++) {
    const segment = input.segments[index];
    const next = input.segments[index + 1];
    const bytes = readWhole(input.disk, pathIn(input.dir, segment.name), scratch);
    if (scratch === undefined || bytes.buffer !== scratch.buffer) scratch = bytes;
    const header = readSegmentHeader(bytes);
    if (header === undefined) {
      const before = position ?? input.start;
      return { position: before, lastSegment, tail: unfinishedEnd(segment, next, bytes, before), sentences };
    }
    position = entering(input, segment, header, position);
    const scan = scanSegment({
      name: segment.name,
      bytes,
      header,
      position,
      stopSeq: next === undefined ? Number.POSITIVE_INFINITY : next.firstSeq - 1,
      afterSeq: input.start.seq,
      apply: input.apply,
      onFrame: (frame, reached) => checkWaypoints(input.waypoints, segment.name, frame, reached),
    });
    position = scan.position;
    lastSegment = { name: segment.name, endOffset: scan.endOffset, lastFrame: scan.lastFrame };
    if (next !== undefined) refuseUnlessSealed(segment, next, bytes, scan, sentences);
    else return { position, lastSegment, tail: judgeTail(segment, bytes, header, scan), sentences };
  }
  return { position: position ?? input.start, lastSegment, tail: undefined, sentences };
}

function firstNeeded({ segments, start }: ScanInput): number {
  let index = 0;
  while (index + 1 < segments.length && segments[index + 1].firstSeq <= start.seq + 1) index++;
  return index;
}

/** A last segment without a header: what a power loss leaves of one being created, or damage. */
function unfinishedEnd(
  segment: SegmentRef,
  next: SegmentRef | undefined,
  bytes: Buffer,
  before: JournalPosition,
): Tail {
  if (next !== undefined || !isUnfinishedSegment(bytes)) {
    throw corruptAt(segment.name, 0, 'the header is damaged.');
  }
  if (before.seq !== segment.firstSeq - 1) {
    throw corruptAt(
      segment.name,
      0,
      `records ${before.seq + 1} to ${segment.firstSeq - 1} are missing before it.`,
    );
  }
  return { file: segment.name, offset: 0, bytes: endOfContent(bytes, 0) };
}

/** The position before a segment, after checking that its header says the same. */
function entering(
  input: ScanInput,
  segment: SegmentRef,
  header: SegmentHeader,
  before: JournalPosition | undefined,
): JournalPosition {
  const refuse = (sentence: string) => corruptAt(segment.name, 0, sentence);
  if (header.formatVersion !== FORMAT_VERSION || header.schemaVersion !== input.schemaVersion) {
    throw refuse(`the segment has format ${header.formatVersion}, schema ${header.schemaVersion}.`);
  }
  if (header.epoch !== segment.epoch || header.firstSeq !== segment.firstSeq) {
    throw refuse('the segment carries the name of another.');
  }
  const position = {
    seq: (header.firstSeq - 1) as Seq,
    timeMs: header.prevTimeMs as TimeMs,
    chainHash: header.prevHash,
  };
  if (before !== undefined && before.seq !== position.seq) {
    throw refuse(`records ${before.seq + 1} to ${position.seq} are missing before it.`);
  }
  if (
    before !== undefined &&
    (before.chainHash !== position.chainHash || before.timeMs !== position.timeMs)
  ) {
    throw refuse('the segment does not follow the segment before it.');
  }
  for (const waypoint of input.waypoints) {
    if (waypoint.seq === position.seq && waypoint.chainHash !== position.chainHash) {
      throw refuse(`the chain differs from ${waypoint.source} at seq ${waypoint.seq}.`);
    }
  }
  return position;
}

function checkWaypoints(
  waypoints: readonly Waypoint[],
  file: string,
  frame: FrameHeader,
  reached: JournalPosition,
): void {
  for (const waypoint of waypoints) {
    const isInside = waypoint.seq >= frame.firstSeq && waypoint.seq < frame.lastSeq;
    const differs = waypoint.seq === reached.seq && waypoint.chainHash !== reached.chainHash;
    if (isInside || differs) {
      throw corruptAt(file, frame.at, `the chain differs from ${waypoint.source} at seq ${waypoint.seq}.`);
    }
  }
}

/** A segment that has a successor ends with its last frame, unless a fenced writer wrote on. */
function refuseUnlessSealed(
  segment: SegmentRef,
  next: SegmentRef,
  bytes: Buffer,
  scan: SegmentScan,
  sentences: string[],
): void {
  if (scan.position.seq !== next.firstSeq - 1) {
    const sentence = `no valid frame for seq ${scan.position.seq + 1}, but ${next.name} goes on behind it.`;
    throw corruptAt(segment.name, scan.endOffset, sentence);
  }
  if (scan.endOffset === bytes.length) return;
  if (next.epoch === segment.epoch)
    throw corruptAt(segment.name, scan.endOffset, 'bytes follow the last frame.');
  sentences.push(
    `${segment.name}: what epoch ${segment.epoch} wrote after it was fenced is not the journal.`,
  );
}

/** The end of the last segment: clean, torn, or damage. Whether a torn end may be cut is decided by the watermark. */
function judgeTail(segment: SegmentRef, bytes: Buffer, header: SegmentHeader, scan: SegmentScan): Tail {
  const offset = scan.endOffset;
  const later = laterFrame(bytes, Math.max(offset + 1, FILE_HEADER_BYTES), header.crc);
  if (later !== undefined) {
    const sentence = `no valid frame, but a later one survives at byte ${later.at} (seq ${later.firstSeq}).`;
    throw corruptAt(segment.name, offset, `${sentence} This is damage, not a torn tail.`);
  }
  return { file: segment.name, offset, bytes: endOfContent(bytes, offset) - offset };
}
