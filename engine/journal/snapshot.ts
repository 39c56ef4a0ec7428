import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type Disk, type DiskFile, pathIn, writeWhole } from './disk.ts';
import { FILE_HEADER_BYTES, sealFileHeader } from './fileHeader.ts';
import { parseSnapshotName, type SnapshotRef, snapshotName } from './layout.ts';
import type { JournalPosition } from './position.ts';

/** A named part of the state, in whatever bytes its owner chose. */
export interface SnapshotSection {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The state behind one commit. A file of four parts:
 * file header (bytes 24–63: seq f64 · timeMs f64 · chain hash 16 B · directory length u32 · its crc32 u32),
 * directory (JSON: stateHash, and name, length, crc32 of each section), sections each padded to 8 bytes,
 * SHA-256 of everything before. The name never stands before the bytes do: written aside, synced, renamed.
 */
export interface Snapshot extends JournalPosition {
  /** Hash of the state as its owner computes it; compared by the owner after restoring. */
  readonly stateHash: string;
  readonly sections: readonly SnapshotSection[];
}

/** The part of a snapshot that says what the rest should be. */
export interface SnapshotDirectory {
  readonly stateHash: string;
  readonly sections: readonly { readonly name: string; readonly length: number; readonly crc32: number }[];
}

export const SNAPSHOT_MAGIC = 'BALLASTN';
export const SNAPSHOT_DIGEST_BYTES = 32;
const TEMPORARY_SUFFIX = '.tmp';

/**
 * Writes a snapshot; durable under its name on return. May run on another thread than the writer.
 *
 * @param snapshot position as `JournalWriter.position` had it: seq ends a commit, never inside one
 * @fails with the system's error; a half-written file keeps its temporary name and is removed later
 */
export function writeSnapshot(
  disk: Disk,
  dir: string,
  options: { schemaVersion: number; epoch: number; snapshot: Snapshot },
): SnapshotRef {
  const { snapshot } = options;
  const name = snapshotName(snapshot.seq);
  const temporary = pathIn(dir, name + TEMPORARY_SUFFIX);
  if (disk.exists(temporary)) disk.unlink(temporary);
  const file = disk.open(temporary, 'create');
  try {
    writeParts(file, options);
    file.sync();
  } finally {
    file.close();
  }
  disk.rename(temporary, pathIn(dir, name));
  disk.syncDir(dir);
  return { name, seq: snapshot.seq };
}

/** Snapshots in the folder, newest first; whether they are intact is known after reading them. */
export function listSnapshots(disk: Disk, dir: string): SnapshotRef[] {
  const all = disk.list(dir).map(parseSnapshotName);
  return all.filter((ref) => ref !== undefined).sort((a, b) => b.seq - a.seq);
}

/**
 * Removes all but the newest snapshots, and what killed writes left behind.
 *
 * @returns the snapshots kept, newest first
 */
export function keepNewestSnapshots(disk: Disk, dir: string, keepCount = 2): SnapshotRef[] {
  const all = listSnapshots(disk, dir);
  const kept = all.slice(0, keepCount);
  for (const name of disk.list(dir)) {
    const isLeftOver = name.endsWith(TEMPORARY_SUFFIX) && parseSnapshotName(name.slice(0, -4)) !== undefined;
    if (isLeftOver) disk.unlink(pathIn(dir, name));
  }
  for (const { name } of all.slice(keepCount)) disk.unlink(pathIn(dir, name));
  if (all.length > kept.length) disk.syncDir(dir);
  return kept;
}

/** Length of a section in the file. */
export function paddedLength(length: number): number {
  return (length + 7) & ~7;
}

function writeParts(
  file: DiskFile,
  { schemaVersion, epoch, snapshot }: { schemaVersion: number; epoch: number; snapshot: Snapshot },
): void {
  const digest = createHash('sha256');
  let offset = 0;
  const put = (bytes: Uint8Array) => {
    writeWhole(file, bytes, offset);
    digest.update(bytes);
    offset += bytes.length;
  };
  const directory = encodeDirectory(snapshot);
  put(encodeHeader(snapshot, directory, schemaVersion, epoch));
  put(directory);
  for (const { bytes } of snapshot.sections) {
    put(bytes);
    put(new Uint8Array(paddedLength(bytes.length) - bytes.length));
  }
  writeWhole(file, digest.digest(), offset);
}

function encodeDirectory(snapshot: Snapshot): Buffer {
  const sections = snapshot.sections.map(({ name, bytes }) => ({
    name,
    length: bytes.length,
    crc32: crc32(bytes),
  }));
  const directory: SnapshotDirectory = { stateHash: snapshot.stateHash, sections };
  const json = Buffer.from(JSON.stringify(directory), 'utf8');
  return Buffer.concat([json, Buffer.alloc(paddedLength(json.length) - json.length, ' ')]);
}

function encodeHeader(
  position: JournalPosition,
  directory: Buffer,
  schemaVersion: number,
  epoch: number,
): Buffer {
  const bytes = Buffer.alloc(FILE_HEADER_BYTES);
  bytes.writeDoubleLE(position.seq, 24);
  bytes.writeDoubleLE(position.timeMs, 32);
  bytes.write(position.chainHash, 40, 'hex');
  bytes.writeUInt32LE(directory.length, 56);
  bytes.writeUInt32LE(crc32(directory), 60);
  sealFileHeader(bytes, SNAPSHOT_MAGIC, schemaVersion, epoch);
  return bytes;
}
