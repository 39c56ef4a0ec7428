import { createDurably, type Disk } from './disk.ts';
import { FILE_HEADER_BYTES, type FileHeader, readFileHeader, sealFileHeader } from './fileHeader.ts';
import { segmentName } from './layout.ts';
import type { JournalPosition } from './position.ts';

/**
 * A segment is a file header followed by frames. Bytes 24–63 of the header:
 * first seq f64 · time of the record before f64 · hash of the frame before 16 B · zeros 8 B.
 * The last segment may end in zeros written ahead; every other one ends with its last frame.
 */
export interface SegmentHeader extends FileHeader {
  readonly firstSeq: number;
  /** Time of the record before the first; 0 when there is none. */
  readonly prevTimeMs: number;
  /** Hash of the frame before the first, in whatever segment. */
  readonly prevHash: string;
}

export const SEGMENT_MAGIC = 'BALLASTJ';

/**
 * Creates the segment that goes on after `position`. It and its name are durable on return, before any
 * frame can be: a last segment with a damaged header and nothing behind it held nothing.
 *
 * @returns the file's name and the seed of its frames' checksums
 */
export function createSegment(
  disk: Disk,
  dir: string,
  options: { epoch: number; schemaVersion: number; position: JournalPosition },
): { name: string; salt: number } {
  const { epoch, schemaVersion, position } = options;
  const bytes = Buffer.alloc(FILE_HEADER_BYTES);
  bytes.writeDoubleLE(position.seq + 1, 24);
  bytes.writeDoubleLE(position.timeMs, 32);
  bytes.write(position.chainHash, 40, 'hex');
  const salt = sealFileHeader(bytes, SEGMENT_MAGIC, schemaVersion, epoch);
  const name = segmentName(epoch, position.seq + 1);
  createDurably(disk, dir, name, bytes);
  return { name, salt };
}

/** The header of a segment's bytes, or undefined when it is damaged or cut short. */
export function readSegmentHeader(bytes: Buffer): SegmentHeader | undefined {
  const header = readFileHeader(bytes, SEGMENT_MAGIC);
  if (header === undefined) return undefined;
  return {
    ...header,
    firstSeq: bytes.readDoubleLE(24),
    prevTimeMs: bytes.readDoubleLE(32),
    prevHash: bytes.toString('hex', 40, 56),
  };
}
