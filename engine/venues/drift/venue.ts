import { netByUnderlying, unrealizedOf, type VenueBook } from '../book.ts';
import { coinsUsd, leftOut, unlisted, withoutFutures, withoutOptions } from '../holdings.ts';
import type { VenueAccount, VenueModel } from '../venue.ts';
import { AS_OF, ASSET_WEIGHTS, MARKETS, SOURCE } from './parameters.ts';
import { sizedMarginRatio, worstCaseSpot } from './weights.ts';

export const driftVenue: VenueModel = {
  id: 'drift',
  name: 'Drift v2',
  rule: 'Notional × ratio of the market; coins at 80 % for initial and 90 % for maintenance; no netting.',
  source: SOURCE,
  asOf: AS_OF,
  obstacles: (book) => [...unlisted(book, MARKETS), ...withoutOptions(book), ...withoutFutures(book)],
  remarks: (book) => [
    'Ratios that grow with size and weights that shrink with the pool are at their starting values.',
    ...leftOut(book, ASSET_WEIGHTS),
  ],
  account,
};

function account(book: VenueBook): VenueAccount {
  const equityUsd = book.usdc + coinsUsd(book, ASSET_WEIGHTS) + unrealizedOf(book);
  let [initialUsd, maintenanceUsd] = [0, 0];
  for (const [underlying, { size, notional }] of netByUnderlying(book)) {
    const { initialRatio, maintenanceRatio, imfFactor } = MARKETS[underlying]!;
    initialUsd += Math.abs(notional) * sizedMarginRatio(initialRatio, imfFactor, size);
    maintenanceUsd += Math.abs(notional) * sizedMarginRatio(maintenanceRatio, imfFactor, size);
  }
  const haircut = (which: 'initial' | 'maintenance') =>
    book.coins.reduce((sum, { asset, amount, price }) => {
      const weight = ASSET_WEIGHTS[asset]?.[which];
      if (weight === undefined) return sum;
      const idle = { bids: 0, asks: 0, openOrders: 0, assetWeight: weight, liabilityWeight: 2 - weight };
      const { collateralUsd, requirementUsd } = worstCaseSpot({ ...idle, balance: amount, price });
      return sum + amount * price - (collateralUsd - requirementUsd);
    }, 0);
  return {
    equityUsd,
    initialUsd: initialUsd + haircut('initial'),
    maintenanceUsd: maintenanceUsd + haircut('maintenance'),
  };
}
