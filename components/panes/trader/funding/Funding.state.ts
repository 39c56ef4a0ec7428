import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { GridLayout } from '../../../../lib/gridLayout.ts';
import type { Place } from '../../../../lib/hooks/history.ts';

/** A payment as the records tell it. */
export interface FundingPaid extends Place {
  timeMs: number;
  instrument: number;
  /** Positive: received. */
  amountUsd: number;
  /** Size × samples it was held through, of the hour's 720; positive for a long. */
  lotSamples: number;
  /** Of the hour, 1e-9; positive: longs paid. */
  ratePpb: number;
}

export interface FundingRow {
  readonly paid: FundingPaid;
  readonly market: MarketView;
}

export const fundingLayout: GridLayout = {
  order: [],
  hidden: [],
  sort: [{ id: 'time', isDescending: true }],
  groupBy: '',
};

/** Payments of markets that are listed. */
export function fundingRows(paid: readonly FundingPaid[], markets: readonly MarketView[]): FundingRow[] {
  const marketOf = new Map(markets.map((market) => [market.instrument, market]));
  return paid.flatMap((each) => {
    const market = marketOf.get(each.instrument);
    return market === undefined ? [] : [{ paid: each, market }];
  });
}
