import { dirname } from 'node:path';
import type { Seq } from '../units/time.ts';
import { type Disk, pathIn, systemCodeOf, writeWhole } from './disk.ts';
import { takeEpoch } from './epoch.ts';
import { haltedBy } from './journalError.ts';
import {
  type Incompatible,
  incompatibleWith,
  type Replayed,
  type ReplayInput,
  replayJournal,
} from './replay.ts';
import { readSuperblock } from './superblock.ts';
import { JournalWriter, type WriterOptions } from './writer.ts';

/** A replay that ends in a writer. */
export interface OpenInput extends ReplayInput {
  readonly options?: WriterOptions;
}

/** The journal is ours, replayed, and open for appending behind `replayed.position`. */
export interface OpenedJournal {
  readonly kind: 'open';
  readonly writer: JournalWriter;
  readonly replayed: Replayed;
}

/**
 * Opens the data folder for writing: takes the next epoch, replays, makes the end durable and cuts what is
 * torn behind it, and begins a segment. Take the lock first (`lock.ts`).
 *
 * Whatever it leaves when it is killed in the middle, the next call goes on from.
 *
 * @returns `incompatible`, with nothing written, when another version wrote the folder
 * @fails journal.corrupt as `replayJournal`; journal.locked when another process opens it at this moment;
 *   journal.halted when the disk fails
 */
export function openJournal(input: OpenInput): OpenedJournal | Incompatible {
  try {
    return open(input);
  } catch (error) {
    throw systemCodeOf(error) === undefined ? error : haltedBy(error);
  }
}

function open(input: OpenInput): OpenedJournal | Incompatible {
  const { disk, dir, schemaVersion, options } = input;
  ensureDir(disk, dir);
  const before = readSuperblock(disk, dir).superblock;
  const incompatible = before && incompatibleWith(before, schemaVersion);
  if (incompatible !== undefined) return incompatible;
  const epoch = takeEpoch(disk, dir);
  const replayed = replayJournal(input);
  if (replayed.kind === 'incompatible') return replayed;
  repairEnd(disk, dir, replayed);
  const superblock = readSuperblock(disk, dir).superblock;
  const writer = new JournalWriter({
    disk,
    dir,
    epoch,
    schemaVersion,
    position: replayed.position,
    generation: superblock?.generation ?? 0,
    snapshotSeq: superblock?.snapshotSeq ?? (0 as Seq),
    options,
  });
  return { kind: 'open', writer, replayed };
}

function ensureDir(disk: Disk, dir: string): void {
  if (disk.exists(dir)) return;
  disk.makeDir(dir);
  disk.syncDir(dirname(dir));
}

/**
 * Makes durable what was just replayed. After a killed process or a failed sync the last frame may stand
 * in the page cache alone, marked clean, so syncing it would do nothing: its bytes are written again.
 * Then the torn end and the zeros written ahead are cut: what is left is the journal and nothing else.
 */
function repairEnd(disk: Disk, dir: string, { lastSegment, tail }: Replayed): void {
  if (tail !== undefined && tail.file !== lastSegment?.name) {
    disk.unlink(pathIn(dir, tail.file));
    disk.syncDir(dir);
  }
  if (lastSegment === undefined) return;
  const path = pathIn(dir, lastSegment.name);
  if (lastSegment.lastFrame === undefined) {
    disk.unlink(path);
    disk.syncDir(dir);
    return;
  }
  const { at, length } = lastSegment.lastFrame;
  const file = disk.open(path, 'write');
  try {
    const frame = Buffer.alloc(length);
    file.readAt(frame, at);
    writeWhole(file, frame, at);
    file.truncate(lastSegment.endOffset);
    file.sync();
  } finally {
    file.close();
  }
}
