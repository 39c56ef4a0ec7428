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
import { type Disk, type DiskFile, type OpenMode, systemCodeOf } from './disk.ts';

const flagsOf: Record<OpenMode, string> = { create: 'wx+', write: 'r+', read: 'r' };

/** Only the desk's own user may read what people asked for. */
const FILE_MODE = 0o600;
const DIR_MODE = 0o700;

/** The real disk, with synchronous calls: they run on the engine's thread, which has nothing else to do meanwhile. */
export const nodeDisk: Disk = {
  open: (path, mode) => openNodeFile(openSync(path, flagsOf[mode], FILE_MODE)),
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

function openNodeFile(descriptor: number): DiskFile {
  return {
    readAt: (into, offset) => readSync(descriptor, into, 0, into.length, offset),
    writeAt: (bytes, offset) => writeSync(descriptor, bytes, 0, bytes.length, offset),
    sync: () => fdatasyncSync(descriptor),
    truncate: (size) => ftruncateSync(descriptor, size),
    close: () => closeSync(descriptor),
  };
}
