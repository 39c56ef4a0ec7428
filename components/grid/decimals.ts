import type { MarketView } from '../../engine/protocol/views/market.ts';
import { formatPrice, formatSize } from '../../lib/format.ts';

/** Digits after the point of a printed number. */
export function decimalsIn(text: string | undefined): number {
  return /\.([0-9]+)/.exec(text ?? '')?.[1]?.length ?? 0;
}

/** The most digits after the point among printed numbers: a column has room for all of them. */
export function mostDecimals(texts: readonly (string | undefined)[]): number {
  return texts.reduce((most, text) => Math.max(most, decimalsIn(text)), 0);
}

/** Digits after the point that sizes and prices of some markets are written with, at most. */
export interface MarketDecimals {
  readonly size: number;
  readonly price: number;
}

export function marketDecimals(markets: Iterable<MarketView>): MarketDecimals {
  const distinct = [...new Set(markets)];
  return {
    size: mostDecimals(distinct.map((market) => formatSize(1, market))),
    price: mostDecimals(distinct.map((market) => formatPrice(1, market))),
  };
}
