import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { apply } from '../../core/apply.ts';
import type { Engine } from '../../core/engine.ts';
import { openEngine } from '../../core/openEngine.ts';
import { stateHash } from '../../core/snapshot.ts';
import { startSyncThread } from '../../host/threads/startSyncThread.ts';
import { Writer } from '../../host/writer/writer.ts';
import type { Disk } from '../../journal/disk.ts';
import { nodeDisk, nodeDiskWith } from '../../journal/nodeDisk.ts';
import { openJournal } from '../../journal/open.ts';
import { replayJournal } from '../../journal/replay.ts';
import type { JournalWriter } from '../../journal/writer.ts';
import { SCHEMA_VERSION } from '../../protocol/version.ts';
import { assert } from '../../units/assert.ts';
import { type Flow, WARM_SHARE } from './fullPath.ts';

/** Commands that share one sync, as on the desk under load. */
const GROUP = 256;

/**
 * The flow's time is that of a calm market, 250 ms for 1,000 commands, and the bench plays it a hundred times
 * faster. So that the watermark is written as often as at 500,000 commands a second, 10 times in each, it waits
 * for 50,000 commands of the flow.
 */
const WATERMARK_INTERVAL_MS = 12_500;

export interface DurableResult {
  durablePerSecond: number;
  /** The same bytes, written and synced in the same groups by a bare loop, with nothing else done. */
  barePerSecond: number;
  /** Durable ÷ bare. */
  ratio: number;
  hash: string;
}

export interface ReplayCosts {
  replayPerSecond: number;
  hash: string;
}

/** Commands that arrive together, with the time the desk gives them. */
interface Arrival {
  readonly timeMs: number;
  readonly ids: number[];
  readonly envelopes: Uint8Array[];
}

/**
 * The desk's own writer under load: whenever it looks, the next group waits. It applies, journals, syncs on the
 * thread beside it and makes what it would tell; only the threads that would hear it are missing. Then a bare
 * loop of the same bytes.
 *
 * @param dir an empty folder on the disk to measure; what is written stays in it
 */
export async function measureDurable(flow: Flow, dir: string): Promise<DurableResult> {
  const engine = openEngine(flow.genesis);
  const syncThread = startSyncThread((error) => {
    throw error;
  });
  while (!syncThread.isReady) await delay(1);
  const journal = openFresh(nodeDiskWith(syncThread.startSync), dir);
  const warm = Math.floor(flow.records.length * WARM_SHARE);
  const timed = arrivalsOf(flow.records.slice(warm));
  writeUnderLoad(engine, journal, arrivalsOf(flow.opening));
  writeUnderLoad(engine, journal, arrivalsOf(flow.records.slice(0, warm)));
  const start = process.hrtime.bigint();
  writeUnderLoad(engine, journal, timed);
  const durableNs = Number(process.hrtime.bigint() - start) / (flow.records.length - warm);
  journal.close();
  syncThread.stop();
  const bareNs = measureBare(flow, dir) / flow.records.length;
  return { ...rates(durableNs, bareNs), hash: stateHash(engine.state) };
}

function openFresh(disk: Disk, dir: string): JournalWriter {
  const opened = openJournal({
    disk,
    dir,
    schemaVersion: SCHEMA_VERSION,
    restore: () => assert(false, 'a fresh folder has no snapshot'),
    apply: () => assert(false, 'a fresh folder has no records'),
    options: { watermarkIntervalMs: WATERMARK_INTERVAL_MS },
  });
  assert(opened.kind === 'open', 'a fresh folder opens');
  return opened.writer;
}

function writeUnderLoad(engine: Engine, journal: JournalWriter, arrivals: readonly Arrival[]): void {
  let next = 0;
  let timeMs = 0;
  const takeArrived = (): void => {
    const arrival = arrivals[next++];
    if (arrival === undefined) return;
    timeMs = arrival.timeMs;
    writer.accept(arrival.ids, arrival.envelopes);
  };
  const writer = new Writer(engine, journal, {
    clock: { nowMs: () => timeMs },
    steadyMs: () => performance.now(),
    takeArrived,
    toMain: () => undefined,
    toFollower: () => undefined,
  });
  while (next < arrivals.length) {
    takeArrived();
    writer.drain();
  }
}

/** Groups of at most 256; a group has one time. */
function arrivalsOf(records: Flow['records']): Arrival[] {
  const arrivals: Arrival[] = [];
  for (const { seq, timeMs, bytes } of records) {
    const last = arrivals.at(-1);
    if (last === undefined || last.timeMs !== timeMs || last.ids.length === GROUP) {
      arrivals.push({ timeMs, ids: [seq], envelopes: [bytes] });
    } else {
      last.ids.push(seq);
      last.envelopes.push(bytes);
    }
  }
  return arrivals;
}

/** Of nanoseconds a command. */
function rates(durableNs: number, bareNs: number): Omit<DurableResult, 'hash'> {
  return {
    durablePerSecond: Math.round(1e9 / durableNs),
    barePerSecond: Math.round(1e9 / bareNs),
    ratio: bareNs / durableNs,
  };
}

function measureBare(flow: Flow, dir: string): number {
  const path = join(dir, 'bare.bin');
  const file = openSync(path, 'w');
  const group = new Uint8Array(GROUP * 1_024);
  const start = process.hrtime.bigint();
  let length = 0;
  for (const [k, { bytes }] of flow.records.entries()) {
    group.set(bytes, length);
    length += bytes.length;
    if (k % GROUP !== GROUP - 1) continue;
    writeSync(file, group, 0, length);
    fdatasyncSync(file);
    length = 0;
  }
  const elapsedNs = Number(process.hrtime.bigint() - start);
  closeSync(file);
  rmSync(path);
  return elapsedNs;
}

/** The start of a desk: reads, verifies and applies the journal that `measureDurable` left, in a process of its own. */
export function measureReplay(flow: Flow, dir: string): ReplayCosts {
  const engine = openEngine(flow.genesis);
  const start = process.hrtime.bigint();
  const replayed = replayJournal({
    disk: nodeDisk,
    dir,
    schemaVersion: SCHEMA_VERSION,
    restore: () => assert(false, 'the journal starts at its genesis'),
    apply: (seq, timeMs, payload) => {
      engine.out.reset();
      apply(engine, seq, timeMs, payload);
    },
  });
  const elapsedNs = Number(process.hrtime.bigint() - start);
  assert(replayed.kind === 'replayed', 'the journal just written is of this version');
  return {
    replayPerSecond: Math.round((replayed.recordCount * 1e9) / elapsedNs),
    hash: stateHash(engine.state),
  };
}
