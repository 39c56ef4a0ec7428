import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FaultyDisk } from '../lab/sim/faultyDisk.ts';
import { JournalRun, RUN_DIR, replayRun, scriptedWork } from '../lab/sim/journalRun.ts';
import { planPrune, pruneJournal, type SegmentExtent, segmentExtents } from './prune.ts';

function extents(...sizes: number[]): SegmentExtent[] {
  return sizes.map((bytes, index) => ({
    name: `s${index}`,
    firstSeq: index * 10 + 1,
    lastSeq: index === sizes.length - 1 ? undefined : index * 10 + 10,
    bytes,
  }));
}

test('nothing goes while the journal is within its budget', () => {
  const plan = planPrune({
    segments: extents(50, 50, 50),
    oldestSnapshotSeq: 25,
    checkpointSeq: 25,
    budgetBytes: 150,
  });
  expect(plan).toEqual({ names: [], bytesBefore: 150, bytesAfter: 150 });
});

test('the oldest go until it is, and no further', () => {
  const segments = extents(50, 50, 50, 50);
  const plan = planPrune({ segments, oldestSnapshotSeq: 35, checkpointSeq: 35, budgetBytes: 149 });
  expect(plan).toEqual({ names: ['s0', 's1'], bytesBefore: 200, bytesAfter: 100 });
});

test('what the oldest snapshot or the records do not cover stays, over budget or not', () => {
  const segments = extents(50, 50, 50, 50);
  const namesOf = (oldestSnapshotSeq: number, checkpointSeq: number) =>
    planPrune({ segments, oldestSnapshotSeq, checkpointSeq, budgetBytes: 0 }).names;
  expect(namesOf(99, 9)).toEqual([]);
  // The records at 15 would have to be rebuilt from before 35, where no snapshot stands.
  expect(namesOf(35, 15)).toEqual([]);
  expect(namesOf(9, 99)).toEqual([]);
  expect(namesOf(10, 10)).toEqual(['s0']);
  expect(namesOf(19, 99)).toEqual(['s0']);
  expect(namesOf(99, 99)).toEqual(['s0', 's1', 's2']);
});

test('any plan removes a beginning of the journal, covered twice, and never the open segment', () => {
  const sizes = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      sizes,
      fc.nat(250),
      fc.nat(250),
      fc.nat(5_000),
      (bytes, oldestSnapshotSeq, checkpointSeq, budgetBytes) => {
        const segments = extents(...bytes);
        const { names, bytesAfter } = planPrune({ segments, oldestSnapshotSeq, checkpointSeq, budgetBytes });
        expect(names).toEqual(segments.slice(0, names.length).map(({ name }) => name));
        const gone = segments.slice(0, names.length);
        expect(
          gone.every(
            ({ lastSeq = Number.POSITIVE_INFINITY }) =>
              lastSeq <= oldestSnapshotSeq && lastSeq <= checkpointSeq,
          ),
        ).toBe(true);
        expect(bytesAfter).toBe(
          segments.slice(names.length).reduce((sum, segment) => sum + segment.bytes, 0),
        );
      },
    ),
  );
});

test('a pruned journal replays from its snapshot to the same place', () => {
  const disk = new FaultyDisk();
  const run = new JournalRun(disk);
  scriptedWork(run, 40);
  const before = segmentExtents(disk, RUN_DIR);
  run.snapshot(Number.POSITIVE_INFINITY);
  run.snapshot(Number.POSITIVE_INFINITY);
  const oldestSnapshotSeq = run.ackedSeq;
  const plan = pruneJournal(disk, RUN_DIR, {
    oldestSnapshotSeq,
    checkpointSeq: oldestSnapshotSeq,
    budgetBytes: 0,
  });
  expect(plan.names).toEqual(before.slice(0, -1).map(({ name }) => name));
  run.commit(3);
  expect(replayRun(disk).position).toEqual(run.writer.position);
});
