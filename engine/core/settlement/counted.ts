import type { Engine } from '../engine.ts';
import { rememberFact } from '../memory/undo.ts';
import type { State } from '../state.ts';
import type { SettlementFacts } from './settlementFacts.ts';
import { subOf } from './subOf.ts';

type Counted = SettlementFacts['counted'][number];

/** Deposits remembered once the vault counts them: more than a chain takes back. */
const COUNTED_MAX = 1_024;

/** Remembers what became of the vault's next deposit, so that it can be taken back. No fact of anybody's screen. */
export function noteCounted({ state, undo }: Engine, deposit: Omit<Counted, 'seq'>): void {
  const { directory, globals } = state;
  const before = directory.settlement;
  if (before.vault === null) return;
  const noted = { ...deposit, seq: globals.columns.seq[0]! };
  const counted = [...before.counted.slice(1 - COUNTED_MAX), noted];
  directory.settlement = { ...before, counted };
  rememberFact(undo, () => {
    directory.settlement = before;
  });
}

/** The last of what was credited before there was a vault, as it counts them from now on. */
export function countedBefore(state: State): Counted[] {
  const { deposits } = state.directory;
  const first = Math.max(0, deposits.length - COUNTED_MAX);
  return deposits.slice(first).map(({ account, asset, amount, seq }, index) => ({
    id: first + index,
    account,
    sub: subOf(state, account),
    asset,
    amount,
    seq,
  }));
}
