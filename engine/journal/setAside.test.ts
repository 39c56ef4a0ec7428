import { expect, test } from 'vitest';
import { FaultyDisk } from '../lab/sim/faultyDisk.ts';
import {
  JournalRun,
  RUN_DIR,
  RUN_SCHEMA,
  RunState,
  replayRun,
  runInput,
  scriptedWork,
} from '../lab/sim/journalRun.ts';
import { openJournal } from './open.ts';
import { type Incompatible, replayJournal } from './replay.ts';
import { setAside } from './setAside.ts';

const NOW_MS = 1_790_000_000_000;

function writtenByAnother(): { disk: FaultyDisk; found: Incompatible } {
  const disk = new FaultyDisk();
  const run = new JournalRun(disk);
  scriptedWork(run, 30);
  const found = openNewer(disk);
  if (found.kind !== 'incompatible') throw new Error('the schema was not looked at');
  return { disk, found };
}

function openNewer(disk: FaultyDisk) {
  return openJournal({ ...runInput(disk, new RunState()), schemaVersion: RUN_SCHEMA + 1 });
}

test('a folder of another schema is named as such and left as it is', () => {
  const { disk, found } = writtenByAnother();
  expect(found.code).toBe('journal.incompatible');
  expect(found.sentence).toBe(
    'The data folder has format 1, schema 7; this version reads format 1, schema 8.',
  );
  const before = disk.callCount;
  expect(openNewer(disk).kind).toBe('incompatible');
  expect(replayJournal({ ...runInput(disk, new RunState()), schemaVersion: 8 }).kind).toBe('incompatible');
  expect(disk.callCount).toBe(before);
  expect(replayRun(disk).position.seq).toBeGreaterThan(0);
});

test('set aside, its content stands whole under a name with a sentence, and the folder is new', () => {
  const { disk, found } = writtenByAnother();
  const old = replayRun(disk).position;
  const name = setAside(disk, RUN_DIR, found, NOW_MS);
  expect(name).toBe('set-aside-1.7-1790000000000');
  expect(disk.list(RUN_DIR)).toEqual([name]);
  const why = Buffer.from(disk.file(`${RUN_DIR}/${name}/WHY.txt`).content()).toString();
  expect(why).toContain('schema 7; this version reads format 1, schema 8');
  const opened = openNewer(disk);
  expect(opened.kind === 'open' && opened.replayed.position.seq).toBe(0);
  expect(replayRun(disk, { dir: `${RUN_DIR}/${name}` }).position).toEqual(old);
});

test('cut at any call, the next start finds it incompatible still, or new, and never half of it', () => {
  for (let call = 0; ; call++) {
    const { disk, found } = writtenByAnother();
    const first = disk.callCount;
    disk.failAt(first + call, 'cut');
    let isDone = false;
    try {
      setAside(disk, RUN_DIR, found, NOW_MS);
      isDone = true;
    } catch {
      disk.losePower('subset');
    }
    if (isDone) return;
    let opened = openNewer(disk);
    if (opened.kind === 'incompatible') {
      setAside(disk, RUN_DIR, opened, NOW_MS + 1);
      opened = openNewer(disk);
    }
    expect(opened.kind === 'open' && opened.replayed.position.seq, `call ${call}`).toBe(0);
  }
});
