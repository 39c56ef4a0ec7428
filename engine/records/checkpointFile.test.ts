import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listCheckpoints, readCheckpoint, tidyCheckpoints, writeCheckpoint } from './checkpointFile.ts';

const BYTES = Buffer.from('rows and rows of people’s fills');
let dir = '';

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-checkpoints-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('the newest two are kept, newest first', () => {
  for (const seq of [9, 100, 20]) writeCheckpoint(dir, seq, BYTES);
  expect(listCheckpoints(dir).map(({ seq }) => seq)).toEqual([100, 20]);
  expect(readCheckpoint(dir, listCheckpoints(dir)[0]!)).toEqual(BYTES);
});

test('a checkpoint with any bit changed or any byte missing is none', () => {
  writeCheckpoint(dir, 7, BYTES);
  const [ref] = listCheckpoints(dir);
  const file = path.join(dir, ref!.name);
  const good = readFileSync(file);
  for (let bit = 0; bit < good.length * 8; bit++) {
    const bad = Buffer.from(good);
    bad[bit >> 3]! ^= 1 << (bit & 7);
    writeFileSync(file, bad);
    expect(readCheckpoint(dir, ref!)).toBeUndefined();
  }
  for (let length = 0; length < good.length; length++) {
    writeFileSync(file, good.subarray(0, length));
    expect(readCheckpoint(dir, ref!)).toBeUndefined();
  }
});

test('what a kill left half-written and what the journal does not have goes', () => {
  writeCheckpoint(dir, 7, BYTES);
  writeCheckpoint(dir, 8, BYTES);
  writeFileSync(path.join(dir, 'records-9.checkpoint.unfinished'), 'half');
  expect(listCheckpoints(dir).map(({ seq }) => seq)).toEqual([8, 7]);
  tidyCheckpoints(dir, 7);
  expect(readdirSync(dir)).toEqual(['records-7.checkpoint']);
});
