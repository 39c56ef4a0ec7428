import { stateHash } from '../core/snapshot.ts';
import { accountViewOf } from '../core/views/account.ts';
import { marketSnapshotOf } from '../core/views/market.ts';
import { ReplayedEngine } from '../host/writer/replayedEngine.ts';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { replayJournal } from '../journal/replay.ts';
import { SCHEMA_VERSION } from '../protocol/version.ts';
import type { AccountView } from '../protocol/views/account.ts';
import type { MarketSnapshotView } from '../protocol/views/market.ts';

/** What somebody wants to know of an engine, and at which sequence. */
export type Question =
  | { kind: 'book'; seq: number; instrument: number }
  | { kind: 'account'; seq: number; account: number }
  | { kind: 'hash'; seq: number };

export interface Answers {
  readonly books: ReadonlyMap<number, MarketSnapshotView>;
  readonly accounts: ReadonlyMap<number, AccountView>;
  readonly hashes: ReadonlyMap<number, string>;
}

/** More than any ladder has. */
const LEVELS = 5_000;

/**
 * Makes the engine of a data folder anew from its journal, in the test's own process and from the genesis on, and
 * answers each question when it stands at its sequence. The desk may go on writing meanwhile.
 */
export function replayedDesk(dir: string, questions: readonly Question[]): Answers {
  const answers = {
    books: new Map<number, MarketSnapshotView>(),
    accounts: new Map<number, AccountView>(),
    hashes: new Map<number, string>(),
  };
  const target = new ReplayedEngine((engine, seq) => {
    for (const question of questions) {
      if (question.seq !== seq) continue;
      if (question.kind === 'hash') answers.hashes.set(seq, stateHash(engine.state));
      else if (question.kind === 'account')
        answers.accounts.set(seq, accountViewOf(engine, question.account));
      else answers.books.set(seq, marketSnapshotOf(engine.state, question.instrument, LEVELS));
    }
  });
  const replayed = replayJournal({
    disk: nodeDisk,
    dir,
    schemaVersion: SCHEMA_VERSION,
    from: 'oldest',
    restore: target.restore,
    apply: target.apply,
  });
  if (replayed.kind === 'incompatible') throw new Error(replayed.sentence);
  return answers;
}
