import type { VenueComparisonView, VenueLegView, VenueMarginView } from '../protocol/views/venues.ts';
import { binanceVenue } from './binance/venue.ts';
import { underlyingsOf, type VenueBook } from './book.ts';
import { deribitVenue } from './deribit/venue.ts';
import { derivePortfolioVenue } from './derive/portfolioVenue.ts';
import { deriveStandardVenue } from './derive/standardVenue.ts';
import { driftVenue } from './drift/venue.ts';
import { dydxVenue } from './dydx/venue.ts';
import { hyperliquidVenue } from './hyperliquid/venue.ts';
import { okxVenue } from './okx/venue.ts';
import { paradexVenue } from './paradex/venue.ts';
import { liquidationFactor } from './rootSearch.ts';
import { synthetixVenue } from './synthetix/venue.ts';
import type { VenueAccount, VenueModel } from './venue.ts';

export type VenueComparison = VenueComparisonView;

/** In the order they are shown. */
export const venues: readonly VenueModel[] = [
  hyperliquidVenue,
  dydxVenue,
  deriveStandardVenue,
  derivePortfolioVenue,
  driftVenue,
  deribitVenue,
  paradexVenue,
  okxVenue,
  binanceVenue,
  synthetixVenue,
];

const MICRO = 1_000_000;

/**
 * What a book would need on every venue: initial and maintenance margin, the price at which each leg would be
 * liquidated, and in sentences what does not compare.
 *
 * @param book USD and coins; sizes and prices must be finite
 * @returns a row for every venue, in a fixed order; requirements rounded up, equity down
 */
export function compareVenues(book: VenueBook): VenueComparison[] {
  return venues.map((model) => comparison(model, book));
}

function comparison(model: VenueModel, book: VenueBook): VenueComparison {
  const { id: venue, name, rule, source, asOf } = model;
  const shared = { venue, name, rule, source, asOf };
  const obstacles = model.obstacles(book);
  if (obstacles.length > 0)
    return { ...shared, state: 'cannotHold', margin: null, legs: [], remarks: obstacles };
  const account = model.account(book);
  const margin = marginView(account);
  if (margin === undefined) {
    const remarks = ['The book is too large to be compared.'];
    return { ...shared, state: 'cannotHold', margin: null, legs: [], remarks };
  }
  // Without legs nothing can be liquidated, whatever the equity.
  const isFailing = underlyingsOf(book).length > 0 && account.equityUsd <= account.maintenanceUsd;
  return {
    ...shared,
    state: isFailing ? 'liquidatable' : 'held',
    margin,
    legs: legViews(model, book),
    remarks: model.remarks(book),
  };
}

/** Money as our views carry it, unless it does not fit. */
function marginView({ equityUsd, initialUsd, maintenanceUsd }: VenueAccount): VenueMarginView | undefined {
  const equity = Math.floor(equityUsd * MICRO);
  const initial = Math.ceil(initialUsd * MICRO);
  const maintenance = Math.ceil(maintenanceUsd * MICRO);
  const free = equity - initial;
  if (![equity, initial, maintenance, free].every(Number.isSafeInteger)) return undefined;
  return { equityUsd: equity, initialUsd: initial, maintenanceUsd: maintenance, freeUsd: free };
}

/** Legs of one underlying fall together, so they share one search. */
function legViews(model: VenueModel, book: VenueBook): VenueLegView[] {
  const factors = new Map(
    underlyingsOf(book).map((underlying) => [underlying, liquidationFactor(model, book, underlying)]),
  );
  // An option is liquidated at a price of its underlying: its own premium says little.
  const priced = [
    ...book.linear.map((leg) => ({ ...leg, price: leg.mark })),
    ...book.options.map((leg) => ({ ...leg, price: leg.index })),
  ];
  return priced.map(({ instrument, underlying, price }) => {
    const factor = factors.get(underlying);
    if (factor === undefined) return { instrument, underlying, liquidationPriceUsd: null, move: null };
    const liquidationPriceUsd = Math.round(price * factor * MICRO);
    return { instrument, underlying, liquidationPriceUsd, move: factor - 1 };
  });
}
