import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { USD_SCALE } from '../../units/money.ts';
import { type Coin, coinOf } from './coins.ts';

/** An instrument of the desk together with the coin whose behaviour it has. */
export interface QuotedMarket {
  readonly market: MarketView;
  readonly coin: Coin;
  /** Place of the coin in the price paths. */
  readonly path: number;
}

/** The perpetuals a generated market can quote, except those that someone else does. */
export function quotedMarkets(directory: DirectoryView, except: readonly string[]): QuotedMarket[] {
  const quoted: QuotedMarket[] = [];
  for (const market of directory.markets) {
    const coin = coinOf(market.underlying);
    if (coin !== undefined && market.kind === 'perpetual' && !except.includes(market.name))
      quoted.push({ market, coin, path: quoted.length });
  }
  return quoted;
}

/** Whole lots worth about so many USD at a price: not less than the smallest order, not more than the largest. */
export function lotsWorth(market: MarketView, usd: number, priceTicks: number): number {
  const usdPerLot = priceTicks * market.usdPerTickLot;
  const least = Math.ceil(market.notionalMinUsd / usdPerLot);
  const wanted = Math.round((usd * USD_SCALE) / usdPerLot);
  return Math.min(Math.max(wanted, least, 1), market.sizeLotsMax);
}

/** What a position of so many lots is worth at a price in USD per coin. */
export function positionUsd(market: MarketView, lots: number, priceUsd: number): number {
  return (lots / market.lotsPerUnit) * priceUsd;
}
