import type { Disk, DiskFile } from '../../journal/disk.ts';
import { pathIn, readWhole } from '../../journal/disk.ts';
import { parseSegmentName, SUPERBLOCK_NAMES } from '../../journal/layout.ts';

/**
 * The data folder as it stood when the writer had just opened it at `seq`. The writer goes on in a newer
 * segment and rewrites the superblocks; neither is seen here, so it can be read while the writer writes.
 */
export function stillFolder(disk: Disk, dir: string, seq: number): Disk {
  const names = disk.list(dir).filter((name) => (parseSegmentName(name)?.firstSeq ?? 0) <= seq);
  /** Undefined for one that was not there yet and may be by now. */
  const superblocks = new Map<string, Buffer | undefined>();
  for (const name of SUPERBLOCK_NAMES) {
    const path = pathIn(dir, name);
    superblocks.set(path, disk.exists(path) ? Buffer.from(readWhole(disk, path)) : undefined);
  }
  return {
    ...disk,
    list: (folder) => (folder === dir ? [...names] : disk.list(folder)),
    exists: (path) => (superblocks.has(path) ? superblocks.get(path) !== undefined : disk.exists(path)),
    sizeOf: (path) => superblocks.get(path)?.length ?? disk.sizeOf(path),
    open: (path, mode) => {
      if (mode !== 'read') throw new Error('a folder that stands still is not written to');
      const bytes = superblocks.get(path);
      return bytes === undefined ? disk.open(path, 'read') : readOnly(bytes);
    },
  };
}

function readOnly(bytes: Buffer): DiskFile {
  const refuse = (): never => {
    throw new Error('a folder that stands still is not written to');
  };
  return {
    readAt: (into, offset) => bytes.copy(into, 0, offset),
    writeAt: refuse,
    sync: refuse,
    startSync: refuse,
    truncate: refuse,
    close: () => {},
  };
}
