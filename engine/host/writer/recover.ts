import type { Engine } from '../../core/engine.ts';
import { checkInvariants } from '../../core/invariants.ts';
import { stateHash } from '../../core/snapshot.ts';
import { directoryOf } from '../../core/views/directory.ts';
import { marketSnapshotOf } from '../../core/views/market.ts';
import type { Disk } from '../../journal/disk.ts';
import { openJournal } from '../../journal/open.ts';
import { setAside } from '../../journal/setAside.ts';
import type { JournalWriter } from '../../journal/writer.ts';
import { SCHEMA_VERSION } from '../../protocol/version.ts';
import type { FromEngine } from '../threads/messages.ts';
import { ReplayedEngine } from './replayedEngine.ts';

export interface Recovered {
  /** Undefined in an empty folder: the genesis makes it. */
  readonly engine: Engine | undefined;
  readonly journal: JournalWriter;
  readonly report: Extract<FromEngine, { type: 'recovered' }>;
}

/** Every level of a book: the streams' own copy starts from it. */
const ALL_LEVELS = 16_384;

/**
 * Snapshot, then journal, then a segment of our own. A folder of another version is set aside, which a
 * sandbox may do: its money is not real.
 *
 * @fails journal.corrupt, journal.halted; AssertionError when the state that was restored cannot be
 */
export function recover(disk: Disk, dir: string, nowMs: () => number): Recovered {
  const sentences: string[] = [];
  const first = attempt(disk, dir);
  if (first.opened.kind === 'open') return recovered(first.target.engine, first.opened, sentences);
  const name = setAside(disk, dir, first.opened, nowMs());
  sentences.push(`${first.opened.sentence} It was set aside as ${name}; the desk starts afresh.`);
  const second = attempt(disk, dir);
  if (second.opened.kind === 'incompatible') throw new Error(second.opened.sentence);
  return recovered(second.target.engine, second.opened, sentences);
}

function attempt(disk: Disk, dir: string) {
  const target = new ReplayedEngine();
  const opened = openJournal({
    disk,
    dir,
    schemaVersion: SCHEMA_VERSION,
    restore: target.restore,
    apply: target.apply,
  });
  return { target, opened };
}

function recovered(
  engine: Engine | undefined,
  { writer, replayed }: Extract<ReturnType<typeof openJournal>, { kind: 'open' }>,
  sentences: string[],
): Recovered {
  if (engine !== undefined) checkInvariants(engine.state);
  const instruments = engine?.state.directory.instruments ?? [];
  return {
    engine,
    journal: writer,
    report: {
      type: 'recovered',
      seq: replayed.position.seq,
      timeMs: replayed.position.timeMs,
      stateHash: engine === undefined ? '' : stateHash(engine.state),
      directory: engine === undefined ? undefined : directoryOf(engine),
      markets:
        engine === undefined ? [] : instruments.map((_, k) => marketSnapshotOf(engine.state, k, ALL_LEVELS)),
      sentences: [...sentences, ...replayed.sentences],
      replayedCount: replayed.recordCount,
      epoch: writer.epoch,
    },
  };
}
