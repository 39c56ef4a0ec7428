import { FILE_HEADER_BYTES } from './fileHeader.ts';
import { FRAME_MAGIC, type FrameHeader, readFrameHeader } from './frame.ts';

const ZEROS = Buffer.alloc(4096);

/** Bytes at the end of the journal that are not part of it. */
export interface Tail {
  readonly file: string;
  /** Where the journal ends in that file. */
  readonly offset: number;
  /** Bytes from there to the last one that is not zero; 0 when the end is clean. */
  readonly bytes: number;
}

/**
 * A frame header that survived behind `from`. One is enough to know that the bytes between were synced
 * once: a frame is only written after the one before it was.
 * Looks at every byte, not every eighth: bytes lost or inserted shift what follows.
 */
export function laterFrame(bytes: Buffer, from: number, salt: number): FrameHeader | undefined {
  let at = bytes.indexOf(FRAME_MAGIC, from);
  while (at !== -1) {
    const header = readFrameHeader(bytes, at, salt);
    if (header !== undefined) return header;
    at = bytes.indexOf(FRAME_MAGIC, at + 1);
  }
  return undefined;
}

/** Offset behind the last byte that is not zero, at least `from`. */
export function endOfContent(bytes: Buffer, from: number): number {
  let end = bytes.length;
  // A megabyte of zeros is the usual tail: compare in blocks before looking at bytes.
  while (end - ZEROS.length >= from && bytes.compare(ZEROS, 0, ZEROS.length, end - ZEROS.length, end) === 0) {
    end -= ZEROS.length;
  }
  while (end > from && bytes[end - 1] === 0) end--;
  return end;
}

/**
 * Whether the segment is what a power loss leaves of one that was being created: nothing behind its
 * header. The header is synced before the first frame is written, so no record was in it.
 */
export function isUnfinishedSegment(bytes: Buffer): boolean {
  return endOfContent(bytes, Math.min(FILE_HEADER_BYTES, bytes.length)) <= FILE_HEADER_BYTES;
}
