// Goal: who follows a journal that is being written sees every record of it once, in order, whatever the writer does
// meanwhile, and never one that is not the journal's. How: the sim's writer beside a reader that looks between any two of
// its steps, and the damage a signer must not sign over.
import { expect, test } from 'vitest';
import { FaultyDisk } from '../lab/sim/faultyDisk.ts';
import {
  JournalRun,
  RUN_DIR,
  RUN_OPTIONS,
  RUN_SCHEMA,
  RunState,
  scriptedWork,
} from '../lab/sim/journalRun.ts';
import { pathIn, readWhole } from './disk.ts';
import { bodyHash, HASHED_FROM, visitFrame } from './frame.ts';
import { FrameReader } from './frameReader.ts';
import { journalSegments } from './layout.ts';
import { GENESIS, type JournalPosition } from './position.ts';

function follow(disk: FaultyDisk, start: JournalPosition = GENESIS) {
  const reader = new FrameReader({ disk, dir: RUN_DIR, schemaVersion: RUN_SCHEMA, start });
  const state = new RunState();
  state.seq = start.seq;
  let position = start;
  const read = () => {
    for (let frame = reader.next(); frame !== undefined; frame = reader.next()) {
      visitFrame(frame.bytes, state.apply);
      expect(bodyHash(frame.bytes.subarray(HASHED_FROM))).toBe(frame.position.chainHash);
      position = frame.position;
    }
    return state.seq;
  };
  return { reader, read, position: () => position };
}

test('it sees each record once, across segments and restarts of the writer', () => {
  const disk = new FaultyDisk();
  const reader = follow(disk);
  expect(reader.read()).toBe(0);
  let run = new JournalRun(disk);
  for (let round = 0; round < 40; round += 1) {
    run.commit((round % 5) + 1);
    expect(reader.read()).toBe(run.ackedSeq);
    if (round % 9 !== 8) continue;
    run.writer.close();
    run = new JournalRun(disk);
    expect(reader.read()).toBe(run.ackedSeq);
  }
  expect(journalSegments(disk.list(RUN_DIR)).segments.length).toBeGreaterThan(4);
  expect(reader.position()).toEqual(run.writer.position);
  expect(reader.reader.isAtStart).toBe(true);
});

test('it goes on from a place inside a segment, and refuses one with another hash', () => {
  const disk = new FaultyDisk();
  const run = new JournalRun(disk);
  run.commit(4);
  const there = { ...run.writer.position };
  run.commit(3);
  expect(follow(disk, there).read()).toBe(7);
  const other = follow(disk, { ...there, chainHash: 'f'.repeat(32) });
  expect(() => other.read()).toThrow('another at seq 4');
  const later = follow(disk, { ...there, seq: 9 as typeof there.seq });
  expect([later.read(), later.reader.isAtStart]).toEqual([9, false]);
});

test('a frame that is half written is waited for', () => {
  const disk = new FaultyDisk();
  const run = new JournalRun(disk);
  run.commit(2);
  const reader = follow(disk);
  expect(reader.read()).toBe(2);
  const [segment] = journalSegments(disk.list(RUN_DIR)).segments;
  const path = pathIn(RUN_DIR, segment!.name);
  const before = Buffer.from(readWhole(disk, path));
  run.commit(3);
  const after = Buffer.from(readWhole(disk, path));
  const file = disk.open(path, 'write');
  // The header and half of the body, then all of it.
  const end = run.writer.lastFrame().length;
  const at = after.indexOf(Buffer.from(run.writer.lastFrame()));
  file.writeAt(before.subarray(at + 80, at + end), at + 80);
  expect(reader.read()).toBe(2);
  file.writeAt(after.subarray(at, at + end), at);
  expect(reader.read()).toBe(5);
});

test('what was pruned before it was read is said, and the open segment is still read', () => {
  const disk = new FaultyDisk();
  const run = new JournalRun(disk);
  run.commit(1);
  const slow = follow(disk);
  expect(slow.read()).toBe(1);
  scriptedWork(run, 60);
  expect(journalSegments(disk.list(RUN_DIR)).segments[0]!.firstSeq).toBeGreaterThan(1);
  expect(() => slow.read()).toThrow(/was pruned/);
  expect(() => follow(disk).read()).toThrow(/was pruned/);
});

test('a changed byte is never read as a record', () => {
  const disk = new FaultyDisk();
  const run = new JournalRun(disk, { ...RUN_OPTIONS, segmentBytes: 100_000 });
  run.commit(3);
  run.commit(3);
  const [segment] = journalSegments(disk.list(RUN_DIR)).segments;
  const file = disk.open(pathIn(RUN_DIR, segment!.name), 'write');
  const whole = readWhole(disk, pathIn(RUN_DIR, segment!.name));
  const at = whole.indexOf(Buffer.from(run.writer.lastFrame())) + 90;
  file.writeAt(Uint8Array.of(whole[at]! ^ 1), at);
  expect(follow(disk).read()).toBe(3);
});

test('records that a newer writer does not have stop the reader', () => {
  const disk = new FaultyDisk();
  const run = new JournalRun(disk);
  run.commit(2);
  const reader = follow(disk);
  // Read before it was synced, and lost with the power: the next desk writes others in its place.
  const [segment] = journalSegments(disk.list(RUN_DIR)).segments;
  const path = pathIn(RUN_DIR, segment!.name);
  const synced = Buffer.from(readWhole(disk, path));
  run.begin(2);
  expect(reader.read()).toBe(4);
  const file = disk.open(path, 'write');
  file.truncate(synced.length);
  file.writeAt(synced, 0);
  const next = new JournalRun(disk);
  expect(next.ackedSeq).toBe(2);
  next.commit(1);
  expect(() => reader.read()).toThrow(/not the journal any more/);
});
