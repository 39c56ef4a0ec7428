import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { type Disk, type DiskFile, type OpenMode, type PendingSync, systemCodeOf } from './disk.ts';

const flagsOf: Record<OpenMode, string> = { create: 'wx+', write: 'r+', read: 'r' };

/** Only the desk's own user may read what people asked for. */
const FILE_MODE = 0o600;
const DIR_MODE = 0o700;

const namesOnDisk: Omit<Disk, 'open'> = {
  exists: (path) => existsSync(path),
  sizeOf: (path) => statSync(path).size,
  list: (dir) => {
    try {
      return readdirSync(dir);
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return [];
      throw error;
    }
  },
  rename: (from, to) => renameSync(from, to),
  unlink: (path) => unlinkSync(path),
  makeDir: (dir) => {
    mkdirSync(dir, { recursive: true, mode: DIR_MODE });
  },
  syncDir: (dir) => {
    const descriptor = openSync(dir, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  },
};

/** Starts the fdatasync of an open file, which it is given by its number. */
export type StartSync = (descriptor: number) => PendingSync;

/** Starts nothing: the sync is done by whoever waits for it, on the same thread. */
export const syncInPlace: StartSync = (descriptor) => ({ wait: () => fdatasyncSync(descriptor) });

/** The real disk, with synchronous calls. */
export const nodeDisk: Disk = nodeDiskWith(syncInPlace);

/** The real disk with another way to sync a file while its caller does something else. */
export function nodeDiskWith(startSync: StartSync): Disk {
  return {
    ...namesOnDisk,
    open: (path, mode) => openNodeFile(openSync(path, flagsOf[mode], FILE_MODE), startSync),
  };
}

function openNodeFile(descriptor: number, startSync: StartSync): DiskFile {
  return {
    readAt: (into, offset) => readSync(descriptor, into, 0, into.length, offset),
    writeAt: (bytes, offset) => writeSync(descriptor, bytes, 0, bytes.length, offset),
    sync: () => fdatasyncSync(descriptor),
    startSync: () => startSync(descriptor),
    truncate: (size) => ftruncateSync(descriptor, size),
    close: () => closeSync(descriptor),
  };
}
