import { dirname } from 'node:path';
import type { Disk, DiskFile, OpenMode, PendingSync } from '../../journal/disk.ts';
import { FaultyFile, type PowerLoss } from './faultyFile.ts';
import { type Random, randomFrom } from './random.ts';

/**
 * What goes wrong at one call.
 * EIO, ENOSPC: it fails; a failed write may have written a part, a failed sync forgets what it owed.
 * short: a write takes half. lost: a write or sync reports success and does nothing.
 * cut: the machine or process stops during it; every later call fails until `restart` or `losePower`.
 * A sync in two steps is two calls: what goes wrong at its start or at its wait is told by its wait.
 */
export type Fault = 'EIO' | 'ENOSPC' | 'short' | 'lost' | 'cut';

/** One changing call on a file; see `FaultyDisk.#call`. */
type Call = (work: () => void, fail?: (fault: Fault) => void) => void;

interface NameChange {
  readonly dir: string;
  readonly path: string;
  /** What the name stands for afterwards; undefined when it is gone. */
  readonly file: FaultyFile | undefined;
}

/**
 * A disk in memory that obeys only what fdatasync and a folder's fsync promise, and fails on command.
 * Names are durable after `syncDir`, bytes after `sync`; a power loss keeps any part of the rest. Changes of
 * one folder survive in order, as with a journaling file system; changes of a file need not.
 */
export class FaultyDisk implements Disk {
  readonly #random: Random;
  #shown = new Map<string, FaultyFile>();
  readonly #durable = new Map<string, FaultyFile>();
  #pendingNames: NameChange[] = [];
  readonly #dirs = new Set<string>();
  readonly #faults = new Map<number, Fault>();
  #generation = 0;
  #isDown = false;
  /** Changing calls so far: creations, writes, syncs, starts of syncs, truncations, renames, removals, folder syncs. */
  callCount = 0;

  constructor(seed = 1) {
    this.#random = randomFrom(seed);
  }

  /** Makes the changing call with this number (the next is `callCount`) go wrong. */
  failAt(call: number, fault: Fault): void {
    this.#faults.set(call, fault);
  }

  /** The process is gone, the system lives: everything written is still shown; open files are closed. */
  restart(): void {
    this.#isDown = false;
    this.#generation++;
    this.#faults.clear();
  }

  /** The machine is gone: what was not synced survives in part. */
  losePower(loss: PowerLoss): void {
    this.restart();
    for (const dir of new Set(this.#pendingNames.map((change) => change.dir))) {
      const changes = this.#pendingNames.filter((change) => change.dir === dir);
      for (const change of changes.slice(0, this.#random.below(changes.length + 1))) this.#settle(change);
    }
    this.#pendingNames = [];
    this.#shown = new Map(this.#durable);
    for (const file of new Set(this.#shown.values())) file.losePower(this.#random, loss);
  }

  /** The file behind a path, to look at or to damage. */
  file(path: string): FaultyFile {
    this.#refuseWhenDown();
    const file = this.#shown.get(path);
    if (file === undefined) throw systemError('ENOENT', path);
    return file;
  }

  open(path: string, mode: OpenMode): DiskFile {
    if (mode !== 'create') return this.#handle(this.file(path));
    if (this.#shown.has(path)) throw systemError('EEXIST', path);
    const file = new FaultyFile();
    this.#call(path, () => this.#rename(path, file));
    return this.#handle(file);
  }

  exists(path: string): boolean {
    this.#refuseWhenDown();
    return this.#shown.has(path) || this.#dirs.has(path);
  }

  sizeOf(path: string): number {
    return this.file(path).size;
  }

  list(dir: string): string[] {
    this.#refuseWhenDown();
    const prefix = `${dir}/`;
    const inside = [...this.#shown.keys(), ...this.#dirs].filter((path) => path.startsWith(prefix));
    return inside.map((path) => path.slice(prefix.length)).filter((name) => !name.includes('/'));
  }

  rename(from: string, to: string): void {
    const file = this.file(from);
    this.#call(from, () => {
      this.#rename(from, undefined);
      this.#rename(to, file);
    });
  }

  unlink(path: string): void {
    this.file(path);
    this.#call(path, () => this.#rename(path, undefined));
  }

  makeDir(dir: string): void {
    this.#dirs.add(dir);
  }

  syncDir(dir: string): void {
    this.#call(dir, () => {
      for (const change of this.#pendingNames) if (change.dir === dir) this.#settle(change);
      this.#pendingNames = this.#pendingNames.filter((change) => change.dir !== dir);
    });
  }

  #handle(file: FaultyFile): DiskFile {
    const generation = this.#generation;
    const call: Call = (work, fail) => {
      if (generation !== this.#generation) throw systemError('EBADF', 'a file of the process before');
      return this.#call('file', work, fail);
    };
    return {
      readAt: (into, offset) => file.read(into, offset),
      writeAt: (bytes, offset) => {
        let written = bytes.length;
        const writeTo = (length: number) => {
          file.write(bytes.subarray(0, length), offset);
          written = length;
        };
        call(
          () => writeTo(bytes.length),
          (fault) =>
            writeTo(fault === 'short' ? Math.max(1, bytes.length >> 1) : this.#random.below(bytes.length)),
        );
        return written;
      },
      sync: () => this.#sync(file, file.pendingCount, call),
      startSync: () => this.#startSync(file, call),
      truncate: (size) => call(() => file.truncate(size)),
      close: () => undefined,
    };
  }

  #sync(file: FaultyFile, count: number, call: Call): void {
    call(
      () => file.sync(count),
      (fault) => (fault === 'short' ? file.sync(count) : file.failSync(this.#random, count)),
    );
  }

  #startSync(file: FaultyFile, call: Call): PendingSync {
    const count = file.pendingCount;
    let failure: unknown;
    try {
      call(
        () => undefined,
        (fault) => (fault === 'short' ? undefined : file.failSync(this.#random, count)),
      );
    } catch (error) {
      failure = error;
    }
    return {
      wait: () => {
        if (failure !== undefined) throw failure;
        this.#sync(file, count, call);
      },
    };
  }

  /** Counts a changing call and lets its fault happen. `fail` is what a failing call still does. */
  #call(subject: string, work: () => void, fail?: (fault: Fault) => void): void {
    this.#refuseWhenDown();
    const fault = this.#faults.get(this.callCount++);
    if (fault === undefined) return work();
    if (fault === 'lost') return;
    if (fault === 'cut') {
      // A sync in progress promises nothing; a write may have been taken over by the system already.
      if (fail === undefined || this.#random.chance(0.5)) fail?.(fault);
      this.#isDown = true;
      throw systemError('EIO', 'the machine stopped');
    }
    if (fault === 'short') return fail === undefined ? work() : fail(fault);
    fail?.(fault);
    throw systemError(fault, subject);
  }

  #rename(path: string, file: FaultyFile | undefined): void {
    if (file === undefined) this.#shown.delete(path);
    else this.#shown.set(path, file);
    this.#pendingNames.push({ dir: dirname(path), path, file });
  }

  #settle({ path, file }: NameChange): void {
    if (file === undefined) this.#durable.delete(path);
    else this.#durable.set(path, file);
  }

  #refuseWhenDown(): void {
    if (this.#isDown) throw systemError('EIO', 'the machine stopped');
  }
}

function systemError(code: string, subject: string): Error {
  return Object.assign(new Error(`${code}: ${subject}`), { code });
}
