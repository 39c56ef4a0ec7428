import { netByUnderlying, unrealizedOf, type VenueBook } from '../book.ts';
import { leftOut, unlisted, withoutDebt, withoutFutures } from '../holdings.ts';
import type { VenueAccount, VenueModel } from '../venue.ts';
import { AS_OF, MARKETS, SOURCE } from './parameters.ts';
import { shareToRestore } from './partialLiquidation.ts';
import { deltaMargin } from './portfolioMargin.ts';

/** Share of the released maintenance its table of partial liquidations takes. */
const PENALTY = 0.5;

export const paradexVenue: VenueModel = {
  id: 'paradex',
  name: 'Paradex, portfolio margin',
  rule: 'Largest loss of each underlying over ±16 % and damped tails; maintenance half of it.',
  source: SOURCE,
  asOf: AS_OF,
  obstacles: (book) => [
    ...unlisted(book, MARKETS),
    ...(book.options.length > 0
      ? ['Its option scenarios need volatility shocks that are not in our copy.']
      : []),
    ...withoutFutures(book),
    ...withoutDebt(book),
  ],
  remarks: (book) => [
    'Fees that it adds to the requirement are left out.',
    ...firstShare(book),
    ...leftOut(book),
  ],
  account,
};

function account(book: VenueBook): VenueAccount {
  let [initialUsd, maintenanceUsd] = [0, 0];
  for (const { size, notional } of netByUnderlying(book).values()) {
    if (size === 0) continue;
    const margin = deltaMargin(size, notional / size);
    initialUsd += margin.initialUsd;
    maintenanceUsd += margin.maintenanceUsd;
  }
  return { equityUsd: book.usdc + unrealizedOf(book), initialUsd, maintenanceUsd };
}

/** Only an account under maintenance asks how much of it would go first. */
function firstShare(book: VenueBook): string[] {
  const { equityUsd, maintenanceUsd } = account(book);
  if (maintenanceUsd === 0 || equityUsd > maintenanceUsd) return [];
  const share = shareToRestore({ accountValueUsd: equityUsd, maintenanceUsd }, PENALTY);
  return [`It would liquidate ${Math.round(share * 100)} % of every position first.`];
}
