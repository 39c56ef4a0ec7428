// Goal: a journal synced on the other thread is as durable as one synced in place, and a thread that fails or falls
// stops the journal instead of hanging it. How: the real thread, a real disk, numbers of files that are not open.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeDisk, nodeDiskWith } from '../../journal/nodeDisk.ts';
import { SyncThread } from '../../journal/syncThread.ts';
import { diskBelow } from '../../lab/sim/diskBelow.ts';
import { JournalRun, replayRun, scriptedWork } from '../../lab/sim/journalRun.ts';
import { startSyncThread } from './startSyncThread.ts';
import { startWorker } from './startWorker.ts';

/** No process has so many files open. */
const NOT_OPEN = 0x7fff_0000;

let root: string;
const threads: SyncThread[] = [];

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'ballast-sync-'));
});

afterEach(() => {
  for (const thread of threads.splice(0)) thread.stop();
  rmSync(root, { recursive: true, force: true, maxRetries: 9 });
});

async function started(died: (error: Error) => void = () => {}): Promise<SyncThread> {
  const thread = startSyncThread(died);
  threads.push(thread);
  await expect.poll(() => thread.isReady).toBe(true);
  return thread;
}

test('a journal synced by the thread is found again as it was written', async () => {
  const thread = await started();
  const disk = diskBelow(root, nodeDiskWith(thread.startSync));
  for (let start = 0; start < 3; start++) {
    const run = new JournalRun(disk);
    scriptedWork(run, 30);
    run.begin(2);
    if (start === 1) run.writer.close();
    else run.finish();
    expect(replayRun(diskBelow(root, nodeDisk)).position).toEqual(run.writer.position);
  }
});

test('an error of the system comes back with its code, and the thread goes on', async () => {
  const thread = await started();
  expect(() => thread.startSync(NOT_OPEN).wait()).toThrow(expect.objectContaining({ code: 'EBADF' }));
  const descriptor = openSync(path.join(root, 'file'), 'w');
  writeSync(descriptor, 'bytes');
  thread.startSync(descriptor).wait();
  closeSync(descriptor);
});

test('a sync is done in place until the thread is ready', () => {
  const thread = new SyncThread();
  expect(thread.isReady).toBe(false);
  expect(() => thread.startSync(NOT_OPEN).wait()).toThrow(expect.objectContaining({ code: 'EBADF' }));
});

test('two syncs at once are a mistake of the caller', async () => {
  const thread = await started();
  const first = thread.startSync(NOT_OPEN);
  expect(() => thread.startSync(NOT_OPEN)).toThrow('one sync is on its way at most');
  expect(() => first.wait()).toThrow('EBADF');
});

test('a thread that falls in the middle of a sync ends the wait, and is told', async () => {
  const died: Error[] = [];
  const thread = await started((error) => died.push(error));
  const pending = thread.startSync(-1);
  expect(() => pending.wait()).toThrow('has ended');
  expect(() => thread.startSync(NOT_OPEN).wait()).toThrow('has ended');
  expect(thread.isReady).toBe(false);
  await expect.poll(() => died.length).toBeGreaterThan(0);
});

test('a thread that is gone without a word is waited for so long and no longer', async () => {
  const thread = new SyncThread(1);
  const worker = startWorker('syncWorker', { memory: thread.memory });
  await expect.poll(() => thread.isReady).toBe(true);
  await worker.terminate();
  expect(() => thread.startSync(NOT_OPEN).wait()).toThrow(expect.objectContaining({ code: 'ETIMEDOUT' }));
});

test('a thread that is stopped ends without a complaint', async () => {
  const died: Error[] = [];
  const thread = new SyncThread();
  const worker = startWorker('syncWorker', { memory: thread.memory });
  worker.on('error', (error) => died.push(error));
  await expect.poll(() => thread.isReady).toBe(true);
  const exited = once(worker, 'exit');
  thread.stop();
  expect(await exited).toEqual([0]);
  expect(died).toEqual([]);
});

test('the thread keeps no process alive', async () => {
  const entry = new URL('./startSyncThread.ts', import.meta.url).href;
  const code = `const { startSyncThread } = await import('${entry}');
    const thread = startSyncThread(() => process.exit(3));
    while (!thread.isReady) await new Promise((resolve) => setTimeout(resolve, 5));`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code]);
  expect(await once(child, 'exit')).toEqual([0, null]);
});
