import { type OptionLeg, unrealizedOf, type VenueBook } from '../book.ts';
import { coinsUsd, leftOut, unlisted } from '../holdings.ts';
import type { VenueAccount, VenueModel } from '../venue.ts';
import { sizeScaledMargin } from './futureMargin.ts';
import { shortOptionMargin } from './optionMargin.ts';
import { AS_OF, CROSS_COLLATERAL, MARKETS, SOURCE } from './parameters.ts';

/** Cross collateral with standard margin; its portfolio margin needs a matrix the venue does not publish. */
export const deribitVenue: VenueModel = {
  id: 'deribit',
  name: 'Deribit, standard margin',
  rule: 'Each instrument alone, rates growing with size; short options 10–15 % of the underlying and their mark.',
  source: SOURCE,
  asOf: AS_OF,
  obstacles: (book) => unlisted(book, MARKETS),
  remarks: (book) => [
    'Its portfolio margin would net legs and need less; its matrix is not public.',
    ...fullValue(book),
    ...leftOut(book, CROSS_COLLATERAL),
  ],
  account,
};

function fullValue({ coins }: VenueBook): string[] {
  const counted = coins.filter(({ asset }) => Object.hasOwn(CROSS_COLLATERAL, asset));
  return counted.length > 0 ? ['Coins count in full: the venue’s haircuts on them are not in our copy.'] : [];
}

function account(book: VenueBook): VenueAccount {
  let [initialUsd, maintenanceUsd] = [0, 0];
  for (const { underlying, size, mark } of book.linear) {
    const { initial, maintenance } = MARKETS[underlying]!;
    initialUsd += sizeScaledMargin(size, mark, initial);
    maintenanceUsd += sizeScaledMargin(size, mark, maintenance);
  }
  for (const option of book.options.filter(({ size }) => size < 0)) {
    const { initial, maintenance } = shortMargin(option);
    initialUsd += initial;
    maintenanceUsd += maintenance;
  }
  // A long option's value cannot carry other positions: what it adds to equity is required again.
  const held = book.options.reduce((sum, { size, mark }) => sum + Math.max(0, size) * mark, 0);
  return {
    equityUsd: book.usdc + coinsUsd(book, CROSS_COLLATERAL) + unrealizedOf(book),
    initialUsd: initialUsd + held,
    maintenanceUsd: maintenanceUsd + held,
  };
}

/**
 * The rule adds a short option's mark because the premium lies in the balance. Our equity already has the mark taken
 * off, so only the share of the underlying is required here.
 */
function shortMargin({ isCall, strike, index, mark, size }: OptionLeg): {
  initial: number;
  maintenance: number;
} {
  const markCoins = mark / index;
  const { initial, maintenance } = shortOptionMargin({ isCall, strike, underlying: index, markCoins });
  const scale = Math.abs(size) * index;
  return { initial: (initial - markCoins) * scale, maintenance: (maintenance - markCoins) * scale };
}
