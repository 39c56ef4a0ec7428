import { describe, expect, test } from 'vitest';
import { FaultyDisk } from '../lab/sim/faultyDisk.ts';
import { JournalRun, RUN_DIR, RUN_SCHEMA, replayRun, scriptedWork } from '../lab/sim/journalRun.ts';
import type { Seq } from '../units/time.ts';
import { GENESIS } from './position.ts';
import { keepNewestSnapshots, listSnapshots, type SnapshotSection, writeSnapshot } from './snapshot.ts';
import { readSnapshot } from './snapshotReader.ts';

const NO_BUDGET = Number.POSITIVE_INFINITY;

function written(disk: FaultyDisk, seq: number, sections: SnapshotSection[]) {
  const snapshot = { ...GENESIS, seq: seq as Seq, stateHash: 'abc', sections };
  return writeSnapshot(disk, RUN_DIR, { schemaVersion: RUN_SCHEMA, epoch: 1, snapshot });
}

test('sections come back by name, byte for byte and aligned', () => {
  const disk = new FaultyDisk();
  const sections = [0, 1, 7, 8, 9, 1_000].map((length, index) => ({
    name: `part-${index}`,
    bytes: Uint8Array.from({ length }, (_, at) => at * 3 + index),
  }));
  const ref = written(disk, 12, sections);
  const snapshot = readSnapshot(disk, RUN_DIR, ref, RUN_SCHEMA);
  expect([snapshot.seq, snapshot.stateHash, snapshot.chainHash]).toEqual([12, 'abc', GENESIS.chainHash]);
  expect(snapshot.sections).toEqual(sections);
  for (const { bytes } of snapshot.sections) expect(bytes.byteOffset % 8).toBe(0);
});

test('every flipped bit and every missing byte of a snapshot is found', () => {
  const disk = new FaultyDisk();
  const ref = written(disk, 12, [
    { name: 'one', bytes: new Uint8Array(21).fill(3) },
    { name: 'two', bytes: new Uint8Array(5) },
  ]);
  const file = disk.file(`${RUN_DIR}/${ref.name}`);
  const read = () => readSnapshot(disk, RUN_DIR, ref, RUN_SCHEMA);
  for (let bit = 0; bit < file.size * 8; bit++) {
    file.flipBit(bit);
    expect(read, `bit ${bit}`).toThrow(expect.objectContaining({ code: 'journal.corrupt' }));
    file.flipBit(bit);
  }
  const bytes = file.content();
  for (let size = 0; size < bytes.length; size++) {
    file.replace(bytes.subarray(0, size));
    expect(read, `size ${size}`).toThrow(expect.objectContaining({ code: 'journal.corrupt' }));
  }
  file.replace(Buffer.concat([bytes, Buffer.alloc(8)]));
  expect(read).toThrow('the length is wrong');
});

test('a snapshot under the name of another seq, or of another schema, is not used', () => {
  const disk = new FaultyDisk();
  const ref = written(disk, 12, []);
  disk.rename(`${RUN_DIR}/${ref.name}`, `${RUN_DIR}/snapshot-0000000000000013.snap`);
  const moved = listSnapshots(disk, RUN_DIR)[0];
  expect(() => readSnapshot(disk, RUN_DIR, moved, RUN_SCHEMA)).toThrow('the name of another');
  expect(() => readSnapshot(disk, RUN_DIR, moved, RUN_SCHEMA + 1)).toThrow('schema 7');
});

test('the newest two are kept, and what a killed write left is cleared', () => {
  const disk = new FaultyDisk();
  for (const seq of [5, 9, 7, 11]) written(disk, seq, []);
  disk.open(`${RUN_DIR}/snapshot-0000000000000012.snap.tmp`, 'create');
  expect(keepNewestSnapshots(disk, RUN_DIR).map(({ seq }) => seq)).toEqual([11, 9]);
  expect(disk.list(RUN_DIR)).toHaveLength(2);
});

