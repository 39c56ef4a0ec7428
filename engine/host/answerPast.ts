import { stateHash } from '../core/snapshot.ts';
import type { State } from '../core/state.ts';
import { accountViewOf } from '../core/views/account.ts';
import { directoryOf } from '../core/views/directory.ts';
import { firmViewOf } from '../core/views/firm.ts';
import type { DirectoryView } from '../protocol/views/directory.ts';
import type { PastMomentView, PastView } from '../protocol/views/past.ts';
import { answerCall } from './follower/answerCall.ts';
import { DistanceBook } from './follower/distanceBook.ts';
import { StressBook } from './follower/stressBook.ts';
import type { PastEngine } from './pastEngine.ts';
import type { FollowerAnswers, FollowerCall } from './threads/messages.ts';

/** What the follower is asked that only looks. Nothing else is answered of the past. */
type Shown =
  | 'watchedAccount'
  | 'account'
  | 'accounts'
  | 'firmRisk'
  | 'venues'
  | 'stresses'
  | 'stressMap'
  | 'marginSchedule'
  | 'oracle'
  | 'optionChain'
  | 'payoff'
  | 'firm'
  | 'proposals'
  | 'proposalTrial'
  | 'markets';

export type PastCall =
  | Extract<FollowerCall, { kind: Shown }>
  | { kind: 'directory' }
  | { kind: 'moment' }
  | { kind: 'look'; member: number; accounts: number[] };

export interface PastAnswers extends Pick<FollowerAnswers, Shown> {
  directory: DirectoryView;
  moment: PastMomentView;
  look: PastView;
}

/**
 * Answers from an engine of the past as the follower does from today's: the same views by the same code.
 *
 * @returns `past.unknown` for what was not there yet
 */
export class PastDesk {
  readonly #past: PastEngine;
  // Nobody's preview waits behind this thread, and its state stands: all is measured, at once.
  readonly #books = { distances: new DistanceBook(() => 0), stresses: new StressBook(() => 0) };

  constructor(past: PastEngine) {
    this.#past = past;
  }

  answer(call: PastCall): PastAnswers[PastCall['kind']] | 'past.unknown' {
    const { engine } = this.#past;
    const known = onlyKnown(engine.state, call);
    if (known === undefined) return 'past.unknown';
    if (known.kind === 'moment') return this.#moment();
    if (known.kind === 'directory') return directoryOf(engine);
    if (known.kind === 'look') return this.#look(known.member, known.accounts);
    return answerCall(engine, known, this.#books) as PastAnswers[Shown];
  }

  #moment(): PastMomentView {
    const { engine, seq, fromSeq } = this.#past;
    return {
      seq,
      timeMs: engine.state.globals.columns.timeMs[0]!,
      stateHash: stateHash(engine.state),
      fromSeq,
      replayedCount: seq - fromSeq,
    };
  }

  #look(member: number, accounts: readonly number[]): PastView {
    const { engine } = this.#past;
    return {
      ...this.#moment(),
      firm: firmViewOf(engine, member),
      accounts: accounts.map((account) => accountViewOf(engine, account)),
    };
  }
}

/** The question without what was not there yet; undefined when nothing is left to ask about. */
function onlyKnown({ directory }: State, call: PastCall): PastCall | undefined {
  const isThere = (list: readonly unknown[], row: number) => list[row] !== undefined;
  if ('account' in call && !isThere(directory.accounts, call.account)) return undefined;
  if ('underlying' in call && !isThere(directory.underlyings, call.underlying)) return undefined;
  if ('member' in call && !isThere(directory.members, call.member)) return undefined;
  if ('firm' in call && !isThere(directory.firms, call.firm)) return undefined;
  if (!('accounts' in call)) return call;
  return { ...call, accounts: call.accounts.filter((account) => isThere(directory.accounts, account)) };
}
