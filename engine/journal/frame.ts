import { hash } from 'node:crypto';
import type { Seq, TimeMs } from '../units/time.ts';
import { headerChecksum } from './headerChecksum.ts';

/**
 * One commit is one frame: a header and the records of the batch, whole or not at all.
 *
 *      0 magic u32
 *      4 crc32 u32 of bytes 8–71, seeded with the segment header's checksum
 *      8 hash 16 B: SHA-256 of bytes 24–end, first half
 *     24 hash of the frame before, 16 B
 *     40 length of the frame u32, a multiple of 8 · 44 records u32
 *     48 epoch u32 · 52 offset of the frame in its segment u32
 *     56 first seq f64 · 64 time of the first record f64, ms
 *     72 records: payload length u32 · ms after the first record u32 · payload · zeros up to 8
 *
 * Why not a CRC per record: a batch stands or falls as one, so a check inside it decides nothing, and one
 * native SHA-256 over all of it is cheaper than a CRC in JavaScript for each.
 * Why the header has a checksum of its own: its length can be believed before the body is read, and a
 * header that survives behind a broken frame proves that the broken one had been synced.
 * Why that checksum is seeded: a client could send bytes that look like a frame and make a torn write look
 * like damage; it cannot know the seed, which depends on every byte journalled before the segment.
 */
export const FRAME_HEADER_BYTES = 72;
export const RECORD_HEADER_BYTES = 8;
export const FRAME_MAGIC = Buffer.from('BFRM', 'latin1');
/** The body hash covers everything behind itself. */
export const HASHED_FROM = 24;

/** What a frame says about itself, once its header's checksum was right. */
export interface FrameHeader {
  /** Where its bytes begin in the buffer it was read from. */
  readonly at: number;
  readonly length: number;
  readonly recordCount: number;
  readonly epoch: number;
  readonly offset: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly firstTimeMs: number;
  readonly hash: string;
  readonly prevHash: string;
}

/**
 * Called for each record, in order. `payload` starts on an 8-byte boundary of its buffer and is only lent:
 * the memory is used again after the call.
 */
export type VisitRecord = (seq: Seq, timeMs: TimeMs, payload: Uint8Array) => void;

/** Bytes a payload takes in a frame. */
export function recordBytes(payloadBytes: number): number {
  return RECORD_HEADER_BYTES + ((payloadBytes + 7) & ~7);
}

/** The header at `at`, or undefined when there is none or its checksum is wrong. Says nothing about the body. */
export function readFrameHeader(bytes: Buffer, at: number, salt: number): FrameHeader | undefined {
  if (bytes.length - at < FRAME_HEADER_BYTES) return undefined;
  if (bytes.readUInt32LE(at) !== FRAME_MAGIC.readUInt32LE(0)) return undefined;
  if (headerChecksum(bytes, at + 8, at + FRAME_HEADER_BYTES, salt) !== bytes.readUInt32LE(at + 4)) {
    return undefined;
  }
  return parseFrameHeader(bytes, at);
}

/** Whether the whole frame is in the buffer and its hash is right. */
export function isFrameIntact(bytes: Buffer, header: FrameHeader): boolean {
  const end = header.at + header.length;
  return end <= bytes.length && bodyHash(bytes.subarray(header.at + HASHED_FROM, end)) === header.hash;
}

/**
 * Hands out the records of one frame that was handed on by `JournalWriter.lastFrame`.
 *
 * @returns the frame's header
 * @fails RangeError when the bytes are not one whole frame: they come from memory, so that is our own mistake
 */
export function visitFrame(frame: Uint8Array, visit: VisitRecord): FrameHeader {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.length);
  const header = parseFrameHeader(bytes, 0);
  if (header.length !== frame.length || !isFrameIntact(bytes, header)) {
    throw new RangeError('the bytes handed on are not one whole frame');
  }
  visitRecords(bytes, header, visit);
  return header;
}

/**
 * Hands out the records of an intact frame.
 *
 * @returns time of the last record, or undefined when lengths inside the frame contradict each other
 */
export function visitRecords(bytes: Buffer, header: FrameHeader, visit: VisitRecord): number | undefined {
  const end = header.at + header.length;
  let at = header.at + FRAME_HEADER_BYTES;
  let timeMs = header.firstTimeMs;
  for (let index = 0; index < header.recordCount; index++) {
    if (end - at < RECORD_HEADER_BYTES) return undefined;
    const payloadLength = bytes.readUInt32LE(at);
    if (payloadLength > end - at - RECORD_HEADER_BYTES) return undefined;
    timeMs = header.firstTimeMs + bytes.readUInt32LE(at + 4);
    const payload = new Uint8Array(bytes.buffer, bytes.byteOffset + at + RECORD_HEADER_BYTES, payloadLength);
    visit((header.firstSeq + index) as Seq, timeMs as TimeMs, payload);
    at += recordBytes(payloadLength);
  }
  return at === end ? timeMs : undefined;
}

/** The chain's hash: the first 16 bytes of a SHA-256, in hex. */
export function bodyHash(body: Uint8Array): string {
  return hash('sha256', body, 'hex').slice(0, 32);
}

function parseFrameHeader(bytes: Buffer, at: number): FrameHeader {
  const recordCount = bytes.readUInt32LE(at + 44);
  const firstSeq = bytes.readDoubleLE(at + 56);
  const hashes = bytes.toString('hex', at + 8, at + 40);
  return {
    at,
    length: bytes.readUInt32LE(at + 40),
    recordCount,
    epoch: bytes.readUInt32LE(at + 48),
    offset: bytes.readUInt32LE(at + 52),
    firstSeq,
    lastSeq: firstSeq + recordCount - 1,
    firstTimeMs: bytes.readDoubleLE(at + 64),
    hash: hashes.slice(0, 32),
    prevHash: hashes.slice(32),
  };
}
