import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskBelow } from '../lab/sim/diskBelow.ts';
import { JournalRun, RUN_DIR, replayRun, scriptedWork } from '../lab/sim/journalRun.ts';
import { nodeDisk } from './nodeDisk.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ballast-disk-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test('the scripted run gives the same journal on the real disk as in memory', () => {
  const disk = diskBelow(root, nodeDisk);
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
  const disk = diskBelow(root, nodeDisk);
  const run = new JournalRun(disk);
  run.commit(1);
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  expect(modeOf(join(root, RUN_DIR))).toBe(0o700);
  for (const name of disk.list(RUN_DIR)) expect(modeOf(join(root, RUN_DIR, name)), name).toBe(0o600);
});
