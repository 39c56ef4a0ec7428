import { netByUnderlying, unrealizedOf, type VenueBook } from '../book.ts';
import { beyondPerpetuals, coinsUsd, leftOut } from '../holdings.ts';
import type { VenueAccount, VenueModel } from '../venue.ts';
import { discountOf } from './collateral.ts';
import { positionMargin } from './margin.ts';
import { AS_OF, COLLATERAL, MARKETS, SOURCE } from './parameters.ts';

export const synthetixVenue: VenueModel = {
  id: 'synthetix',
  name: 'Synthetix v3',
  rule: 'Notional × (size ÷ skew scale × fraction + 2 %), and 50 USD a position; no netting.',
  source: SOURCE,
  asOf: AS_OF,
  obstacles: (book) => beyondPerpetuals(book, MARKETS),
  remarks: (book) => [
    'Its fills move with the skew of the market, which is not known here; profit is at our mark.',
    ...leftOut(book, COLLATERAL),
  ],
  account,
};

function account(book: VenueBook): VenueAccount {
  let [initialUsd, maintenanceUsd] = [0, 0];
  for (const [underlying, { size, notional }] of netByUnderlying(book)) {
    if (size === 0) continue;
    const margin = positionMargin(size, notional / size, MARKETS[underlying]!);
    initialUsd += margin.initialUsd;
    maintenanceUsd += margin.maintenanceUsd;
  }
  const haircut = book.coins.reduce((sum, { asset, amount, price }) => {
    const discount = COLLATERAL[asset];
    return discount === undefined ? sum : sum + amount * price * discountOf(amount, discount);
  }, 0);
  return {
    equityUsd: book.usdc + coinsUsd(book, COLLATERAL) + unrealizedOf(book),
    initialUsd: initialUsd + haircut,
    maintenanceUsd: maintenanceUsd + haircut,
  };
}
