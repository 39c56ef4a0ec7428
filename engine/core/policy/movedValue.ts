import type { CollateralTransfer, PortPosition } from '../../protocol/commands/actions.ts';
import { collateralPriceE8, collateralValueUsd } from '../accounts/collateralValue.ts';
import { isIntegerIn } from '../admin/names.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import type { State } from '../state.ts';

/** What has no price yet is over every limit. */
export const UNPRICED_USD = Number.MAX_SAFE_INTEGER;

/** Micro-USD that transfers move, at the index and without haircut. */
export function transferredUsd(state: State, transfers: readonly CollateralTransfer[]): number {
  return transfers.reduce((sum, transfer) => addedUsd(sum, collateralUsd(state, transfer)), 0);
}

/** Two values together; past every limit stays there. */
export function addedUsd(a: number, b: number): number {
  return Math.min(UNPRICED_USD, a + b);
}

/** Micro-USD of an amount of an asset by its name, at the index and without haircut. */
export function collateralUsd(
  state: State,
  { asset: name, amount }: Pick<CollateralTransfer, 'asset' | 'amount'>,
): number {
  const asset = state.directory.assets.findIndex((each) => each.name === name);
  if (asset < 0 || !isIntegerIn(amount, 1, Number.MAX_SAFE_INTEGER)) return UNPRICED_USD;
  if (asset === USDC) return amount;
  return collateralPriceE8(state, asset) > 0 ? collateralValueUsd(state, asset, amount) : UNPRICED_USD;
}

/** Micro-USD of lots that are ported or ordered, at the mark; an option counts as what it is worth. */
export function portedUsd(
  state: State,
  { instrument, lots }: Pick<PortPosition, 'instrument' | 'lots'>,
): number {
  const isThere = isIntegerIn(instrument, 0, highWater(state.instruments) - 1);
  const mark = isThere ? state.instruments.columns.mark[instrument]! : 0;
  return mark > 0 && isIntegerIn(lots, 1, Number.MAX_SAFE_INTEGER)
    ? Math.min(UNPRICED_USD, lots * mark)
    : UNPRICED_USD;
}
