import { type OptionLeg, underlyingsOf, type VenueBook } from '../book.ts';
import { leftOut, unlisted, withoutFutures } from '../holdings.ts';
import type { VenueAccount, VenueModel } from '../venue.ts';
import { accountOf, cashOf } from './marginResult.ts';
import { AS_OF, MARKETS, SOURCE, STANDARD } from './parameters.ts';
import { type StandardExpiry, type StandardMarket, standardMargin } from './standardMargin.ts';

export const deriveStandardVenue: VenueModel = {
  id: 'deriveStandard',
  name: 'Derive, standard margin',
  rule: 'Fixed shares per perpetual; options of an expiry the smaller of their sum and their largest loss.',
  source: SOURCE,
  asOf: AS_OF,
  obstacles: (book) => [...unlisted(book, MARKETS), ...withoutFutures(book)],
  remarks: (book) => [
    'The stable coin is taken at par and all price feeds as sure.',
    ...leftOut(book, MARKETS),
  ],
  account,
};

function account(book: VenueBook): VenueAccount {
  const coins = book.coins.filter(({ asset }) => Object.hasOwn(MARKETS, asset));
  const names = new Set([...underlyingsOf(book), ...coins.map(({ asset }) => asset)]);
  const markets = [...names].map((name) => marketOf(book, name));
  return accountOf(standardMargin({ cash: cashOf(book), stablePrice: 1, markets }, STANDARD));
}

function marketOf(book: VenueBook, name: string): StandardMarket {
  const coins = book.coins.filter(({ asset }) => asset === name);
  const linear = book.linear.filter(({ underlying }) => underlying === name);
  const options = book.options.filter(({ underlying }) => underlying === name);
  const spot = options[0]?.index ?? coins[0]?.price ?? linear[0]?.mark ?? 0;
  return {
    spot,
    spotConfidence: 1,
    base: coins.reduce((sum, { amount }) => sum + amount, 0),
    perpetualSize: linear.reduce((sum, { size }) => sum + size, 0),
    perpetualPrice: linear[0]?.mark ?? spot,
    perpetualConfidence: 1,
    unrealizedUsd: linear.reduce((sum, { size, mark, entry }) => sum + size * (mark - entry), 0),
    expiries: expiriesOf(options),
  };
}

function expiriesOf(options: readonly OptionLeg[]): StandardExpiry[] {
  return [...new Set(options.map(({ secondsToExpiry }) => secondsToExpiry))].map((secondsToExpiry) => {
    const held = options.filter((option) => option.secondsToExpiry === secondsToExpiry);
    return {
      secondsToExpiry,
      forward: held[0]!.forward,
      forwardConfidence: 1,
      volatilityConfidence: 1,
      options: held,
    };
  });
}
