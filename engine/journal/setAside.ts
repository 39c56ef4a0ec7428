import { createDurably, type Disk, pathIn } from './disk.ts';
import { LOCK_NAME, parseSegmentName, SET_ASIDE_PREFIX, SUPERBLOCK_NAMES } from './layout.ts';
import type { Incompatible } from './replay.ts';

/**
 * Moves everything in the data folder into a folder inside it, named after its version and the time, with
 * a sentence for whoever finds it. For the sandbox; elsewhere an incompatible folder is refused. Hold the lock.
 *
 * The superblocks go last: as long as one is there, a run that was killed in the middle is seen as
 * incompatible again, and the rest is set aside as well.
 *
 * @param nowMs wall time, for the name
 * @returns name of the new folder
 */
export function setAside(disk: Disk, dir: string, found: Incompatible, nowMs: number): string {
  const name = `${SET_ASIDE_PREFIX}${found.formatVersion}.${found.schemaVersion}-${nowMs}`;
  const target = pathIn(dir, name);
  const moved = disk.list(dir).filter((entry) => entry !== LOCK_NAME && !entry.startsWith(SET_ASIDE_PREFIX));
  disk.makeDir(target);
  const sentence = `${found.sentence} Its content was moved here and nothing of it was changed.\n`;
  createDurably(disk, target, 'WHY.txt', Buffer.from(sentence, 'utf8'));
  for (const entry of moved.sort((a, b) => rank(a) - rank(b))) {
    disk.rename(pathIn(dir, entry), pathIn(target, entry));
    disk.syncDir(target);
    disk.syncDir(dir);
  }
  return name;
}

function rank(name: string): number {
  if ((SUPERBLOCK_NAMES as readonly string[]).includes(name)) return 2;
  return parseSegmentName(name) === undefined ? 0 : 1;
}
