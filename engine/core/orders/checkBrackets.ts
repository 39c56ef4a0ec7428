import { OrderFlag } from '../../protocol/enums.ts';
import { assert } from '../../units/assert.ts';
import { flagsOf, IS_BRACKETED, sideOf } from '../book/orderTable.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { instrumentOfOrder } from './books.ts';

/**
 * States what we believe of brackets: each closing order is reduce-only, on the other side of its entry, and open
 * for just what the entry has filled and neither has closed; room is kept for what may still be opened.
 *
 * @fails AssertionError with the sentence that does not hold
 */
export function checkBrackets(state: State): void {
  const b = state.brackets.columns;
  let promised = 0;
  let orders = 0;
  for (let bracket = 0; bracket < highWater(state.brackets); bracket++) {
    if (b.entryId[bracket] === 0) continue;
    const rows = [b.entry[bracket]!, b.takeProfit[bracket]!, b.stopLoss[bracket]!].filter(
      (row) => row !== NONE,
    );
    assert(rows.length > 0, 'a bracket lives as long as one of its orders');
    orders += rows.length;
    promised += b.promisedOrders[bracket]!;
    for (const row of rows) checkRow(state, bracket, row);
    const isEntryOpen = b.entry[bracket] !== NONE;
    assert(b.heldLots[bracket]! >= 0, 'a bracket never closes more than its entry has filled');
    assert(isEntryOpen === b.promisedOrders[bracket]! > 0, 'room is kept as long as an entry can fill');
    const wanted = [b.takeProfitTicks[bracket]!, b.stopLossTicks[bracket]!].filter((ticks) => ticks !== 0);
    assert(
      !isEntryOpen || b.promisedOrders[bracket]! >= wanted.length,
      'room is kept for all that an entry opens',
    );
    checkLegs(state, bracket, b.takeProfit[bracket]!, b.takeProfitTicks[bracket]!);
    checkLegs(state, bracket, b.stopLoss[bracket]!, b.stopLossTicks[bracket]!);
  }
  assert(
    promised === state.book.counters.columns.promisedOrders[0],
    'the books keep room for all that is promised',
  );
  assert(orders === countBracketed(state), 'every order of a bracket is known to it');
}

function checkRow(state: State, bracket: number, row: number): void {
  const c = state.book.orders.columns;
  const b = state.brackets.columns;
  assert(state.bracketLinks.columns.bracket[row] === bracket, 'an order of a bracket knows it');
  assert(c.account[row] === b.account[bracket], 'a bracket is of one account');
  assert(instrumentOfOrder(state, row) === b.instrument[bracket], 'a bracket is of one instrument');
  if (b.entry[bracket] === row) {
    assert(c.id[row] === b.entryId[bracket], 'a bracket knows its entry');
    return;
  }
  assert((flagsOf(c.packed[row]!) & OrderFlag.reduceOnly) !== 0, 'what closes a fill never opens anything');
  assert(sideOf(c.packed[row]!) !== b.entrySide[bracket], 'what closes a fill is on its other side');
}

function checkLegs(state: State, bracket: number, row: number, ticks: number): void {
  const held = state.brackets.columns.heldLots[bracket]!;
  const isWanted = held > 0 && ticks !== 0;
  assert(isWanted === (row !== NONE), 'a closing order is open as long as there is something to close');
  if (row === NONE) return;
  const open = state.book.orders.columns.openLots[row];
  assert(open === held, `a closing order is open for ${open} lots, its bracket holds ${held}`);
}

function countBracketed(state: State): number {
  const { packed, nextOfAccount } = state.book.orders.columns;
  const { firstOrder } = state.accounts.columns;
  let count = 0;
  for (let account = 0; account < highWater(state.accounts); account++) {
    for (let row = firstOrder[account]!; row !== NONE; row = nextOfAccount[row]!)
      if ((packed[row]! & IS_BRACKETED) !== 0) count++;
  }
  return count;
}
