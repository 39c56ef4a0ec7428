import { assert } from '../units/assert.ts';
import type { Seq, TimeMs } from '../units/time.ts';
import { Batch } from './batch.ts';
import { isFenced } from './epoch.ts';
import { FRAME_HEADER_BYTES, recordBytes } from './frame.ts';
import { haltedBy, JournalError } from './journalError.ts';
import type { JournalPosition } from './position.ts';
import { SegmentFile } from './segmentFile.ts';
import { Watermark, type WatermarkInput } from './watermark.ts';

/** Most records one commit can make durable. */
export const BATCH_RECORDS_MAX = 1_024;

const SEGMENT_BYTES_MAX = 0x8000_0000;

/** Sizes and intervals of a writer; every one has a default. */
export interface WriterOptions {
  /** A segment is closed before it would grow past this. */
  readonly segmentBytes?: number;
  /** Zeros are written ahead in steps of this: overwriting is half the price of appending. 0 switches it off. */
  readonly growBytes?: number;
  /** Bytes one commit can hold; also the bound of one record. */
  readonly batchBytes?: number;
  /** Journalled time after which a commit also writes the watermark; see superblock.ts. */
  readonly watermarkIntervalMs?: number;
}

export const WRITER_DEFAULTS: Required<WriterOptions> = {
  segmentBytes: 32 * 1024 * 1024,
  growBytes: 512 * 1024,
  batchBytes: 1024 * 1024,
  watermarkIntervalMs: 100,
};

/** What a writer goes on from. `openJournal` fills it after recovery. */
export interface WriterStart extends WatermarkInput {
  readonly position: JournalPosition;
  readonly options?: WriterOptions;
}

/**
 * Appends records and makes them durable a batch at a time. Synchronous: it lives on the engine's thread.
 *
 * The first failed write or sync, and the first sight of a newer epoch, kill it for ever: after a failed
 * fsync nobody knows what the disk holds, and asking again would be answered with a lie. What was appended
 * and not acknowledged then may or may not be found by the next recovery.
 *
 * @fails journal.halted from the failing call on, with `reason`
 */
export class JournalWriter {
  readonly epoch: number;
  readonly #start: WriterStart;
  readonly #options: Required<WriterOptions>;
  readonly #batch: Batch;
  readonly #zeros: Uint8Array;
  readonly #watermark: Watermark;
  #segment: SegmentFile | undefined;
  #lastSeq: number;
  #lastTimeMs: number;
  #durable: JournalPosition;
  #bytesWritten = 0;
  #halted: JournalError | undefined;

