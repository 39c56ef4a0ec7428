import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JournalRun, RUN_DIR, replayRun, scriptedWork } from '../lab/sim/journalRun.ts';
import type { Disk } from './disk.ts';
import { nodeDisk } from './nodeDisk.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ballast-disk-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** The real disk below `root`, so that runs keep their folder name. */
function diskBelowRoot(): Disk {
  const real = (path: string) => join(root, path);
  return {
    open: (path, mode) => nodeDisk.open(real(path), mode),
    exists: (path) => nodeDisk.exists(real(path)),
    sizeOf: (path) => nodeDisk.sizeOf(real(path)),
    list: (dir) => nodeDisk.list(real(dir)),
    rename: (from, to) => nodeDisk.rename(real(from), real(to)),
    unlink: (path) => nodeDisk.unlink(real(path)),
    makeDir: (dir) => nodeDisk.makeDir(real(dir)),
    syncDir: (dir) => nodeDisk.syncDir(real(dir)),
  };
}

test('the scripted run gives the same journal on the real disk as in memory', () => {
  const disk = diskBelowRoot();
  for (let start = 0; start < 3; start++) {
    const run = new JournalRun(disk);
    scriptedWork(run, 30);
    if (start === 1) run.writer.close();
    expect(replayRun(disk).position).toEqual(run.writer.position);
  }
});

test('a name that is taken is not created again, and a missing one is not opened', () => {
  const path = join(root, 'name');
  nodeDisk.open(path, 'create').close();
  expect(() => nodeDisk.open(path, 'create')).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  expect(() => nodeDisk.open(join(root, 'other'), 'write')).toThrow(
    expect.objectContaining({ code: 'ENOENT' }),
  );
  expect(nodeDisk.list(join(root, 'nowhere'))).toEqual([]);
});

test('only the owner can read the files and enter the folder', () => {
  const disk = diskBelowRoot();
  const run = new JournalRun(disk);
  run.commit(1);
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  expect(modeOf(join(root, RUN_DIR))).toBe(0o700);
  for (const name of disk.list(RUN_DIR)) expect(modeOf(join(root, RUN_DIR, name)), name).toBe(0o600);
});
