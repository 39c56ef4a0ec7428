import type { Engine } from '../core/engine.ts';
import { stateHash } from '../core/snapshot.ts';
import { accountViewOf } from '../core/views/account.ts';
import { firmViewOf } from '../core/views/firm.ts';
import type { Disk } from '../journal/disk.ts';
import { replayJournal } from '../journal/replay.ts';
import { SCHEMA_VERSION } from '../protocol/version.ts';
import type { PastView } from '../protocol/views/past.ts';
import type { Seq } from '../units/time.ts';
import { ReplayedEngine } from './writer/replayedEngine.ts';

export interface PastQuestion {
  readonly seq: number;
  readonly member: number;
  /** Those the reader may see today. */
  readonly accounts: readonly number[];
}

/** Thrown to leave a replay where it has come far enough. */
class Arrived extends Error {
  override readonly name = 'Arrived';
}

/**
 * The state behind a command, from the nearest snapshot before it. Nothing is written and no lock is taken: the desk
 * goes on writing the same folder.
 *
 * @returns undefined when the journal no longer reaches back there, does not reach it yet, or the member was not there
 * @fails journal.corrupt
 */
export function pastOf(disk: Disk, dir: string, question: PastQuestion): PastView | undefined {
  const { seq } = question;
  let fromSeq = 0;
  const target = new ReplayedEngine((_, at) => {
    if (at === seq) throw new Arrived();
  });
  try {
    replayJournal({
      disk,
      dir,
      schemaVersion: SCHEMA_VERSION,
      snapshotSeqMax: seq as Seq,
      restore: (snapshot) => {
        fromSeq = snapshot.seq;
        target.restore(snapshot);
        if (snapshot.seq === seq) throw new Arrived();
      },
      apply: target.apply,
    });
  } catch (error) {
    if (error instanceof Arrived) return viewOf(target.engine!, question, fromSeq);
    throw error;
  }
  return undefined;
}

function viewOf(
  engine: Engine,
  { seq, member, accounts }: PastQuestion,
  fromSeq: number,
): PastView | undefined {
  const { directory, globals } = engine.state;
  if (directory.members[member] === undefined) return undefined;
  return {
    seq,
    timeMs: globals.columns.timeMs[0]!,
    stateHash: stateHash(engine.state),
    firm: firmViewOf(engine, member),
    accounts: accounts
      .filter((account) => directory.accounts[account] !== undefined)
      .map((account) => accountViewOf(engine, account)),
    fromSeq,
    replayedCount: seq - fromSeq,
  };
}
