import { netByUnderlying, unrealizedOf, type VenueBook } from '../book.ts';
import { coinsUsd, leftOut, unlisted } from '../holdings.ts';
import type { VenueAccount, VenueModel } from '../venue.ts';
import { AS_OF, MARKETS, SOURCE } from './parameters.ts';
import { combineRisks } from './portfolioMargin.ts';

/** Half of the loss in the extreme move counts. */
const EXTREME_SHARE = 0.5;

export const okxVenue: VenueModel = {
  id: 'okx',
  name: 'OKX, portfolio margin',
  rule: 'Worst of spot shock and half an extreme move per underlying; initial margin 1.3 of maintenance.',
  source: SOURCE,
  asOf: AS_OF,
  obstacles: (book) => [
    ...unlisted(book, MARKETS),
    ...(book.options.length > 0
      ? ['Its option risks (decay, volatility, basis, rates) need shocks that are not in our copy.']
      : []),
  ],
  remarks: (book) => [
    'Basis between expiries and the minimum charge for closing (MR4, MR7) are left out.',
    ...fullValue(book),
    ...leftOut(book, MARKETS),
  ],
  account,
};

function fullValue({ coins }: VenueBook): string[] {
  const counted = coins.some(({ asset, amount }) => amount !== 0 && Object.hasOwn(MARKETS, asset));
  return counted ? ['Coins count in full: the venue’s discounts on them are not in our copy.'] : [];
}

function account(book: VenueBook): VenueAccount {
  let [initialUsd, maintenanceUsd] = [0, 0];
  for (const [underlying, { notional }] of netByUnderlying(book)) {
    const { spotShock, extreme } = MARKETS[underlying]!;
    const size = Math.abs(notional);
    const { initial, maintenance } = combineRisks({
      mr1: size * spotShock,
      mr2: 0,
      mr3: 0,
      mr4: 0,
      mr5: 0,
      mr6: size * extreme * EXTREME_SHARE,
      mr7: 0,
    });
    initialUsd += initial;
    maintenanceUsd += maintenance;
  }
  return {
    equityUsd: book.usdc + coinsUsd(book, MARKETS) + unrealizedOf(book),
    initialUsd,
    maintenanceUsd,
  };
}
