import { type Disk, pathIn, writeWhole } from '../../journal/disk.ts';
import { nodeDisk } from '../../journal/nodeDisk.ts';
import { openJournal } from '../../journal/open.ts';
import { replayJournal } from '../../journal/replay.ts';
import type { JournalWriter } from '../../journal/writer.ts';
import { assert } from '../../units/assert.ts';
import type { Seq, TimeMs } from '../../units/time.ts';

/** What the journal costs beside the least any journal could cost, measured in turns within one run. */
export interface JournalMeasure {
  /** A loop of write + fdatasync of the same bytes, appending to one file. Median of the rounds. */
  readonly bareNsPerRecord: number;
  /** The same records through JournalWriter: copy, hash, write, fdatasync, fence. Median of the rounds. */
  readonly journalNsPerRecord: number;
  /** Throughput of the journal ÷ throughput of the bare loop: 1 means it costs nothing. Median of the rounds. */
  readonly ratio: number;
  /** Copying a record into the batch, without any disk. */
  readonly appendNsPerRecord: number;
  /** Reading, verifying and handing out, with a callback that only counts. */
  readonly replayRecordsPerSec: number;
}

const RECORD_BYTES = 100;
const GROUP = 256;
const GROUPS_PER_ROUND = 250;
const ROUNDS = 7;
const START_MS = 1_700_000_000_000;

/**
 * Measures the journal in a folder of its own below `dir`, and leaves its files there.
 *
 * @param dir an existing, empty folder on the disk to be measured
 */
export function measureJournal(dir: string): JournalMeasure {
  const payload = new Uint8Array(RECORD_BYTES).map((_, index) => index * 7);
  const folder = pathIn(dir, 'journal');
  const writer = openForBench(folder);
  const bareNs: number[] = [];
  const journalNs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    bareNs.push(bareRound(nodeDisk, pathIn(dir, `bare-${round}`), bytesOfGroup(writer, payload)));
    journalNs.push(journalRound(writer, payload));
  }
  const ratios = bareNs.map((ns, round) => ns / journalNs[round]);
  const appendNsPerRecord = appendOnly(writer, payload);
  writer.close();
  return {
    bareNsPerRecord: median(bareNs),
    journalNsPerRecord: median(journalNs),
    ratio: median(ratios),
    appendNsPerRecord,
    replayRecordsPerSec: measureReplay(folder),
  };
}

function openForBench(dir: string): JournalWriter {
  const ignore = () => undefined;
  const opened = openJournal({ disk: nodeDisk, dir, schemaVersion: 1, restore: ignore, apply: ignore });
  assert(opened.kind === 'open', 'the bench has a folder of its own');
  return opened.writer;
}

/** A group's frame, so that the bare loop writes exactly as many bytes. */
function bytesOfGroup(writer: JournalWriter, payload: Uint8Array): Uint8Array {
  appendGroup(writer, payload);
  writer.commit();
  return new Uint8Array(writer.lastFrame());
}

function bareRound(disk: Disk, path: string, group: Uint8Array): number {
  const file = disk.open(path, 'create');
  const startedNs = process.hrtime.bigint();
  for (let index = 0; index < GROUPS_PER_ROUND; index++) {
    writeWhole(file, group, index * group.length);
    file.sync();
  }
  const elapsedNs = Number(process.hrtime.bigint() - startedNs);
  file.close();
  return elapsedNs / (GROUPS_PER_ROUND * GROUP);
}

function journalRound(writer: JournalWriter, payload: Uint8Array): number {
  const startedNs = process.hrtime.bigint();
  for (let index = 0; index < GROUPS_PER_ROUND; index++) {
    appendGroup(writer, payload);
    writer.commit();
  }
  return Number(process.hrtime.bigint() - startedNs) / (GROUPS_PER_ROUND * GROUP);
}

function appendGroup(writer: JournalWriter, payload: Uint8Array): void {
  let seq = writer.position.seq + writer.pendingCount;
  // One record a microsecond, as at full load: the watermark is written as often as it would be then.
  for (let index = 0; index < GROUP; index++) {
    seq++;
    writer.append(seq as Seq, (START_MS + Math.floor(seq / 1_000)) as TimeMs, payload);
  }
}

function appendOnly(writer: JournalWriter, payload: Uint8Array): number {
  let elapsedNs = 0;
  const turns = 200;
  for (let turn = 0; turn < turns; turn++) {
    const startedNs = process.hrtime.bigint();
    appendGroup(writer, payload);
    elapsedNs += Number(process.hrtime.bigint() - startedNs);
    writer.commit();
  }
  return elapsedNs / (turns * GROUP);
}

function measureReplay(dir: string): number {
  const rates: number[] = [];
  for (let round = 0; round < 3; round++) {
    let count = 0;
    const apply = () => {
      count++;
    };
    const startedNs = process.hrtime.bigint();
    replayJournal({ disk: nodeDisk, dir, schemaVersion: 1, restore: () => undefined, apply });
    rates.push((count * 1e9) / Number(process.hrtime.bigint() - startedNs));
  }
  return median(rates);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
