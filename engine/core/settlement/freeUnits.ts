import { OK } from '../../protocol/errors.ts';
import { firstWithout } from '../../units/halving.ts';
import { unitsOnSale } from '../accounts/unitsOnSale.ts';
import type { Engine } from '../engine.ts';
import { balanceOf, balanceRow } from '../ledger/post.ts';
import { OUTSIDE } from '../ledger/systemAccounts.ts';

/**
 * The most that could leave an account at once by the rule of a withdrawal: what it has, beside its open sales, what the
 * vault has of it, and what stays covers its initial margin. By halving: a smaller amount leaves more behind.
 *
 * @param most no more than this is asked for, ≥ 0
 * @returns smallest units, 0 … `most`
 */
export function freeUnits(engine: Engine, account: number, asset: number, most: number): number {
  const bound = Math.min(most, unitsThere(engine, account, asset));
  if (bound <= 0) return 0;
  const mayLeave = (units: number) => engine.risk.judgeWithdrawal(account, asset, units) === OK;
  return mayLeave(bound) ? bound : firstWithout(0, bound, mayLeave) - 1;
}

/** Whether so much is free, > 0: one question of what `freeUnits` halves. */
export function areUnitsFree(engine: Engine, account: number, asset: number, units: number): boolean {
  return (
    units <= unitsThere(engine, account, asset) && engine.risk.judgeWithdrawal(account, asset, units) === OK
  );
}

/** What an account has beside its open sales, the vault has too, and a cell can count. */
function unitsThere({ state }: Engine, account: number, asset: number): number {
  const authorised = state.balances.columns.authorised[balanceRow(state, account, asset)]!;
  return Math.min(
    balanceOf(state, account, asset) - unitsOnSale(state, account, asset),
    -balanceOf(state, OUTSIDE, asset),
    Number.MAX_SAFE_INTEGER - authorised,
  );
}
