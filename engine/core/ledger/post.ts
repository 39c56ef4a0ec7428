import { assert } from '../../units/assert.ts';
import { announceLedgerPosted } from '../announce.ts';
import { putF } from '../memory/undo.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';

export function balanceRow(state: State, account: number, asset: number): number {
  return account * state.limits.assets + asset;
}

export function balanceOf(state: State, account: number, asset: number): number {
  return state.balances.columns.amount[balanceRow(state, account, asset)]!;
}

/**
 * Moves an amount from one account to another. The only way a balance changes, so every asset sums to
 * zero over all accounts after every command.
 *
 * @param amount smallest units of the asset, > 0
 * @param reason one of LedgerReason
 * @param instrument what it is about, −1 for none
 */
export function post(
  writer: StateWriter,
  debit: number,
  credit: number,
  asset: number,
  amount: number,
  reason: number,
  instrument: number,
): void {
  assert(amount > 0 && amount <= Number.MAX_SAFE_INTEGER, 'a posting moves a positive amount that is exact');
  const { state, undo } = writer;
  const { amount: balances } = state.balances.columns;
  const from = balanceRow(state, debit, asset);
  const to = balanceRow(state, credit, asset);
  const left = balances[from]! - amount;
  const right = balances[to]! + amount;
  assert(
    Math.abs(left) <= Number.MAX_SAFE_INTEGER && Math.abs(right) <= Number.MAX_SAFE_INTEGER,
    'a balance leaves the safe integers',
  );
  putF(undo, balances, from, left);
  putF(undo, balances, to, right);
  announceLedgerPosted(writer.out, debit, credit, asset, amount, reason, instrument);
}