  constructor(start: WriterStart) {
    this.#start = start;
    this.#options = { ...WRITER_DEFAULTS, ...start.options };
    assert(this.#options.segmentBytes <= SEGMENT_BYTES_MAX, 'an offset in a segment fits 32 bits');
    this.epoch = start.epoch;
    this.#batch = new Batch(this.#options.batchBytes);
    this.#zeros = new Uint8Array(this.#options.growBytes);
    this.#lastSeq = start.position.seq;
    this.#lastTimeMs = start.position.timeMs;
    this.#durable = start.position;
    this.#watermark = new Watermark(start, this.#options.watermarkIntervalMs);
    this.#perform(() => {
      this.#writeWatermark();
      this.#openSegment();
    });
  }

  /** Highest seq that survives a power loss. Answers up to it may leave. */
  get durableSeq(): Seq {
    return this.#durable.seq;
  }

  /** Seq, time and chain hash of the last commit: what a snapshot at this point must carry. */
  get position(): JournalPosition {
    return this.#durable;
  }

  /** Bytes of frames written by this writer. */
  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  /** Records appended and not committed. */
  get pendingCount(): number {
    return this.#batch.count;
  }

  /** Why the writer is dead; undefined while it lives. */
  get halted(): JournalError | undefined {
    return this.#halted;
  }

  /** Largest payload one record can have. */
  get payloadBytesMax(): number {
    return this.#batch.bytes.length - FRAME_HEADER_BYTES - recordBytes(0);
  }

  /** Whether `append` would take a payload of this size now; when not, commit first. */
  hasRoomFor(payloadBytes: number): boolean {
    return this.#batch.count < BATCH_RECORDS_MAX && this.#batch.hasRoomFor(payloadBytes);
  }

  /**
   * Copies a record into the batch. Nothing reaches the disk before `commit`.
   *
   * @param seq the last one plus 1
   * @param timeMs not before the last record's time
   * @param payload bytes nobody here interprets; the first `length` of them
   * @fails AssertionError when seq or time do not follow, or there is no room
   */
  append(seq: Seq, timeMs: TimeMs, payload: Uint8Array, length = payload.length): void {
    if (this.#halted !== undefined) throw this.#halted;
    assert(seq === this.#lastSeq + 1, 'a record has the seq after the last');
    assert(timeMs >= this.#lastTimeMs, 'journalled time never runs back');
    assert(this.hasRoomFor(length), 'the batch has room for the record');
    this.#batch.append(timeMs, payload, length);
    this.#lastSeq = seq;
    this.#lastTimeMs = timeMs;
  }

  /**
   * Writes the batch as one frame and syncs it. On return everything appended is durable.
   *
   * @returns durableSeq; nothing is written when nothing was appended
   * @fails journal.halted, at once and for ever
   */
  commit(): Seq {
    if (this.#halted !== undefined) throw this.#halted;
    if (this.#batch.count === 0) return this.#durable.seq;
    this.#perform(() => this.#writeFrame());
    return this.#durable.seq;
  }

  /**
   * The frame the last commit wrote, for whoever follows in memory (`visitFrame` reads it).
   *
   * @returns a view on the batch's own buffer: copy it before the next append
   */
  lastFrame(): Uint8Array {
    return this.#batch.sealed();
  }

  /**
   * Writes the watermark now. For an idle moment, and for each snapshot that became durable.
   *
   * @param snapshotSeq of that snapshot
   */
  publishWatermark(snapshotSeq: Seq = this.#watermark.snapshotSeq): void {
    if (this.#halted !== undefined) throw this.#halted;
    assert(snapshotSeq <= this.#durable.seq, 'a snapshot holds durable records only');
    this.#watermark.snapshotSeq = snapshotSeq;
    this.#perform(() => this.#writeWatermark());
  }

  /**
   * Ends the segment at its last frame and writes the watermark: a clean stop leaves nothing to doubt.
   * After a halt it only closes the file. Records that were not committed are an error of the caller.
   */
  close(): void {
    if (this.#halted === undefined) {
      assert(this.#batch.count === 0, 'everything appended was committed before the journal is closed');
      this.#perform(() => {
        this.#sealSegment();
        this.#writeWatermark();
      });
      this.#halted = new JournalError('journal.halted', 'The writer was closed.');
      return;
    }
    this.#segment?.abandon();
    this.#segment = undefined;
  }

  #writeFrame(): void {
    const batch = this.#batch;
    if (this.#segment?.hasRoomFor(batch.length) !== true) {
      this.#sealSegment();
      this.#openSegment();
    }
    const segment = this.#segment;
    assert(segment !== undefined, 'a living writer has a segment');
    const chainHash = batch.seal({
      epoch: this.epoch,
      offset: segment.offset,
      salt: segment.salt,
      firstSeq: this.#durable.seq + 1,
      prevHash: this.#durable.chainHash,
    });
    segment.append(batch.sealed());
    this.#refuseWhenFenced();
    this.#bytesWritten += batch.length;
    this.#durable = { seq: this.#lastSeq as Seq, timeMs: this.#lastTimeMs as TimeMs, chainHash };
    batch.clear();
    if (this.#watermark.isDueAt(this.#lastTimeMs)) this.#writeWatermark();
  }

  #openSegment(): void {
    this.#refuseWhenFenced();
    this.#segment = new SegmentFile({
      ...this.#start,
      position: this.#durable,
      bytesMax: this.#options.segmentBytes,
      zeros: this.#zeros,
    });
  }

  #sealSegment(): void {
    this.#segment?.seal();
    this.#segment = undefined;
  }

  #writeWatermark(): void {
    this.#refuseWhenFenced();
    this.#watermark.write(this.#durable);
  }

  #refuseWhenFenced(): void {
    if (!isFenced(this.#start.disk, this.#start.dir, this.epoch)) return;
    throw new JournalError('journal.halted', `Another desk has begun epoch ${this.epoch + 1} or later.`, {
      reason: 'fenced',
    });
  }

  /** Runs disk work; whatever it throws is the writer's death. */
  #perform(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#halted = error instanceof JournalError ? error : haltedBy(error, this.#segment?.name);
      throw this.#halted;
    }
  }
}
