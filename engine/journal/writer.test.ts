import { describe, expect, test } from 'vitest';
import { type Fault, FaultyDisk } from '../lab/sim/faultyDisk.ts';
import { JournalRun, payloadOf, RUN_DIR, RUN_OPTIONS, replayRun, timeOf } from '../lab/sim/journalRun.ts';
import type { Seq } from '../units/time.ts';
import { visitFrame } from './frame.ts';
import { JournalError } from './journalError.ts';
import { journalSegments } from './layout.ts';
import { BATCH_RECORDS_MAX } from './writer.ts';

function begun(): { disk: FaultyDisk; run: JournalRun } {
  const disk = new FaultyDisk();
  return { disk, run: new JournalRun(disk) };
}

/** The error of a commit that must fail. */
function failedCommit(run: JournalRun): JournalError {
  try {
    run.commit(2);
  } catch (error) {
    if (error instanceof JournalError) return error;
    throw error;
  }
  throw new Error('the commit passed');
}

test('nothing is durable before the commit, everything after it', () => {
  const { disk, run } = begun();
  run.writer.append(1 as Seq, timeOf(1), payloadOf(1));
  expect([run.writer.durableSeq, run.writer.pendingCount]).toEqual([0, 1]);
  expect(run.writer.commit()).toBe(1);
  expect([run.writer.durableSeq, run.writer.pendingCount]).toEqual([1, 0]);
  disk.losePower('subset');
  expect(replayRun(disk).position.seq).toBe(1);
});

test('a commit of nothing touches nothing', () => {
  const { disk, run } = begun();
  run.commit(1);
  const before = disk.callCount;
  expect(run.writer.commit()).toBe(1);
  expect(disk.callCount).toBe(before);
});

test('the frame of the last commit can be read from memory', () => {
  const { run } = begun();
  run.commit(2);
  run.commit(3);
  const seqs: number[] = [];
  const header = visitFrame(run.writer.lastFrame(), (seq) => seqs.push(seq));
  expect(seqs).toEqual([3, 4, 5]);
  expect(header.hash).toBe(run.writer.position.chainHash);
});

test('segments rotate before they grow past their size, and a batch larger than one still fits', () => {
  const disk = new FaultyDisk();
  const run = new JournalRun(disk, { ...RUN_OPTIONS, segmentBytes: 300 });
  for (let batch = 0; batch < 10; batch++) run.commit(3);
  run.commit(40);
  run.commit(1);
  run.writer.close();
  const { segments } = journalSegments(disk.list(RUN_DIR));
  expect(segments.length).toBeGreaterThan(8);
  expect(disk.sizeOf(`${RUN_DIR}/${segments[0].name}`)).toBeLessThanOrEqual(300);
  expect(replayRun(disk).position.seq).toBe(71);
});

test('a batch takes its largest payload, and no more records than its bound', () => {
  const { run } = begun();
  const { writer } = run;
  expect(writer.hasRoomFor(writer.payloadBytesMax)).toBe(true);
  expect(writer.hasRoomFor(writer.payloadBytesMax + 8)).toBe(false);
  expect(() => writer.append(1 as Seq, timeOf(1), new Uint8Array(writer.payloadBytesMax + 8))).toThrow(
    'room',
  );
  const wide = new JournalRun(new FaultyDisk(), { batchBytes: 1 << 20 });
  for (let seq = 1; seq <= BATCH_RECORDS_MAX; seq++)
    wide.writer.append(seq as Seq, timeOf(seq), payloadOf(seq));
  expect(wide.writer.hasRoomFor(0)).toBe(false);
});

test('a record out of order or back in time is refused before it is copied', () => {
  const { run } = begun();
  run.commit(1);
  expect(() => run.writer.append(3 as Seq, timeOf(3), payloadOf(3))).toThrow('the seq after the last');
  expect(() => run.writer.append(2 as Seq, timeOf(0), payloadOf(2))).toThrow('never runs back');
  run.commit(1);
  expect(run.writer.durableSeq).toBe(2);
});