describe('a replay that starts from snapshots', () => {
  function withTwoSnapshots(): { disk: FaultyDisk; run: JournalRun } {
    const disk = new FaultyDisk();
    const run = new JournalRun(disk);
    scriptedWork(run, 11);
    run.snapshot(NO_BUDGET);
    run.commit(4);
    run.snapshot(NO_BUDGET);
    run.commit(2);
    return { disk, run };
  }

  test('takes the newest and applies only what is behind it', () => {
    const { disk, run } = withTwoSnapshots();
    const replayed = replayRun(disk);
    expect([replayed.snapshot?.seq, replayed.recordCount]).toEqual([run.ackedSeq - 2, 2]);
    expect(replayed.position).toEqual(run.writer.position);
  });

  test('takes the older one when the newest is damaged, and says so', () => {
    const { disk, run } = withTwoSnapshots();
    const [newest, older] = listSnapshots(disk, RUN_DIR);
    disk.file(`${RUN_DIR}/${newest.name}`).flipBit(1_600);
    const replayed = replayRun(disk);
    expect(replayed.snapshot).toEqual(older);
    expect(replayed.position.seq).toBe(run.ackedSeq);
    expect(replayed.sentences.join(' ')).toMatch(/A snapshot is passed over.*snapshot-\d+\.snap at byte/);
  });

  test('goes back to genesis when every snapshot is damaged and the journal is whole', () => {
    const { disk, run } = withTwoSnapshots();
    for (const { name } of listSnapshots(disk, RUN_DIR)) disk.file(`${RUN_DIR}/${name}`).flipBit(0);
    const replayed = replayRun(disk);
    expect([replayed.snapshot, replayed.recordCount]).toEqual([undefined, run.ackedSeq]);
  });

  test('halts when the journal was pruned and no snapshot reaches its beginning', () => {
    const { disk, run } = withTwoSnapshots();
    run.snapshot(0);
    for (const { name } of listSnapshots(disk, RUN_DIR)) disk.file(`${RUN_DIR}/${name}`).flipBit(0);
    expect(() => replayRun(disk)).toThrow('no intact snapshot reaches the beginning of the journal');
  });

  test('from the oldest prefers genesis, and otherwise names the oldest kept snapshot', () => {
    const { disk, run } = withTwoSnapshots();
    expect(replayRun(disk, { from: 'oldest' }).snapshot).toBeUndefined();
    scriptedWork(run, 11);
    run.snapshot(0);
    run.snapshot(0);
    const [, oldest] = listSnapshots(disk, RUN_DIR);
    expect(replayRun(disk, { from: 'oldest' }).snapshot).toEqual(oldest);
  });

  test('can be kept from snapshots behind a seq, so that a projection misses no record', () => {
    const { disk } = withTwoSnapshots();
    const [, older] = listSnapshots(disk, RUN_DIR);
    expect(replayRun(disk, { snapshotSeqMax: (older.seq + 1) as Seq }).snapshot).toEqual(older);
    expect(replayRun(disk, { snapshotSeqMax: (older.seq - 1) as Seq }).snapshot).toBeUndefined();
  });

  test('does not believe a snapshot of another journal, nor one that is newer than the journal', () => {
    const { disk, run } = withTwoSnapshots();
    const strange = { ...run.writer.position, chainHash: 'f'.repeat(32) };
    const sections = [{ name: 'fold', bytes: new Uint8Array(8) }];
    const put = (seq: number) =>
      writeSnapshot(disk, RUN_DIR, {
        schemaVersion: RUN_SCHEMA,
        epoch: 1,
        snapshot: { ...strange, seq: seq as Seq, stateHash: 'x', sections },
      });
    const restore = () => undefined;
    const apply = () => undefined;
    put(run.ackedSeq);
    expect(() => replayRun(disk, { restore, apply })).toThrow('the chain differs from the snapshot');
    put(run.ackedSeq + 9);
    expect(() => replayRun(disk, { restore, apply })).toThrow(`knows seq ${run.ackedSeq + 9} was reached`);
  });
});
