import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from '../../core/apply.ts';
import { openEngine } from '../../core/engine.ts';
import { stateHash } from '../../core/snapshot.ts';
import { nodeDisk } from '../../journal/nodeDisk.ts';
import { openJournal } from '../../journal/open.ts';
import { replayJournal } from '../../journal/replay.ts';
import { SCHEMA_VERSION } from '../../protocol/version.ts';
import { assert } from '../../units/assert.ts';
import type { Seq, TimeMs } from '../../units/time.ts';
import type { Flow } from './fullPath.ts';

/** Commands that share one sync, as on the desk under load. */
const GROUP = 256;

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

/**
 * The whole path with its journal: apply, append, sync each group; then a bare loop of the same bytes.
 *
 * @param dir an empty folder on the disk to measure; what is written stays in it
 */
export function measureDurable(flow: Flow, dir: string): DurableResult {
  const engine = openEngine(flow.genesis);
  const opened = openJournal({
    disk: nodeDisk,
    dir,
    schemaVersion: SCHEMA_VERSION,
    restore: () => assert(false, 'a fresh folder has no snapshot'),
    apply: () => assert(false, 'a fresh folder has no records'),
  });
  assert(opened.kind === 'open', 'a fresh folder opens');
  const { writer } = opened;
  const write = (records: Flow['records']): void => {
    for (const [k, { seq, timeMs, bytes }] of records.entries()) {
      engine.out.reset();
      apply(engine, seq, timeMs, bytes);
      writer.append(seq as Seq, timeMs as TimeMs, bytes);
      if (k % GROUP === GROUP - 1) writer.commit();
    }
    writer.commit();
  };
  write(flow.opening);
  const start = process.hrtime.bigint();
  write(flow.records);
  const durableNs = Number(process.hrtime.bigint() - start);
  writer.close();
  const bareNs = measureBare(flow, dir);
  return { ...rates(flow, durableNs, bareNs), hash: stateHash(engine.state) };
}

function rates(
  flow: Flow,
  durableNs: number,
  bareNs: number,
): Pick<DurableResult, 'durablePerSecond' | 'barePerSecond' | 'ratio'> {
  const perSecond = (elapsedNs: number): number => Math.round((flow.records.length * 1e9) / elapsedNs);
  return {
    durablePerSecond: perSecond(durableNs),
    barePerSecond: perSecond(bareNs),
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
