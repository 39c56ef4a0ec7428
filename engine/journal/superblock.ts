import type { Seq } from '../units/time.ts';
import { createDurably, type Disk, pathIn, readWhole, writeWhole } from './disk.ts';
import { FILE_HEADER_BYTES, type FileHeader, readFileHeader, sealFileHeader } from './fileHeader.ts';
import { SUPERBLOCK_NAMES } from './layout.ts';

/**
 * The watermark: a place the journal has certainly reached, kept outside the journal.
 *
 * A frame proves by itself that the frame before it was synced, so inside the journal only the very last
 * frame can be "torn or damaged?". The watermark settles that question up to itself: whatever is missing at
 * or below it is damage, and the desk halts.
 *
 * It is written, with a sync of its own, when the journal is opened, at every snapshot, at a clean stop, and
 * in the first commit after `watermarkIntervalMs` (100 ms of journalled time) have passed: one sync more in
 * hundreds. What it can not catch: a disk that loses or damages synced bytes at the very end of the journal
 * that are younger than the watermark, when the process died at the same moment. Damage with a later frame
 * behind it is always caught. A caller that knows a higher acknowledged seq (the last published root)
 * passes it as `floorSeq`.
 *
 * Two files are written in turn, so a torn write leaves the other. Bytes 24–63:
 * generation f64 · watermark seq f64 · its chain hash 16 B · seq of the newest snapshot f64.
 */
export interface Superblock extends FileHeader {
  /** Rises by one with every write; the valid copy with the higher one counts. */
  readonly generation: number;
  readonly watermarkSeq: Seq;
  readonly chainHash: string;
  /** Seq of the newest snapshot that was reported durable; 0 when none. */
  readonly snapshotSeq: Seq;
}

export interface SuperblockReading {
  /** The newer intact copy. */
  readonly superblock: Superblock | undefined;
  /** Names of copies that exist and are damaged. */
  readonly damaged: readonly string[];
}

const SUPERBLOCK_MAGIC = 'BALLASTS';

/** Reads both copies. Tells "never written" (nothing damaged) from "both damaged". */
export function readSuperblock(disk: Disk, dir: string): SuperblockReading {
  let superblock: Superblock | undefined;
  const damaged: string[] = [];
  for (const name of SUPERBLOCK_NAMES) {
    if (!disk.exists(pathIn(dir, name))) continue;
    const copy = parseSuperblock(readWhole(disk, pathIn(dir, name)));
    if (copy === undefined) damaged.push(name);
    else if (superblock === undefined || copy.generation > superblock.generation) superblock = copy;
  }
  return { superblock, damaged };
}

/** Writes the copy whose turn it is; durable on return. */
export function writeSuperblock(
  disk: Disk,
  dir: string,
  fields: Omit<Superblock, 'formatVersion' | 'crc'>,
): void {
  const bytes = Buffer.alloc(FILE_HEADER_BYTES);
  bytes.writeDoubleLE(fields.generation, 24);
  bytes.writeDoubleLE(fields.watermarkSeq, 32);
  bytes.write(fields.chainHash, 40, 'hex');
  bytes.writeDoubleLE(fields.snapshotSeq, 56);
  sealFileHeader(bytes, SUPERBLOCK_MAGIC, fields.schemaVersion, fields.epoch);
  const name = SUPERBLOCK_NAMES[fields.generation % 2];
  if (!disk.exists(pathIn(dir, name))) {
    createDurably(disk, dir, name, bytes);
    return;
  }
  const file = disk.open(pathIn(dir, name), 'write');
  try {
    writeWhole(file, bytes, 0);
    file.sync();
  } finally {
    file.close();
  }
}

function parseSuperblock(bytes: Buffer): Superblock | undefined {
  const header = bytes.length === FILE_HEADER_BYTES ? readFileHeader(bytes, SUPERBLOCK_MAGIC) : undefined;
  if (header === undefined) return undefined;
  return {
    ...header,
    generation: bytes.readDoubleLE(24),
    watermarkSeq: bytes.readDoubleLE(32) as Seq,
    chainHash: bytes.toString('hex', 40, 56),
    snapshotSeq: bytes.readDoubleLE(56) as Seq,
  };
}
