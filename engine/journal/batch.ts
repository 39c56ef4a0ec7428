import { assert } from '../units/assert.ts';
import {
  bodyHash,
  FRAME_HEADER_BYTES,
  FRAME_MAGIC,
  HASHED_FROM,
  RECORD_HEADER_BYTES,
  recordBytes,
} from './frame.ts';
import { headerChecksum } from './headerChecksum.ts';

const DELTA_MS_MAX = 0xffff_ffff;

/** Where a frame goes and what it follows. */
export interface FramePlace {
  readonly epoch: number;
  readonly offset: number;
  readonly salt: number;
  readonly firstSeq: number;
  readonly prevHash: string;
}

/** The frame being filled: one buffer, made once, so that an append allocates nothing. */
export class Batch {
  readonly bytes: Buffer;
  readonly #view: DataView;
  /** Records in it. */
  count = 0;
  /** Bytes of the frame so far, header included. */
  length = FRAME_HEADER_BYTES;
  firstTimeMs = 0;
  #sealedLength = 0;

  constructor(capacityBytes: number) {
    this.bytes = Buffer.alloc(capacityBytes & ~7);
    this.#view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
  }

  hasRoomFor(payloadBytes: number): boolean {
    return this.length + recordBytes(payloadBytes) <= this.bytes.length;
  }

  append(timeMs: number, payload: Uint8Array, payloadLength: number): void {
    if (this.count === 0) this.firstTimeMs = timeMs;
    const deltaMs = timeMs - this.firstTimeMs;
    assert(deltaMs >= 0 && deltaMs <= DELTA_MS_MAX, 'time runs forward, by less than 49 days within a batch');
    const at = this.length;
    this.#view.setUint32(at, payloadLength, true);
    this.#view.setUint32(at + 4, deltaMs, true);
    this.#copy(payload, payloadLength, at + RECORD_HEADER_BYTES);
    this.length = at + recordBytes(payloadLength);
    this.count++;
  }

  /** Writes the header over the records. Returns the frame's hash, which the next frame names. */
  seal(place: FramePlace): string {
    const { bytes } = this;
    bytes.set(FRAME_MAGIC, 0);
    bytes.write(place.prevHash, 24, 'hex');
    bytes.writeUInt32LE(this.length, 40);
    bytes.writeUInt32LE(this.count, 44);
    bytes.writeUInt32LE(place.epoch, 48);
    bytes.writeUInt32LE(place.offset, 52);
    bytes.writeDoubleLE(place.firstSeq, 56);
    bytes.writeDoubleLE(this.firstTimeMs, 64);
    const hash = bodyHash(bytes.subarray(HASHED_FROM, this.length));
    bytes.write(hash, 8, 'hex');
    bytes.writeUInt32LE(headerChecksum(bytes, 8, FRAME_HEADER_BYTES, place.salt), 4);
    this.#sealedLength = this.length;
    return hash;
  }

  /** The frame sealed last; its bytes hold until the next append. */
  sealed(): Uint8Array {
    return this.bytes.subarray(0, this.#sealedLength);
  }

  clear(): void {
    this.count = 0;
    this.length = FRAME_HEADER_BYTES;
  }

  /** Copies the payload and zeroes its padding: a frame's bytes depend on its records alone. */
  #copy(payload: Uint8Array, length: number, at: number): void {
    const { bytes } = this;
    bytes.set(length === payload.length ? payload : payload.subarray(0, length), at);
    const padded = at + ((length + 7) & ~7);
    for (let index = at + length; index < padded; index++) bytes[index] = 0;
  }
}