test('a clean stop leaves no zeros, nothing to cut, and the whole journal under the watermark', () => {
  const { disk, run } = begun();
  run.commit(5);
  run.writer.close();
  const replayed = replayRun(disk);
  expect([replayed.position.seq, replayed.tail?.bytes, replayed.sentences]).toEqual([5, 0, []]);
  expect(disk.sizeOf(`${RUN_DIR}/${replayed.tail?.file}`)).toBe(replayed.tail?.offset);
  expect(() => run.commit(1)).toThrow('The writer was closed');
});

test('records that were not committed are not dropped in silence by a clean stop', () => {
  const { run } = begun();
  run.writer.append(1 as Seq, timeOf(1), payloadOf(1));
  expect(() => run.writer.close()).toThrow('committed before the journal is closed');
});

describe('the first failure is the last', () => {
  const cases: [fault: Fault, callsAhead: number, reason: string][] = [
    ['EIO', 0, 'ioFailed'],
    ['EIO', 1, 'ioFailed'],
    ['ENOSPC', 0, 'diskFull'],
    ['ENOSPC', 1, 'diskFull'],
  ];
  for (const [fault, callsAhead, reason] of cases) {
    test(`P10: ${fault} at ${callsAhead === 0 ? 'the write' : 'the sync'} halts for ever, though the disk is well again`, () => {
      const { disk, run } = begun();
      run.commit(1);
      // The space written ahead takes the second frame, so its calls are one write and one sync.
      disk.failAt(disk.callCount + callsAhead, fault);
      const error = failedCommit(run);
      expect([error.code, error.reason]).toEqual(['journal.halted', reason]);
      expect(run.writer.durableSeq).toBe(1);
      const calls = disk.callCount;
      expect(failedCommit(run)).toBe(error);
      expect(() => run.writer.publishWatermark()).toThrow(error);
      expect(run.writer.halted).toBe(error);
      run.writer.close();
      expect(disk.callCount).toBe(calls);
      expect(run.ackedSeq).toBe(1);
    });
  }
});

