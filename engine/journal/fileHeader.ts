import { crc32 } from 'node:zlib';

/**
 * The first 64 bytes of every file of the journal. Bytes 0–23 keep this form in all future formats, so
 * that any version can tell "another version wrote this" from "this is damaged":
 *
 *     0 magic 8 B · 8 format u32 · 12 schema u32 · 16 epoch u32 · 20 crc32 u32 of all other 60 bytes
 *
 * Bytes 24–63 belong to the kind of file. Little-endian throughout.
 */
export const FILE_HEADER_BYTES = 64;

/** Form of frames, headers and snapshots. Raised when this room's bytes change. */
export const FORMAT_VERSION = 1;

/** Segment, superblock, snapshot. */
export type FileMagic = 'BALLASTJ' | 'BALLASTS' | 'BALLASTN';

/** What a file says about who wrote it. */
export interface FileHeader {
  readonly formatVersion: number;
  /** Version of the payloads, given by whoever opened the journal. */
  readonly schemaVersion: number;
  readonly epoch: number;
  /** Checksum of the header: also the seed of the checksums of what follows in the file. */
  readonly crc: number;
}

/** Fills bytes 0–23. Call it last: the checksum covers bytes 24–63. */
export function sealFileHeader(
  bytes: Buffer,
  magic: FileMagic,
  schemaVersion: number,
  epoch: number,
): number {
  bytes.write(magic, 0, 'latin1');
  bytes.writeUInt32LE(FORMAT_VERSION, 8);
  bytes.writeUInt32LE(schemaVersion, 12);
  bytes.writeUInt32LE(epoch, 16);
  const crc = headerCrc(bytes);
  bytes.writeUInt32LE(crc, 20);
  return crc;
}

/** The header, or undefined when the bytes are too few, of another kind, or damaged. */
export function readFileHeader(bytes: Buffer, magic: FileMagic): FileHeader | undefined {
  if (bytes.length < FILE_HEADER_BYTES || bytes.toString('latin1', 0, 8) !== magic) return undefined;
  const crc = bytes.readUInt32LE(20);
  if (crc !== headerCrc(bytes)) return undefined;
  return {
    formatVersion: bytes.readUInt32LE(8),
    schemaVersion: bytes.readUInt32LE(12),
    epoch: bytes.readUInt32LE(16),
    crc,
  };
}

function headerCrc(bytes: Buffer): number {
  return crc32(bytes.subarray(24, FILE_HEADER_BYTES), crc32(bytes.subarray(0, 20)));
}
