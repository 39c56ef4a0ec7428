import type { Seq, TimeMs } from '../units/time.ts';
import { type Disk, type DiskFile, pathIn } from './disk.ts';
import { FILE_HEADER_BYTES, FORMAT_VERSION } from './fileHeader.ts';
import {
  FRAME_HEADER_BYTES,
  type FrameHeader,
  isFrameIntact,
  readFrameHeader,
  visitRecords,
} from './frame.ts';
import { corruptAt } from './journalError.ts';
import { journalSegments, type SegmentRef } from './layout.ts';
import type { JournalPosition } from './position.ts';
import { readSegmentHeader, type SegmentHeader } from './segment.ts';
import { refuseStranger } from './segmentScan.ts';

export interface FrameReaderInput {
  readonly disk: Disk;
  readonly dir: string;
  /** Version of the payloads the caller understands. */
  readonly schemaVersion: number;
  /** What the caller has applied; GENESIS for all of it. */
  readonly start: JournalPosition;
}

/** One commit as it stands in the journal, and its place behind. */
export interface ReadFrame {
  /** The frame's own bytes, only lent: the memory is used again by the next read. */
  readonly bytes: Uint8Array;
  readonly position: JournalPosition;
}

const BUFFER_BYTES = 256 * 1024;

/**
 * Follows a journal somebody else writes, from a place on and for as long as it grows, every frame verified and each
 * hashed to the one before. It writes nothing, takes no lock and no epoch, and holds one file open, so a segment that is
 * pruned meanwhile is still read to its end.
 *
 * What is not a whole frame at the end is one being written, or what a kill left of it: it is looked at again, and passed
 * when the next segment begins there.
 */
export class FrameReader {
  readonly #input: FrameReaderInput;
  #segment: SegmentRef | undefined;
  #header: SegmentHeader | undefined;
  #file: DiskFile | undefined;
  /** Of the next frame in the file. */
  #offset = FILE_HEADER_BYTES;
  /** Behind the last frame read; before `start` while frames up to it are passed over. */
  #position: JournalPosition;
  #buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  /** The file's bytes from here on are in the buffer, so many of them. */
  #bufferedFrom = 0;
  #buffered = 0;

  constructor(input: FrameReaderInput) {
    this.#input = input;
    this.#position = input.start;
  }