describe('a commit in two steps', () => {
  const appendOne = ({ writer }: JournalRun, seq: number) =>
    writer.append(seq as Seq, timeOf(seq), payloadOf(seq));

  test('is durable when it is finished, and what is appended meanwhile goes into the next', () => {
    const { disk, run } = begun();
    const { writer } = run;
    appendOne(run, 1);
    writer.beginCommit();
    expect([writer.durableSeq, writer.appendedSeq, writer.pendingCount]).toEqual([0, 1, 0]);
    const first = new Uint8Array(writer.lastFrame());
    appendOne(run, 2);
    appendOne(run, 3);
    expect(writer.position.seq).toBe(0);
    expect(writer.finishCommit()).toBe(1);
    expect(visitFrame(first, () => undefined).hash).toBe(writer.position.chainHash);
    expect([writer.durableSeq, writer.appendedSeq, writer.pendingCount]).toEqual([1, 3, 2]);
    writer.beginCommit();
    expect(visitFrame(writer.lastFrame(), () => undefined)).toMatchObject({ firstSeq: 2, lastSeq: 3 });
    expect(writer.finishCommit()).toBe(3);
    disk.losePower('subset');
    expect(replayRun(disk).position.seq).toBe(3);
  });

  test('is alone: a second is refused, one in place finishes it first, of nothing it touches nothing', () => {
    const { disk, run } = begun();
    const { writer } = run;
    appendOne(run, 1);
    writer.beginCommit();
    appendOne(run, 2);
    expect(() => writer.beginCommit()).toThrow('one commit is in flight at most');
    expect(() => writer.publishWatermark()).toThrow('between commits');
    expect(writer.commit()).toBe(2);
    const calls = disk.callCount;
    writer.beginCommit();
    expect([writer.finishCommit(), disk.callCount]).toEqual([2, calls]);
  });

  test('what power leaves of one that was not finished is the journal before it or with it', () => {
    const found = new Set<number>();
    for (let seed = 0; seed < 100; seed++) {
      const disk = new FaultyDisk(seed);
      const run = new JournalRun(disk);
      run.begin(2);
      run.begin(3);
      expect(run.ackedSeq).toBe(2);
      disk.losePower(seed % 2 === 0 ? 'prefix' : 'subset');
      found.add(replayRun(disk).position.seq);
    }
    expect([...found].sort()).toEqual([2, 5]);
  });

  test('fits with segments: the next is opened when the last frame of the one before is durable', () => {
    const disk = new FaultyDisk();
    const run = new JournalRun(disk, { ...RUN_OPTIONS, segmentBytes: 300 });
    for (let batch = 0; batch < 10; batch++) run.begin(3);
    run.finish();
    const { segments } = journalSegments(disk.list(RUN_DIR));
    expect(segments.length).toBeGreaterThan(8);
    expect(replayRun(disk).position.seq).toBe(30);
  });

  test('lets the next batch be sealed meanwhile: its frame names the one before, and it takes no more', () => {
    const { disk, run } = begun();
    const { writer } = run;
    appendOne(run, 1);
    writer.beginCommit();
    appendOne(run, 2);
    writer.seal();
    expect(() => appendOne(run, 3)).toThrow('room');
    expect([writer.durableSeq, writer.finishCommit(), writer.pendingCount]).toEqual([0, 1, 1]);
    const { chainHash } = writer.position;
    expect(writer.commit()).toBe(2);
    expect(visitFrame(writer.lastFrame(), () => undefined).prevHash).toBe(chainHash);
    appendOne(run, 3);
    expect(writer.commit()).toBe(3);
    disk.losePower('subset');
    expect(replayRun(disk).position.seq).toBe(3);
  });

  test('what was sealed stays off the disk when the sync before it fails', () => {
    const { disk, run } = begun();
    const { writer } = run;
    appendOne(run, 1);
    writer.beginCommit();
    appendOne(run, 2);
    writer.seal();
    const written = writer.bytesWritten;
    disk.failAt(disk.callCount, 'EIO');
    expect(() => writer.finishCommit()).toThrow(JournalError);
    expect(() => writer.beginCommit()).toThrow(JournalError);
    expect(() => writer.seal()).toThrow(JournalError);
    expect(writer.bytesWritten).toBe(written);
  });

  test('is finished by a clean stop', () => {
    const { disk, run } = begun();
    run.begin(4);
    run.writer.close();
    expect(run.writer.durableSeq).toBe(4);
    disk.losePower('prefix');
    expect(replayRun(disk).position.seq).toBe(4);
  });

  for (const [step, callsAhead] of [
    ['start', 1],
    ['wait', 2],
  ] as const) {
    for (const fault of ['EIO', 'ENOSPC'] as const) {
      test(`halts for ever on ${fault} at the ${step} of its sync`, () => {
        const { disk, run } = begun();
        const { writer } = run;
        run.commit(1);
        disk.failAt(disk.callCount + callsAhead, fault);
        run.begin(1);
        appendOne(run, 3);
        expect(() => writer.finishCommit()).toThrow(JournalError);
        const calls = disk.callCount;
        expect(writer.halted?.reason).toBe(fault === 'EIO' ? 'ioFailed' : 'diskFull');
        for (const work of [
          () => writer.finishCommit(),
          () => writer.beginCommit(),
          () => writer.commit(),
          () => appendOne(run, 4),
        ]) {
          expect(work).toThrow(writer.halted);
        }
        writer.close();
        expect([disk.callCount, writer.durableSeq, run.ackedSeq]).toEqual([calls, 1, 1]);
      });
    }
  }
});

test('the watermark follows within its interval of journalled time', () => {
  const disk = new FaultyDisk();
  const run = new JournalRun(disk, {
    ...RUN_OPTIONS,
    watermarkIntervalMs: 9,
    segmentBytes: 100_000,
    growBytes: 50_000,
  });
  const callsOf = () => {
    const before = disk.callCount;
    run.commit(1);
    return disk.callCount - before;
  };
  // One record every 3 ms, so each third commit writes and syncs the superblock as well.
  expect(Array.from({ length: 10 }, callsOf).slice(1)).toEqual([2, 2, 4, 2, 2, 4, 2, 2, 4]);
});

test('bytes written are those of the frames', () => {
  const { run } = begun();
  let total = 0;
  for (let batch = 0; batch < 5; batch++) {
    run.commit(2);
    total += run.writer.lastFrame().length;
  }
  expect(run.writer.bytesWritten).toBe(total);
});
