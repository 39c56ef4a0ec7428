// Two scripts started at once (a desk in one terminal, the tests in another) must not install or build over each other.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, running, say } from './steps.mjs';

const BEAT_MS = 250;
const SILENT_MS = 5_000;
const ORPHAN_MS = 120_000;

/**
 * Does the work while no other process does the same.
 *
 * The holder of the turn writes its process id and those of the programs it runs into a file, again and again. When it
 * is killed without warning the file falls silent, and the next script takes over as soon as those programs have ended:
 * an npm that lost its parent goes on writing. Silence decides in the end, because process ids are given out again.
 */
export async function inTurn(name, work) {
  const file = path.join(root, '.cache', `${name}.turn`);
  mkdirSync(path.dirname(file), { recursive: true });
  let isAnnounced = false;
  while (!take(file)) {
    if (isAbandoned(file)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!isAnnounced) say(`another ${name} is still running; waiting for it`);
    isAnnounced = true;
    await sleep(200);
  }
  const beat = setInterval(() => writeFileSync(file, holders()), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, holders(), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

const holders = () => [process.pid, ...running].join(' ');

function isAbandoned(file) {
  try {
    const silentMs = Date.now() - statSync(file).mtimeMs;
    const [holder, ...programs] = readFileSync(file, 'utf8').split(' ').map(Number);
    if (programs.some(isRunning)) return silentMs > ORPHAN_MS;
    return silentMs > SILENT_MS || !isRunning(holder);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function isRunning(pid) {
  // A file caught half written holds no id yet: its writer is alive.
  if (!(pid > 0)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
