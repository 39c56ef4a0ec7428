import type { Engine } from '../../core/engine.ts';
import { checkInvariants } from '../../core/invariants.ts';
import { stateHash } from '../../core/snapshot.ts';
import { directoryOf } from '../../core/views/directory.ts';
import { marketSnapshotOf } from '../../core/views/market.ts';
import { ordersOf } from '../../core/views/order.ts';
import type { Disk } from '../../journal/disk.ts';
import { openJournal } from '../../journal/open.ts';
import { setAside } from '../../journal/setAside.ts';
import type { JournalWriter } from '../../journal/writer.ts';
import { SCHEMA_VERSION } from '../../protocol/version.ts';
import { peopleAccounts } from '../people.ts';
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
  sentences.push(
    `${first.opened.sentence} It was set aside as ${name}, its chain and vault with it; the desk starts afresh.`,
  );
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
  const { seq, timeMs } = replayed.position;
  return {
    engine,
    journal: writer,
    report: {
      type: 'recovered',
      seq,
      timeMs,
      ...(engine === undefined ? nothingYet() : foundIn(engine)),
      sentences: [...sentences, ...replayed.sentences],
      replayedCount: replayed.recordCount,
      epoch: writer.epoch,
    },
  };
}

type Found = Pick<Recovered['report'], 'stateHash' | 'directory' | 'markets' | 'orders'>;

function nothingYet(): Found {
  return { stateHash: '', directory: undefined, markets: [], orders: [] };
}

function foundIn(engine: Engine): Found {
  const { state } = engine;
  const directory = directoryOf(engine);
  return {
    stateHash: stateHash(state),
    directory,
    markets: directory.markets.map(({ instrument }) => marketSnapshotOf(state, instrument, ALL_LEVELS)),
    orders: [...peopleAccounts(directory)].flatMap((account) => ordersOf(state, account)),
  };
}
