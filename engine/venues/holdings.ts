import { underlyingsOf, type VenueBook } from './book.ts';

/** Underlyings of the book a venue has no parameters for in our copy. */
export function unlisted(book: VenueBook, markets: Readonly<Record<string, unknown>>): string[] {
  return underlyingsOf(book)
    .filter((underlying) => !Object.hasOwn(markets, underlying))
    .map((underlying) => `${underlying} is not listed there, or not in our copy of its parameters.`);
}

export function withoutOptions({ options }: VenueBook): string[] {
  return options.length === 0 ? [] : ['It has no options.'];
}

export function withoutFutures({ linear }: VenueBook): string[] {
  return linear.some(({ kind }) => kind === 'future') ? ['It has no dated futures.'] : [];
}

export function withoutDebt({ usdc }: VenueBook): string[] {
  return usdc < 0 ? ['It lends no USDC against other collateral.'] : [];
}

/** Why a venue of perpetuals margined in USDC alone cannot hold the book. */
export function beyondPerpetuals(book: VenueBook, markets: Readonly<Record<string, unknown>>): string[] {
  return [...unlisted(book, markets), ...withoutOptions(book), ...withoutFutures(book), ...withoutDebt(book)];
}

/** Coins that are no collateral there: the account would have to sell them first. */
export function leftOut({ coins }: VenueBook, taken: Readonly<Record<string, unknown>> = {}): string[] {
  return coins
    .filter(({ asset, amount }) => amount !== 0 && !Object.hasOwn(taken, asset))
    .map(({ asset, amount }) => `${amount} ${asset} do not count as collateral there and are left out.`);
}

/** Value of the coins a venue takes, at full price, USD. */
export function coinsUsd({ coins }: VenueBook, taken: Readonly<Record<string, unknown>>): number {
  return coins
    .filter(({ asset }) => Object.hasOwn(taken, asset))
    .reduce((sum, { amount, price }) => sum + amount * price, 0);
}
