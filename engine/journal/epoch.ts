import { createDurably, type Disk, pathIn, systemCodeOf } from './disk.ts';
import { JournalError } from './journalError.ts';
import { epochName, parseEpochName, parseSegmentName } from './layout.ts';
import { readSuperblock } from './superblock.ts';

/**
 * The fence behind the lock: every writer owns a number higher than all before it, taken by creating a file
 * that must not exist yet.
 *
 * A new writer takes its epoch first and reads the journal after. A writer syncs a frame first, looks for a
 * newer epoch after, and acknowledges only when there is none. So a frame that was acknowledged had been
 * synced before the newer epoch existed, and the newer writer has read it; and a frame the newer writer has
 * not read is never acknowledged, whatever paused the older process and for however long.
 *
 * @returns the epoch that is now ours
 * @fails journal.locked when another process takes the same number at this moment
 */
export function takeEpoch(disk: Disk, dir: string): number {
  const names = disk.list(dir);
  const older = names.map(parseEpochName).filter((epoch) => epoch !== undefined);
  const inSegments = names.map((name) => parseSegmentName(name)?.epoch ?? 0);
  const epoch = 1 + Math.max(0, readSuperblock(disk, dir).superblock?.epoch ?? 0, ...older, ...inSegments);
  try {
    createDurably(disk, dir, epochName(epoch), new Uint8Array(0));
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
    throw new JournalError('journal.locked', `Epoch ${epoch} was taken at this moment.`, { cause: error });
  }
  // Oldest first: while a successor's file is gone, the file of everyone before it is gone as well.
  for (const past of older.sort((a, b) => a - b)) disk.unlink(pathIn(dir, epochName(past)));
  return epoch;
}

/**
 * The question whether a newer writer has begun: its file exists, or someone after it has cleared ours away. It is
 * asked at every commit, so the two paths are put together once.
 */
export function fenceOf(disk: Disk, dir: string, epoch: number): () => boolean {
  const own = pathIn(dir, epochName(epoch));
  const next = pathIn(dir, epochName(epoch + 1));
  return () => disk.exists(next) || !disk.exists(own);
}
