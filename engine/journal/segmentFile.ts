import { type Disk, type DiskFile, type PendingSync, pathIn, writeWhole } from './disk.ts';
import { FILE_HEADER_BYTES } from './fileHeader.ts';
import type { JournalPosition } from './position.ts';
import { createSegment } from './segment.ts';

/** What a new segment needs to know. */
export interface SegmentFileInput {
  readonly disk: Disk;
  readonly dir: string;
  readonly epoch: number;
  readonly schemaVersion: number;
  readonly position: JournalPosition;
  /** It takes no frame that would end behind this, except its first. */
  readonly bytesMax: number;
  /** Written behind the frames ahead of need. Overwriting is half the price of appending. */
  readonly zeros: Uint8Array;
}

/** The segment being written. Every failure is thrown as the disk gave it; the writer makes it final. */
export class SegmentFile {
  readonly name: string;
  /** Seed of the checksums of its frames. */
  readonly salt: number;
  readonly #file: DiskFile;
  readonly #bytesMax: number;
  readonly #zeros: Uint8Array;
  #offset = FILE_HEADER_BYTES;
  #allocated = FILE_HEADER_BYTES;

  constructor(input: SegmentFileInput) {
    const { name, salt } = createSegment(input.disk, input.dir, input);
    this.name = name;
    this.salt = salt;
    this.#file = input.disk.open(pathIn(input.dir, name), 'write');
    this.#bytesMax = input.bytesMax;
    this.#zeros = input.zeros;
  }

  /** Where the next frame goes. */
  get offset(): number {
    return this.#offset;
  }

  hasRoomFor(frameBytes: number): boolean {
    return this.#offset === FILE_HEADER_BYTES || this.#offset + frameBytes <= this.#bytesMax;
  }

  /** Writes a frame behind the last one. It is durable after the next sync. */
  append(frame: Uint8Array): void {
    const end = this.#offset + frame.length;
    writeWhole(this.#file, frame, this.#offset);
    if (end > this.#allocated) this.#writeAhead(end);
    this.#offset = end;
  }

  sync(): void {
    this.#file.sync();
  }

  /** No other call before the `wait` of what it returns. */
  startSync(): PendingSync {
    return this.#file.startSync();
  }

  /** Cuts what was written ahead, makes the size durable, and closes: the segment ends with its last frame. */
  seal(): void {
    this.#file.truncate(this.#offset);
    this.#file.sync();
    this.#file.close();
  }

  /** Closes the file as it is, after a halt. */
  abandon(): void {
    this.#file.close();
  }

  /** The frame's own sync makes the zeros durable; later frames then change no file size. */
  #writeAhead(end: number): void {
    const room = Math.max(0, Math.min(this.#zeros.length, this.#bytesMax - end));
    if (room > 0) writeWhole(this.#file, this.#zeros.subarray(0, room), end);
    this.#allocated = end + room;
  }
}
