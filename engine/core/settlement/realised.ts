import { assert } from '../../units/assert.ts';
import { accruedFunding } from '../funding/fundingPayment.ts';
import { balanceOf } from '../ledger/post.ts';
import { CLEARING, DUST, OUTSIDE, USDC } from '../ledger/systemAccounts.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/**
 * What every account would hold if all orders were cancelled, funding were paid up to now and all positions were closed
 * at these prices. Nothing changes by it. Cancelled orders give nothing back that a balance lacks; what rounding of
 * funding leaves with nobody is dust.
 *
 * @param perLot by instrument, micro-USD
 * @returns by account, by asset, smallest units; the outside world and clearing hold nothing
 */
export function realisedBalances(state: State, perLot: readonly number[]): bigint[][] {
  const assets = state.directory.assets.length;
  const units = Array.from({ length: highWater(state.accounts) }, (_, account) =>
    Array.from({ length: assets }, (__, asset) => BigInt(balanceOf(state, account, asset))),
  );
  if (units.length === 0 || assets === 0) return units;
  let paid = 0n;
  for (const [account, held] of units.entries()) {
    const gained = gainOf(state, account, perLot);
    held[USDC] = held[USDC]! + gained;
    paid += gained;
  }
  const clearing = units[CLEARING]!;
  clearing[USDC] = clearing[USDC]! - paid;
  assert(clearing[USDC]! >= 0n, 'closing all positions and paying funding leaves nothing owed');
  units[DUST]![USDC] = units[DUST]![USDC]! + clearing[USDC]!;
  clearing[USDC] = 0n;
  assert(
    clearing.every((left) => left === 0n),
    'clearing keeps nothing once all positions are closed',
  );
  units[OUTSIDE] = units[OUTSIDE]!.map(() => 0n);
  return units;
}

/** Profit of an account's positions at the prices, and funding so far, micro-USD. */
function gainOf(state: State, account: number, perLot: readonly number[]): bigint {
  const { instrument, lots, entryValue, next } = state.positions.columns;
  let gained = 0n;
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!) {
    const value = BigInt(lots[row]!) * BigInt(perLot[instrument[row]!]!);
    gained += value - BigInt(entryValue[row]!) + BigInt(accruedFunding(state, row));
  }
  return gained;
}
