import { assert } from '../units/assert.ts';
import type { Seq, TimeMs } from '../units/time.ts';
import { Batch } from './batch.ts';
import type { PendingSync } from './disk.ts';
import { fenceOf } from './epoch.ts';
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

/** A frame that was written and whose sync is on its way. */
interface BegunCommit {
  /** Where the journal ends once that sync has returned. */
  readonly position: JournalPosition;
  readonly sync: PendingSync;
}

/**
 * Appends records and makes them durable a batch at a time. Synchronous: it lives on the engine's thread.
 *
 * A commit has two steps, so that the next batch can be appended while the disk works on this one:
 * `beginCommit` writes, `finishCommit` waits. One commit is in flight at most, so frames become durable in
 * order and a failed one has nothing behind it. `commit` does both in place.
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
  readonly #isFenced: () => boolean;
  #segment: SegmentFile | undefined;
  #lastSeq: number;
  #lastTimeMs: number;
  #durable: JournalPosition;
  #begun: BegunCommit | undefined;
  /** Hash of the batch once it is sealed. */
  #sealedHash: string | undefined;
  #bytesWritten = 0;
  #halted: JournalError | undefined;

  constructor(start: WriterStart) {
    this.#start = start;
    this.#options = { ...WRITER_DEFAULTS, ...start.options };
    assert(this.#options.segmentBytes <= SEGMENT_BYTES_MAX, 'an offset in a segment fits 32 bits');
    this.epoch = start.epoch;
    this.#isFenced = fenceOf(start.disk, start.dir, start.epoch);
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

  /** Seq of the record appended last: ahead of `durableSeq` by what is not committed. */
  get appendedSeq(): Seq {
    return this.#lastSeq as Seq;
  }

  /** Records appended and not handed to a commit. */
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
    const isOpen = this.#sealedHash === undefined && this.#batch.count < BATCH_RECORDS_MAX;
    return isOpen && this.#batch.hasRoomFor(payloadBytes);
  }

  /**
   * Copies a record into the batch, also while a commit is in flight. Nothing reaches the disk before its own
   * commit.
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
   * Makes header and hash of the batch ahead of its commit, which then only has to write: while another commit is
   * in flight, that time is nobody's. Nothing more is appended before its own commit. A batch that needs a segment
   * of its own is left for that.
   */
  seal(): void {
    if (this.#halted !== undefined) throw this.#halted;
    if (this.#batch.count === 0 || this.#sealedHash !== undefined) return;
    if (this.#segment?.hasRoomFor(this.#batch.length) === true) this.#sealBatch(this.#segment);
  }

  /**
   * Writes the batch as one frame and syncs it in place. On return everything appended is durable.
   *
   * @returns durableSeq; nothing is written when nothing was appended
   * @fails journal.halted, at once and for ever
   */
  commit(): Seq {
    this.finishCommit();
    if (this.#batch.count === 0) return this.#durable.seq;
    this.#perform(() => {
      const { segment, position } = this.#writeFrame();
      segment.sync();
      this.#settle(position);
    });
    return this.#durable.seq;
  }

  /**
   * Writes the batch as one frame and starts its sync. Nothing of it may be told before `finishCommit`.
   *
   * @fails journal.halted, at once and for ever; AssertionError while another commit is in flight
   */
  beginCommit(): void {
    if (this.#halted !== undefined) throw this.#halted;
    assert(this.#begun === undefined, 'one commit is in flight at most');
    if (this.#batch.count === 0) return;
    this.#perform(() => {
      const { segment, position } = this.#writeFrame();
      this.#begun = { position, sync: segment.startSync() };
    });
  }

  /**
   * Waits for the commit in flight; on return it is durable. Without one there is nothing to do.
   *
   * @returns durableSeq
   * @fails journal.halted, at once and for ever
   */
  finishCommit(): Seq {
    if (this.#halted !== undefined) throw this.#halted;
    const begun = this.#begun;
    if (begun === undefined) return this.#durable.seq;
    this.#perform(() => {
      begun.sync.wait();
      this.#begun = undefined;
      this.#settle(begun.position);
    });
    return this.#durable.seq;
  }

  /**
   * The frame the last commit wrote, finished or not, for whoever follows in memory (`visitFrame` reads it).
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
    assert(this.#begun === undefined, 'the watermark is written between commits');
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
      this.finishCommit();
      assert(this.#batch.count === 0, 'everything appended was committed before the journal is closed');
      this.#perform(() => {
        this.#sealSegment();
        this.#writeWatermark();
      });
      this.#halted = new JournalError('journal.halted', 'The writer was closed.');
      return;
    }
    // The file of a sync that never answered stays open: its number must not become another file's.
    if (this.#begun === undefined) this.#segment?.abandon();
    this.#segment = undefined;
  }

  /** Writes the batch behind the last frame and empties it. Its bytes are not durable yet. */
  #writeFrame(): { segment: SegmentFile; position: JournalPosition } {
    const batch = this.#batch;
    if (this.#segment?.hasRoomFor(batch.length) !== true) {
      this.#sealSegment();
      this.#openSegment();
    }
    const segment = this.#segment;
    assert(segment !== undefined, 'a living writer has a segment');
    const chainHash = this.#sealedHash ?? this.#sealBatch(segment);
    segment.append(batch.sealed());
    this.#bytesWritten += batch.length;
    batch.clear();
    this.#sealedHash = undefined;
    return {
      segment,
      position: { seq: this.#lastSeq as Seq, timeMs: this.#lastTimeMs as TimeMs, chainHash },
    };
  }

  /** Closes the batch behind the frame before it, which was written to this segment or one before and may be in flight. */
  #sealBatch(segment: SegmentFile): string {
    const before = this.#begun?.position ?? this.#durable;
    this.#sealedHash = this.#batch.seal({
      epoch: this.epoch,
      offset: segment.offset,
      salt: segment.salt,
      firstSeq: before.seq + 1,
      prevHash: before.chainHash,
    });
    return this.#sealedHash;
  }

  /** The frame that ends at `position` was synced. Whether it is ours to acknowledge is asked only now: epoch.ts. */
  #settle(position: JournalPosition): void {
    this.#refuseWhenFenced();
    this.#durable = position;
    if (this.#watermark.isDueAt(position.timeMs)) this.#writeWatermark();
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
    if (!this.#isFenced()) return;
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
