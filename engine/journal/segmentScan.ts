import type { Seq, TimeMs } from '../units/time.ts';
import { FILE_HEADER_BYTES } from './fileHeader.ts';
import { type FrameHeader, isFrameIntact, readFrameHeader, type VisitRecord, visitRecords } from './frame.ts';
import { corruptAt } from './journalError.ts';
import type { JournalPosition } from './position.ts';
import type { SegmentHeader } from './segment.ts';

/** What to read of one segment, and where the journal stands before it. */
export interface SegmentScanInput {
  readonly name: string;
  readonly bytes: Buffer;
  readonly header: SegmentHeader;
  readonly position: JournalPosition;
  /** Seq before the next segment's first; Infinity in the last segment. */
  readonly stopSeq: number;
  /** Records up to here are verified and not handed out. */
  readonly afterSeq: number;
  readonly apply: VisitRecord;
  /** Called behind each frame, before the next is read. */
  readonly onFrame: (frame: FrameHeader, position: JournalPosition) => void;
}

export interface SegmentScan {
  readonly position: JournalPosition;
  /** Where the last frame ends. */
  readonly endOffset: number;
  readonly lastFrame: FrameHeader | undefined;
}

/**
 * Reads frames until `stopSeq` or until the bytes are not a whole frame. Judging what follows then is the
 * caller's task: it knows which segment is the last.
 *
 * @fails journal.corrupt when a frame is intact and does not follow the one before it
 */
export function scanSegment(input: SegmentScanInput): SegmentScan {
  const { name, bytes, header, afterSeq, apply } = input;
  let position = input.position;
  let lastFrame: FrameHeader | undefined;
  let at = FILE_HEADER_BYTES;
  while (position.seq < input.stopSeq) {
    const frame = readFrameHeader(bytes, at, header.crc);
    if (frame === undefined) break;
    refuseStranger(name, header, frame, position);
    if (!isFrameIntact(bytes, frame)) break;
    const timeMs = visitRecords(bytes, frame, visitorAfter(afterSeq, frame, apply));
    if (timeMs === undefined) throw corruptAt(name, at, 'the records do not fill their frame.');
    position = { seq: frame.lastSeq as Seq, timeMs: timeMs as TimeMs, chainHash: frame.hash };
    input.onFrame(frame, position);
    lastFrame = frame;
    at += frame.length;
  }
  return { position, endOffset: at, lastFrame };
}

/** A header that is intact and in the wrong place was moved, repeated, or its predecessor is gone. */
export function refuseStranger(
  name: string,
  header: SegmentHeader,
  frame: FrameHeader,
  position: JournalPosition,
): void {
  const refuse = (sentence: string) => corruptAt(name, frame.at, sentence);
  if (frame.firstSeq !== position.seq + 1 || frame.recordCount < 1) {
    throw refuse(`the frame begins with seq ${frame.firstSeq} where seq ${position.seq + 1} belongs.`);
  }
  if (frame.prevHash !== position.chainHash) throw refuse('the frame does not follow the frame before it.');
  if (frame.epoch !== header.epoch)
    throw refuse(`the frame is of epoch ${frame.epoch}, not ${header.epoch}.`);
  if (frame.offset !== frame.at) throw refuse(`the frame was written for byte ${frame.offset}.`);
  if (frame.firstTimeMs < position.timeMs) throw refuse('time runs back.');
}

function visitorAfter(afterSeq: number, frame: FrameHeader, apply: VisitRecord): VisitRecord {
  if (frame.firstSeq > afterSeq) return apply;
  if (frame.lastSeq <= afterSeq) return skip;
  return (seq, timeMs, payload) => {
    if (seq > afterSeq) apply(seq, timeMs, payload);
  };
}

function skip(): void {}
