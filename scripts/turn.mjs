// Two scripts started at once (a desk in one terminal, the tests in another) must not install or build over each other.
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, say } from './steps.mjs';

const BEAT_MS = 1_000;
const SILENT_MS = 6_000;

/**
 * Does the work while no other process does the same.
 *
 * The holder of the turn touches a file each second. A holder killed without warning falls silent, and the
 * next one takes over: a process id alone would not do, because ids are given out again.
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
    if (!isAnnounced) say(`another script is busy with the same ${name}; waiting for it`);
    isAnnounced = true;
    await sleep(200);
  }
  const beat = setInterval(() => touch(file), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function isAbandoned(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > SILENT_MS) return true;
    const holder = Number(readFileSync(file, 'utf8'));
    return holder > 0 && !isRunning(holder);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
