/**
 * Everything the journal asks of an operating system. Production is `nodeDisk`; tests use
 * `engine/lab/sim/faultyDisk`, which cuts, tears, drops and fails any of these calls.
 * A call that fails throws an Error with the system's `code` (ENOSPC, EIO, ENOENT, EEXIST …).
 */
export interface Disk {
  /** `create` fails with EEXIST when the name is taken (O_EXCL); `write` and `read` need it to exist. */
  open(path: string, mode: OpenMode): DiskFile;
  exists(path: string): boolean;
  /** Bytes in the file. */
  sizeOf(path: string): number;
  /** Names in the folder, in no order; empty when the folder does not exist. */
  list(dir: string): string[];
  rename(from: string, to: string): void;
  unlink(path: string): void;
  /** Makes the folder and its parents; nothing happens when it exists. */
  makeDir(dir: string): void;
  /** Makes creations, renames and removals in the folder survive a power loss. */
  syncDir(dir: string): void;
}

export type OpenMode = 'create' | 'write' | 'read';

export interface DiskFile {
  /** Returns the bytes read: fewer than asked at the end of the file. */
  readAt(into: Uint8Array, offset: number): number;
  /** Returns the bytes written, which may be fewer than given. */
  writeAt(bytes: Uint8Array, offset: number): number;
  /** fdatasync: the bytes and the size survive a power loss once this returned. */
  sync(): void;
  /** Starts a sync of everything written so far. The file stays open until its `wait` has returned. */
  startSync(): PendingSync;
  truncate(size: number): void;
  close(): void;
}

/** A sync on its way. */
export interface PendingSync {
  /** Called once: returns when the sync has, or throws what it threw. */
  wait(): void;
}

/** The path of a name inside the data folder. */
export function pathIn(dir: string, name: string): string {
  return `${dir}/${name}`;
}

/**
 * Writes all of `bytes`, going on after short writes.
 *
 * @fails with the system's error; ENOSPC when the disk takes nothing more without saying why
 */
export function writeWhole(file: DiskFile, bytes: Uint8Array, offset: number): void {
  let done = 0;
  while (done < bytes.length) {
    const written = file.writeAt(done === 0 ? bytes : bytes.subarray(done), offset + done);
    if (written <= 0) throw Object.assign(new Error('ENOSPC: the disk took no byte'), { code: 'ENOSPC' });
    done += written;
  }
}

/**
 * Reads a whole file into the start of `scratch`, or into a larger buffer when it does not fit.
 *
 * @returns exactly the file's bytes, aligned to 8; they share memory with `scratch` when it was large enough
 */
export function readWhole(disk: Disk, path: string, scratch?: Buffer): Buffer {
  const size = disk.sizeOf(path);
  const bytes = scratch !== undefined && scratch.length >= size ? scratch.subarray(0, size) : newBuffer(size);
  const file = disk.open(path, 'read');
  try {
    let done = 0;
    while (done < size) {
      const read = file.readAt(bytes.subarray(done), done);
      if (read <= 0) break;
      done += read;
    }
    return bytes.subarray(0, done);
  } finally {
    file.close();
  }
}

/** Creates a file with these bytes; they and its name survive a power loss once this returned. */
export function createDurably(disk: Disk, dir: string, name: string, bytes: Uint8Array): void {
  const file = disk.open(pathIn(dir, name), 'create');
  try {
    writeWhole(file, bytes, 0);
    file.sync();
  } finally {
    file.close();
  }
  disk.syncDir(dir);
}

/** The system's code of a failed call (`ENOSPC`), or undefined when it was not one. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  // Node's own codes (ERR_…) are mistakes of a program, not answers of a disk.
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

function newBuffer(size: number): Buffer {
  // Not from Node's shared pool: its slices are not aligned to 8.
  return Buffer.allocUnsafeSlow(size);
}
