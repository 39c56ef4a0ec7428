import { CancelReason } from '../../protocol/enums.ts';
import { findOrder } from '../book/openOrder.ts';
import { agentOf } from '../book/orderTable.ts';
import type { Engine } from '../engine.ts';
import { accountsWithin } from '../firms/within.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { cancelRow } from './cancelRow.ts';

/**
 * Cancels what an agent placed or changed last and is still open or parked, wherever in the firm. What closes the fills
 * of a bracket is nobody's and stays: it protects what is held.
 *
 * @param root of the agent's firm
 */
export function cancelOfAgent(engine: Engine, agent: number, root: number): void {
  const { book } = engine.state;
  // The end of one order of a bracket may end another: each is looked up again.
  for (const id of idsOf(engine, agent, root)) {
    const row = findOrder(book, id);
    if (row !== NONE) cancelRow(engine, row, -1, CancelReason.keyRevoked);
  }
}

function idsOf({ state }: Engine, agent: number, root: number): number[] {
  const { id } = state.book.orders.columns;
  return rowsOfAgent(state, agent, root).map((row) => id[row]!);
}

/** Rows of orders, open and parked, that an agent placed or changed last. */
export function rowsOfAgent(state: State, agent: number, root: number): number[] {
  const { packed, nextOfAccount } = state.book.orders.columns;
  const rows: number[] = [];
  for (const account of accountsWithin(state, root)) {
    let row = state.accounts.columns.firstOrder[account]!;
    for (; row !== NONE; row = nextOfAccount[row]!) if (agentOf(packed[row]!) === agent) rows.push(row);
  }
  return rows;
}
