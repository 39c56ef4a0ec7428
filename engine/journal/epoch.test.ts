import { expect, test } from 'vitest';
import { FaultyDisk } from '../lab/sim/faultyDisk.ts';
import { JournalRun, RUN_DIR, replayRun } from '../lab/sim/journalRun.ts';
import { fenceOf, takeEpoch } from './epoch.ts';
import { JournalError } from './journalError.ts';
import { epochName } from './layout.ts';

function haltOf(work: () => void): JournalError | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof JournalError) return error;
    throw error;
  }
  return undefined;
}

test('each opening takes the next epoch, from whatever names the highest', () => {
  const disk = new FaultyDisk();
  expect(new JournalRun(disk).writer.epoch).toBe(1);
  expect(new JournalRun(disk).writer.epoch).toBe(2);
  disk.unlink(`${RUN_DIR}/${epochName(2)}`);
  expect(new JournalRun(disk).writer.epoch).toBe(3);
  expect(disk.list(RUN_DIR).filter((name) => name.startsWith('epoch-'))).toEqual([epochName(3)]);
});

test('a number that another process takes first is not shared', () => {
  const disk = new FaultyDisk();
  const racing = Object.create(disk, {
    list: { value: () => [] },
    open: { value: disk.open.bind(disk) },
    exists: { value: disk.exists.bind(disk) },
    syncDir: { value: disk.syncDir.bind(disk) },
  }) as FaultyDisk;
  expect(takeEpoch(racing, RUN_DIR)).toBe(1);
  expect(haltOf(() => takeEpoch(racing, RUN_DIR))?.code).toBe('journal.locked');
});

test('P4: a writer dies at its first commit after a newer one began, and acknowledges nothing more', () => {
  const disk = new FaultyDisk();
  const older = new JournalRun(disk);
  older.commit(3);
  const newer = new JournalRun(disk);
  newer.commit(2);
  const halt = haltOf(() => older.commit(4));
  expect([halt?.code, halt?.reason]).toEqual(['journal.halted', 'fenced']);
  expect(older.ackedSeq).toBe(3);
  newer.commit(1);
  expect(newer.ackedSeq).toBe(6);
  const replayed = replayRun(disk);
  expect(replayed.position).toEqual(newer.writer.position);
  expect(replayed.sentences.join(' ')).toContain('wrote after it was fenced is not the journal');
  expect(new JournalRun(disk).replayed.position.seq).toBe(6);
});

test('a newer writer that begins while a commit is in flight keeps it from being acknowledged', () => {
  const disk = new FaultyDisk();
  const older = new JournalRun(disk);
  older.commit(3);
  older.begin(2);
  const newer = new JournalRun(disk);
  expect(haltOf(() => older.finish())?.reason).toBe('fenced');
  expect(older.ackedSeq).toBe(3);
  expect(newer.replayed.position.seq).toBeGreaterThanOrEqual(3);
  newer.commit(1);
  expect(replayRun(disk).position).toEqual(newer.writer.position);
});

test('a fenced writer begins no segment, writes no watermark and does not stop cleanly', () => {
  const disk = new FaultyDisk();
  const older = new JournalRun(disk);
  older.commit(3);
  const newer = new JournalRun(disk);
  expect(haltOf(() => older.writer.publishWatermark())?.reason).toBe('fenced');
  older.writer.close();
  newer.commit(1);
  expect(replayRun(disk).position.seq).toBe(4);
});

test('a writer that slept through several successors is fenced, though their files are gone', () => {
  const disk = new FaultyDisk();
  const oldest = new JournalRun(disk);
  for (let start = 0; start < 4; start++) new JournalRun(disk);
  expect(disk.exists(`${RUN_DIR}/${epochName(2)}`)).toBe(false);
  expect(fenceOf(disk, RUN_DIR, 1)()).toBe(true);
  expect(fenceOf(disk, RUN_DIR, 5)()).toBe(false);
  expect(haltOf(() => oldest.commit(1))?.reason).toBe('fenced');
});

test('a segment a fenced writer had just begun is not the journal', () => {
  const disk = new FaultyDisk();
  const older = new JournalRun(disk);
  older.commit(3);
  const stray = disk.file(`${RUN_DIR}/journal-00000001-0000000000000001.seg`).content();
  const newer = new JournalRun(disk);
  newer.commit(2);
  disk.open(`${RUN_DIR}/journal-00000001-0000000000000004.seg`, 'create').writeAt(stray, 0);
  const replayed = replayRun(disk);
  expect(replayed.position.seq).toBe(5);
  expect(replayed.sentences).toEqual([
    'journal-00000001-0000000000000004.seg was begun by a fenced writer and is not the journal.',
  ]);
});
