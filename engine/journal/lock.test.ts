import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock, lockPath } from './lock.ts';
import { nodeDisk } from './nodeDisk.ts';
import { openJournal } from './open.ts';
import { replayJournal } from './replay.ts';

let dir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ballast-lock-'));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** Runs a program with this room's modules in a process of its own; resolves at its first line of output. */
async function startProcess(program: string): Promise<{ child: ChildProcess; line: string }> {
  const modulePath = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));
  const imports = [
    `import { acquireLock } from ${modulePath('./lock.ts')};`,
    `import { nodeDisk } from ${modulePath('./nodeDisk.ts')};`,
    `import { openJournal } from ${modulePath('./open.ts')};`,
    `const dir = ${JSON.stringify(dir)};`,
  ];
  const source = [...imports, program].join('\n');
  const args = ['--import', 'tsx', '--input-type=module', '--eval', source];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [bytes] = await once(child.stdout, 'data');
  return { child, line: String(bytes).trim() };
}

const HOLD = `await acquireLock(dir); console.log('locked'); setInterval(() => undefined, 1_000);`;

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

test('a second start in the same process is refused, and passes after the release', async () => {
  const lock = await acquireLock(dir);
  await expect(acquireLock(dir)).rejects.toMatchObject({ code: 'journal.locked' });
  await lock.release();
  const again = await acquireLock(dir);
  await again.release();
  expect(existsSync(lockPath(dir))).toBe(false);
});

test('the lock of another process is respected, named, and taken over after kill -9', async () => {
  const { child } = await startProcess(HOLD);
  await expect(acquireLock(dir)).rejects.toThrow(`process ${child.pid}`);
  await kill(child);
  expect(existsSync(lockPath(dir))).toBe(true);
  const lock = await acquireLock(dir);
  await lock.release();
});

test('a process that is stopped still owns its lock', async () => {
  const { child } = await startProcess(HOLD);
  child.kill('SIGSTOP');
  await expect(acquireLock(dir)).rejects.toThrow('a process that does not answer');
});

test('P4: of several starts at once exactly one wins', async () => {
  const starts = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLock(dir)));
  const won = starts.filter((start) => start.status === 'fulfilled');
  expect(won).toHaveLength(1);
  await won[0].value.release();
});

test('a folder whose path is too long for a socket is locked through the temporary folder', async () => {
  const deep = join(dir, 'd'.repeat(60), 'e'.repeat(60));
  mkdirSync(deep, { recursive: true });
  expect(lockPath(deep).startsWith(join(tmpdir(), 'ballast-'))).toBe(true);
  const lock = await acquireLock(deep);
  await expect(acquireLock(deep)).rejects.toMatchObject({ code: 'journal.locked' });
  await lock.release();
});

test('what a process acknowledged before kill -9 is in the journal of the next', async () => {
  const { child, line } = await startProcess(`
    const input = { disk: nodeDisk, dir, schemaVersion: 1, restore() {}, apply() {} };
    const { writer } = openJournal(input);
    const payload = new Uint8Array(100).fill(7);
    let seq = 0;
    const work = () => {
      for (let index = 0; index < 16; index++) writer.append(++seq, seq, payload);
      process.stdout.write(writer.commit() + '\\n');
      setImmediate(work);
    };
    work();
  `);
  const lines = [line];
  child.stdout?.on('data', (bytes: Buffer) => lines.push(...bytes.toString().trim().split('\n')));
  while (lines.length < 50) await once(child.stdout ?? child, 'data');
  await kill(child);
  const ackedSeq = Number(lines.at(-1)?.split('\n').at(-1));
  let applied = 0;
  const input = {
    disk: nodeDisk,
    dir,
    schemaVersion: 1,
    restore: () => undefined,
    apply: () => void applied++,
  };
  const opened = openJournal(input);
  expect(opened.kind === 'open' && opened.replayed.position.seq).toBeGreaterThanOrEqual(ackedSeq);
  expect(ackedSeq).toBeGreaterThanOrEqual(50 * 16);
  if (opened.kind === 'open') opened.writer.close();
  const firstCount = applied;
  applied = 0;
  replayJournal(input);
  expect(applied).toBe(firstCount);
});
