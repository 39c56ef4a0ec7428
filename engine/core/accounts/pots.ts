import { InstrumentKind } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/**
 * A pot is an account of its own: what it holds, owes and may lose is its own, so it is margined alone by the
 * same rules as any other. It differs in three things: it trades one underlying, it holds USDC only, and its
 * firm's people reach it through the account it belongs to.
 */
export function isPot(state: State, account: number): boolean {
  return state.accounts.columns.potOf[account] !== NONE;
}

/** Pots of an account, in the order they were opened. */
export function potsOf(state: State, account: number): number[] {
  const { potOf } = state.accounts.columns;
  const pots: number[] = [];
  // A pot is opened after its account.
  for (let row = account + 1; row < highWater(state.accounts); row++)
    if (potOf[row] === account) pots.push(row);
  return pots;
}

/**
 * Whether an account may trade an instrument at all: a pot only what is written on its underlying, and no spot.
 *
 * @returns OK or: pot.otherUnderlying, pot.spot
 */
export function judgePot(state: State, account: number, instrument: number): number {
  const potUnderlying = state.accounts.columns.potUnderlying[account]!;
  if (potUnderlying === NONE) return OK;
  const { underlying, kind } = state.instruments.columns;
  if (underlying[instrument] !== potUnderlying) return refusal['pot.otherUnderlying'];
  return kind[instrument] === InstrumentKind.spot ? refusal['pot.spot'] : OK;
}
