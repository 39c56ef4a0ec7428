import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/** What the account's open spot sales of an asset would deliver, in its smallest unit. */
export function unitsOnSale(state: State, account: number, asset: number): number {
  const { baseAsset, baseUnitsPerLot } = state.instruments.columns;
  const { instrument, askLots, next } = state.positions.columns;
  let units = 0;
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!) {
    const of = instrument[row]!;
    if (baseAsset[of] === asset) units += askLots[row]! * baseUnitsPerLot[of]!;
  }
  return units;
}
