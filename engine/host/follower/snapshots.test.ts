import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeDisk } from '../../journal/nodeDisk.ts';
import { listSnapshots } from '../../journal/snapshot.ts';
import { Desk } from '../../lab/fixtures/desk.ts';
import type { Seq, TimeMs } from '../../units/time.ts';
import { limits } from '../limits.ts';
import { Snapshots } from './snapshots.ts';

const { snapshotEveryCommands: MANY, snapshotEveryMsMin, snapshotEveryMsMax } = limits.engine;
const { engine } = new Desk();

let dir: string;
let nowMs: number;
let snapshots: Snapshots;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-snapshots-'));
  nowMs = 0;
  snapshots = new Snapshots(nodeDisk, dir, () => nowMs);
});

afterEach(() => rmSync(dir, { recursive: true, force: true, maxRetries: 9 }));

const writeAt = (seq: number) =>
  snapshots.write({
    engine,
    epoch: 1,
    position: { seq: seq as Seq, timeMs: 0 as TimeMs, chainHash: '0'.repeat(32) },
  });

test('a desk that opened behind a long replay saves at once, however short it may live', () => {
  snapshots.openedFrom(0);
  expect(snapshots.isDue(MANY - 1)).toBe(false);
  expect(snapshots.isDue(MANY)).toBe(true);
  expect(writeAt(MANY)).toMatchObject({ type: 'snapshotWritten', seq: MANY });
  expect(listSnapshots(nodeDisk, dir).map(({ seq }) => seq)).toEqual([MANY]);
});

test('under load it saves after so many commands, but not more often than the least time allows', () => {
  snapshots.openedFrom(0);
  writeAt(MANY);
  expect(snapshots.isDue(3 * MANY)).toBe(false);
  nowMs = snapshotEveryMsMin;
  expect(snapshots.isDue(3 * MANY)).toBe(true);
  expect(snapshots.isDue(2 * MANY - 1)).toBe(false);
});

test('a quiet desk saves what little there is after the longest time, and nothing twice', () => {
  snapshots.openedFrom(0);
  writeAt(MANY);
  nowMs = snapshotEveryMsMax;
  expect(snapshots.isDue(MANY)).toBe(false);
  expect(snapshots.isDue(MANY + 1)).toBe(true);
  expect(writeAt(MANY)).toBeUndefined();
});
