import { type OptionLeg, underlyingsOf, type VenueBook } from '../book.ts';
import { leftOut, unlisted, withoutFutures } from '../holdings.ts';
import type { VenueAccount, VenueModel } from '../venue.ts';
import { type DeriveExpiry, forwardPortions } from './expiry.ts';
import { accountOf, cashOf } from './marginResult.ts';
import { AS_OF, MARKETS, OTHER_MARKET, OWN_MARKET, PORTFOLIO_2, SOURCE } from './parameters.ts';
import type { Collateral2 } from './portfolio2.ts';
import { portfolioMargin2 } from './portfolioMargin2.ts';

export const derivePortfolioVenue: VenueModel = {
  id: 'derivePortfolio',
  name: 'Derive, portfolio margin 2',
  rule: 'Worst of 31 scenarios of price, volatility and skew of one market, plus contingencies.',
  source: SOURCE,
  asOf: AS_OF,
  obstacles: (book) => [...unlisted(book, MARKETS), ...oneMarketOnly(book), ...withoutFutures(book)],
  remarks: (book) => [
    'The stable coin is taken at par, interest rates as 0 and all price feeds as sure.',
    ...leftOut(book, MARKETS),
  ],
  account,
};

function oneMarketOnly(book: VenueBook): string[] {
  const markets = underlyingsOf(book);
  if (markets.length <= 1) return [];
  return [
    `One account there holds one market: ${markets.join(' and ')} would need accounts that do not net.`,
  ];
}

function account(book: VenueBook): VenueAccount {
  const [market] = underlyingsOf(book);
  const spotPrice = spotOf(book, market);
  const size = book.linear.reduce((sum, leg) => sum + leg.size, 0);
  const unrealized = book.linear.reduce((sum, leg) => sum + leg.size * (leg.mark - leg.entry), 0);
  const portfolio = {
    cash: cashOf(book),
    stablePrice: 1,
    spotPrice,
    spotConfidence: 1,
    perpetualSize: size,
    perpetualPrice: book.linear[0]?.mark ?? spotPrice,
    perpetualConfidence: 1,
    perpetualValue: unrealized,
    collaterals: collateralsOf(book, market),
    expiries: expiriesOf(book.options),
  };
  return accountOf(portfolioMargin2(portfolio, PORTFOLIO_2));
}

function spotOf(book: VenueBook, market: string | undefined): number {
  const coin = book.coins.find(({ asset }) => asset === market);
  return book.options[0]?.index ?? coin?.price ?? book.linear[0]?.mark ?? 0;
}

function collateralsOf(book: VenueBook, market: string | undefined): Collateral2[] {
  return book.coins.flatMap(({ asset, amount, price }) => {
    const isRiskCancelling = asset === market;
    const haircuts = (isRiskCancelling ? OWN_MARKET : OTHER_MARKET)[asset];
    if (haircuts === undefined) return [];
    const { initial: initialHaircut, maintenance: maintenanceHaircut } = haircuts;
    return [{ amount, price, confidence: 1, isRiskCancelling, initialHaircut, maintenanceHaircut }];
  });
}

function expiriesOf(options: readonly OptionLeg[]): DeriveExpiry[] {
  return [...new Set(options.map(({ secondsToExpiry }) => secondsToExpiry))].map((secondsToExpiry) => {
    const held = options.filter((option) => option.secondsToExpiry === secondsToExpiry);
    return {
      secondsToExpiry,
      ...forwardPortions(held[0]!.forward, secondsToExpiry),
      rate: 0,
      confidence: 1,
      options: held,
    };
  });
}
