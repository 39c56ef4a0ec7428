import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Seq, TimeMs } from '../units/time.ts';
import { type Disk, pathIn, readWhole } from './disk.ts';
import { FILE_HEADER_BYTES, FORMAT_VERSION, readFileHeader } from './fileHeader.ts';
import { corruptAt } from './journalError.ts';
import type { SnapshotRef } from './layout.ts';
import {
  paddedLength,
  SNAPSHOT_DIGEST_BYTES,
  SNAPSHOT_MAGIC,
  type Snapshot,
  type SnapshotDirectory,
  type SnapshotSection,
} from './snapshot.ts';

/**
 * Reads a snapshot and verifies all of it before any of it is used.
 *
 * @returns sections as views on one buffer, each aligned to 8 bytes; the caller may keep them
 * @fails journal.corrupt with the place of the first thing found wrong
 */
export function readSnapshot(disk: Disk, dir: string, ref: SnapshotRef, schemaVersion: number): Snapshot {
  const bytes = readWhole(disk, pathIn(dir, ref.name));
  const header = readFileHeader(bytes, SNAPSHOT_MAGIC);
  if (header === undefined) throw corruptAt(ref.name, 0, 'the header is damaged.');
  if (header.formatVersion !== FORMAT_VERSION || header.schemaVersion !== schemaVersion) {
    throw corruptAt(ref.name, 8, `it has format ${header.formatVersion}, schema ${header.schemaVersion}.`);
  }
  if (bytes.readDoubleLE(24) !== ref.seq) throw corruptAt(ref.name, 24, 'it carries the name of another.');
  const directory = readDirectory(bytes, ref.name);
  const sections = readSections(bytes, ref.name, directory);
  return {
    seq: ref.seq as Seq,
    timeMs: bytes.readDoubleLE(32) as TimeMs,
    chainHash: bytes.toString('hex', 40, 56),
    stateHash: directory.stateHash,
    sections,
  };
}

function readDirectory(bytes: Buffer, name: string): SnapshotDirectory {
  const directory = bytes.subarray(FILE_HEADER_BYTES, FILE_HEADER_BYTES + bytes.readUInt32LE(56));
  if (crc32(directory) !== bytes.readUInt32LE(60)) {
    throw corruptAt(name, FILE_HEADER_BYTES, 'the directory is damaged.');
  }
  return JSON.parse(directory.toString('utf8')) as SnapshotDirectory;
}

function readSections(bytes: Buffer, name: string, directory: SnapshotDirectory): SnapshotSection[] {
  let at = FILE_HEADER_BYTES + bytes.readUInt32LE(56);
  const sections: SnapshotSection[] = [];
  for (const { name: section, length, crc32: crc } of directory.sections) {
    const content = bytes.subarray(at, at + length);
    if (content.length !== length || crc32(content) !== crc) {
      throw corruptAt(name, at, `the section ${section} is damaged.`);
    }
    sections.push({ name: section, bytes: new Uint8Array(content.buffer, content.byteOffset, length) });
    at += paddedLength(length);
  }
  if (bytes.length !== at + SNAPSHOT_DIGEST_BYTES)
    throw corruptAt(name, bytes.length, 'the length is wrong.');
  const digest = createHash('sha256').update(bytes.subarray(0, at)).digest();
  if (!digest.equals(bytes.subarray(at))) throw corruptAt(name, at, 'the SHA-256 of the whole differs.');
  return sections;
}
