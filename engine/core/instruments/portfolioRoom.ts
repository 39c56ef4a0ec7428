import { InstrumentKind, InstrumentStage } from '../../protocol/enums.ts';
import { EXPIRY_LEGS_MAX } from '../margin/expiryLegs.ts';
import { OPTION_BLOCKS_MAX } from '../margin/optionBook.ts';
import { highWater } from '../memory/table.ts';
import type { State } from '../state.ts';

/**
 * Whether one account could still hold everything that trades after one more listing: a portfolio has a row
 * for each of so many dated futures, and a block for the options of so many underlyings.
 *
 * What has expired is money on its way and needs neither, so room comes back with every expiry.
 */
export function hasPortfolioRoom(state: State, underlying: number, kind: InstrumentKind): boolean {
  if (kind === InstrumentKind.future) return countFutures(state) < EXPIRY_LEGS_MAX;
  if (kind !== InstrumentKind.option) return true;
  const withOptions = underlyingsWithOptions(state);
  return withOptions.has(underlying) || withOptions.size < OPTION_BLOCKS_MAX;
}

/** No two futures share an underlying and an expiry, so each is a row. */
function countFutures(state: State): number {
  const { kind, stage } = state.instruments.columns;
  let count = 0;
  for (let row = 0; row < highWater(state.instruments); row++) {
    if (kind[row] === InstrumentKind.future && stage[row] === InstrumentStage.trading) count++;
  }
  return count;
}

function underlyingsWithOptions(state: State): ReadonlySet<number> {
  const { kind, stage, underlying } = state.instruments.columns;
  const found = new Set<number>();
  for (let row = 0; row < highWater(state.instruments); row++) {
    if (kind[row] === InstrumentKind.option && stage[row] === InstrumentStage.trading)
      found.add(underlying[row]!);
  }
  return found;
}
