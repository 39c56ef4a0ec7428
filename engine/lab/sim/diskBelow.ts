import { join } from 'node:path';
import type { Disk } from '../../journal/disk.ts';

/** A disk whose paths begin at `root`, so that runs on a real one keep their folder's name. */
export function diskBelow(root: string, disk: Disk): Disk {
  const real = (path: string) => join(root, path);
  return {
    open: (path, mode) => disk.open(real(path), mode),
    exists: (path) => disk.exists(real(path)),
    sizeOf: (path) => disk.sizeOf(real(path)),
    list: (dir) => disk.list(real(dir)),
    rename: (from, to) => disk.rename(real(from), real(to)),
    unlink: (path) => disk.unlink(real(path)),
    makeDir: (dir) => disk.makeDir(real(dir)),
    syncDir: (dir) => disk.syncDir(real(dir)),
  };
}
