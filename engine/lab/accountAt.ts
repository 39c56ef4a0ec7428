import { accountViewOf } from '../core/views/account.ts';
import { ReplayedEngine } from '../host/writer/replayedEngine.ts';
import type { Disk } from '../journal/disk.ts';
import { replayJournal } from '../journal/replay.ts';
import { SCHEMA_VERSION } from '../protocol/version.ts';
import type { AccountView } from '../protocol/views/account.ts';
import type { Seq } from '../units/time.ts';

/**
 * An account as it stood right after one command of a journal, by a replay of its own: from the newest snapshot before
 * it, else from the genesis. Writes nothing; a desk may be writing to the folder.
 *
 * @param seq undefined: after the last command
 * @fails Error with a sentence when the folder does not hold that sequence, or nobody had such an account then;
 *   JournalError for damage
 */
export function accountAt(disk: Disk, dir: string, account: number, seq: number | undefined): AccountView {
  let first: number | undefined;
  let found: AccountView | undefined;
  const target = new ReplayedEngine((engine, applied) => {
    first ??= applied;
    if (applied === seq) found = viewOf(engine, account);
  });
  const replayed = replayJournal({
    disk,
    dir,
    schemaVersion: SCHEMA_VERSION,
    ...(seq !== undefined && { snapshotSeqMax: (seq - 1) as Seq }),
    restore: target.restore,
    apply: target.apply,
  });
  if (replayed.kind === 'incompatible') throw new Error(replayed.sentence);
  if (seq === undefined && target.engine !== undefined) found = viewOf(target.engine, account);
  if (found !== undefined) return found;
  const last = replayed.position.seq;
  throw new Error(
    seq === undefined
      ? 'The folder holds no command yet.'
      : `The folder can show sequences ${first ?? last} to ${last}; ${seq} is none of them.`,
  );
}

function viewOf(engine: NonNullable<ReplayedEngine['engine']>, account: number): AccountView {
  const { accounts } = engine.state.directory;
  if (accounts[account] === undefined)
    throw new Error(`There was no account ${account} then; the last one was ${accounts.length - 1}.`);
  return accountViewOf(engine, account);
}