  /**
   * The next frame behind the start.
   *
   * @returns undefined where the journal ends for now
   * @fails journal.corrupt where a frame does not follow the one before, the start is not in it, or its segment is gone
   */
  next(): ReadFrame | undefined {
    for (;;) {
      if (this.#file === undefined && !this.#enter()) return undefined;
      const frame = this.#frame();
      if (frame === undefined) {
        if (!this.#leave()) return undefined;
        continue;
      }
      const { start } = this.#input;
      if (this.#position.seq > start.seq) return { bytes: frame, position: this.#position };
      if (this.#position.seq === start.seq && this.#position.chainHash !== start.chainHash)
        throw this.#refusal(`the chain is another at seq ${start.seq} than it was here.`);
    }
  }

  /** Whether the place it starts from was found in the journal. */
  get isAtStart(): boolean {
    const { start } = this.#input;
    return this.#position.seq >= start.seq && (this.#segment !== undefined || start.seq === 0);
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  /** Opens the segment that goes on, or at the beginning the one that holds the start. */
  #enter(): boolean {
    const { disk, dir, start } = this.#input;
    const { segments } = journalSegments(disk.list(dir));
    const isBegun = this.#segment !== undefined;
    const wanted = isBegun
      ? segments.find(({ firstSeq }) => firstSeq === this.#position.seq + 1)
      : segments.findLast(({ firstSeq }) => firstSeq <= start.seq + 1);
    if (wanted === undefined) {
      refusePruned(segments[0], this.#position.seq);
      return false;
    }
    const file = disk.open(pathIn(dir, wanted.name), 'read');
    const bytes = Buffer.alloc(FILE_HEADER_BYTES);
    const header = file.readAt(bytes, 0) === bytes.length ? readSegmentHeader(bytes) : undefined;
    if (header === undefined) {
      // Being created: its header is synced before anything follows.
      file.close();
      return false;
    }
    this.#file = file;
    this.#begin(wanted, header, isBegun);
    return true;
  }

  #begin(segment: SegmentRef, header: SegmentHeader, isBegun: boolean): void {
    const before = this.#position;
    this.#segment = segment;
    this.#header = header;
    this.#offset = FILE_HEADER_BYTES;
    this.#buffered = 0;
    this.#position = {
      seq: (header.firstSeq - 1) as Seq,
      timeMs: header.prevTimeMs as TimeMs,
      chainHash: header.prevHash,
    };
    const { formatVersion, schemaVersion, firstSeq, epoch } = header;
    if (formatVersion !== FORMAT_VERSION || schemaVersion !== this.#input.schemaVersion)
      throw this.#refusal(`the segment has format ${formatVersion}, schema ${schemaVersion}.`);
    if (epoch !== segment.epoch || firstSeq !== segment.firstSeq)
      throw this.#refusal('the segment carries the name of another.');
    const isAtStart = !isBegun && before.seq === this.#position.seq;
    if ((isBegun || isAtStart) && before.chainHash !== this.#position.chainHash)
      throw this.#refusal(`the chain is another at seq ${before.seq} than it was here.`);
  }

  /** Whether the journal goes on in another segment from here. */
  #leave(): boolean {
    const { disk, dir } = this.#input;
    const { seq } = this.#position;
    const { segments } = journalSegments(disk.list(dir));
    if (segments.some(({ firstSeq, epoch }) => firstSeq <= seq && epoch > this.#header!.epoch))
      throw this.#refusal(`what was read up to seq ${seq} is not the journal any more.`);
    refusePruned(segments[0], seq);
    const next = segments.find(({ firstSeq }) => firstSeq === seq + 1);
    if (next === undefined || next.name === this.#segment?.name) return false;
    this.close();
    return true;
  }

  /** @returns the next whole frame, verified; undefined where there is none yet */
  #frame(): Uint8Array | undefined {
    const header = this.#headerAt();
    if (header === undefined) return undefined;
    refuseStranger(this.#segment!.name, this.#header!, { ...header, at: this.#offset }, this.#position);
    const at = this.#fill(header.length);
    if (at === undefined) return undefined;
    const frame = { ...header, at };
    if (!isFrameIntact(this.#buffer, frame)) {
      this.#buffered = 0;
      return undefined;
    }
    const timeMs = visitRecords(this.#buffer, frame, () => undefined);
    if (timeMs === undefined) throw this.#refusal('the records do not fill their frame.');
    this.#position = { seq: frame.lastSeq as Seq, timeMs: timeMs as TimeMs, chainHash: frame.hash };
    this.#offset += frame.length;
    return this.#buffer.subarray(at, at + frame.length);
  }

  #headerAt(): FrameHeader | undefined {
    const at = this.#fill(FRAME_HEADER_BYTES);
    const header =
      at === undefined
        ? undefined
        : readFrameHeader(this.#buffer.subarray(0, this.#buffered), at, this.#header!.crc);
    // What was read before it was written is read again.
    if (header === undefined) this.#buffered = 0;
    return header;
  }

  /**
   * Sees to it that so many bytes from the offset are in the buffer.
   *
   * @returns where in the buffer; undefined where the file has fewer
   */
  #fill(length: number): number | undefined {
    const at = this.#offset - this.#bufferedFrom;
    if (this.#buffered > 0 && at + length <= this.#buffered) return at;
    if (length > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(length * 2);
    this.#bufferedFrom = this.#offset;
    this.#buffered = 0;
    while (this.#buffered < this.#buffer.length) {
      const read = this.#file!.readAt(this.#buffer.subarray(this.#buffered), this.#offset + this.#buffered);
      if (read <= 0) break;
      this.#buffered += read;
    }
    return length <= this.#buffered ? 0 : undefined;
  }

  #refusal(sentence: string) {
    return corruptAt(this.#segment?.name ?? '', this.#offset, sentence);
  }
}

function refusePruned(oldest: SegmentRef | undefined, seq: number): void {
  if (oldest === undefined || oldest.firstSeq <= seq + 1) return;
  throw corruptAt(oldest.name, 0, `the journal begins here, and what follows seq ${seq} was pruned.`);
}
