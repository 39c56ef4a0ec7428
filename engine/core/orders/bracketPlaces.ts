import { BracketRole } from '../../protocol/enums.ts';
import { IS_BRACKETED } from '../book/orderTable.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { type BracketPlace, ENTRY } from './bracketTable.ts';

/** Columns of one of the two closing orders. */
interface LegColumns {
  row: Int32Array;
  ticks: Int32Array;
  limitTicks: Int32Array;
}

export function legOf({ brackets }: State, role: BracketRole): LegColumns {
  const c = brackets.columns;
  return role === BracketRole.takeProfit
    ? { row: c.takeProfit, ticks: c.takeProfitTicks, limitTicks: c.takeProfitLimitTicks }
    : { row: c.stopLoss, ticks: c.stopLossTicks, limitTicks: c.stopLossLimitTicks };
}

/** The bracket of an open order, or NONE. */
export function bracketOf(state: State, row: number): number {
  const isBracketed = (state.book.orders.columns.packed[row]! & IS_BRACKETED) !== 0;
  return isBracketed ? state.bracketLinks.columns.bracket[row]! : NONE;
}

/** What an open order is to its bracket; undefined when the bracket has let go of it. */
export function placeInBracket(state: State, bracket: number, row: number): BracketPlace | undefined {
  const { entry, takeProfit, stopLoss } = state.brackets.columns;
  if (entry[bracket] === row) return ENTRY;
  if (takeProfit[bracket] === row) return BracketRole.takeProfit;
  return stopLoss[bracket] === row ? BracketRole.stopLoss : undefined;
}

/** The other closing order of a closing order's bracket, or NONE. */
export function siblingOf(state: State, row: number): number {
  const bracket = bracketOf(state, row);
  const place = bracket === NONE ? undefined : placeInBracket(state, bracket, row);
  if (place === undefined || place === ENTRY) return NONE;
  const { takeProfit, stopLoss } = state.brackets.columns;
  return (place === BracketRole.takeProfit ? stopLoss : takeProfit)[bracket]!;
}
