import type { FillView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { GridLayout } from '../../../../lib/gridLayout.ts';

export interface FillRow {
  readonly fill: FillView;
  readonly market: MarketView;
}

export const fillsLayout: GridLayout = {
  order: [],
  hidden: [],
  sort: [{ id: 'time', isDescending: true }],
  groupBy: '',
};

/** The stream's fills and what the records hold, each once: a trade of one account with itself has two sides. */
export function fillRows(
  live: readonly FillView[],
  recorded: readonly FillView[],
  markets: readonly MarketView[],
): FillRow[] {
  const marketOf = new Map(markets.map((market) => [market.instrument, market]));
  const seen = new Set<string>();
  return [...live, ...recorded].flatMap((fill) => {
    const key = fillKey(fill);
    const market = marketOf.get(fill.instrument);
    if (market === undefined || seen.has(key)) return [];
    seen.add(key);
    return [{ fill, market }];
  });
}

export function fillKey({ tradeId, orderId, instrument }: FillView): string {
  return `${instrument}/${tradeId}/${orderId}`;
}

export function notionalUsd({ fill, market }: FillRow): number {
  return fill.priceTicks * fill.lots * market.usdPerTickLot;
}
