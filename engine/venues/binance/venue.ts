import { unrealizedOf, type VenueBook } from '../book.ts';
import { coinsUsd, leftOut, unlisted, withoutOptions } from '../holdings.ts';
import type { VenueAccount, VenueModel } from '../venue.ts';
import { bracketOf } from './brackets.ts';
import { bracketMaintenance } from './liquidationPrice.ts';
import {
  AS_OF,
  COLLATERAL_RATES,
  LIQUIDATION_RATIO,
  MARKETS,
  NEW_ORDER_RATIO,
  SOURCE,
} from './parameters.ts';
import { countedEquity } from './portfolioMargin.ts';

export const binanceVenue: VenueModel = {
  id: 'binance',
  name: 'Binance, portfolio margin',
  rule: 'Bracket maintenance of each position; new orders above 120 % of it, liquidation at 105 %.',
  source: SOURCE,
  asOf: AS_OF,
  obstacles: (book) => [...unlisted(book, MARKETS), ...withoutOptions(book)],
  remarks: (book) => [
    'It has no initial margin: ours is the equity at which it still takes orders. Long and short do not net.',
    'The brackets in our copy are old.',
    ...(book.usdc < 0 ? ['Interest and maintenance of the USDC loan are left out.'] : []),
    ...leftOut(book, COLLATERAL_RATES),
  ],
  account,
};

function account(book: VenueBook): VenueAccount {
  const maintenance = book.linear.reduce((sum, { underlying, size, mark, entry }) => {
    const bracket = bracketOf(MARKETS[underlying]!, size * mark);
    return sum + bracketMaintenance({ size, entry, ...bracket }, mark);
  }, 0);
  const coins = coinsUsd(book, COLLATERAL_RATES);
  const counted = book.coins.reduce((sum, { asset, amount, price }) => {
    const rate = COLLATERAL_RATES[asset];
    return rate === undefined ? sum : sum + countedEquity(amount, price, rate);
  }, 0);
  const haircut = coins - counted;
  return {
    equityUsd: book.usdc + coins + unrealizedOf(book),
    initialUsd: maintenance * NEW_ORDER_RATIO + haircut,
    maintenanceUsd: maintenance * LIQUIDATION_RATIO + haircut,
  };
}
