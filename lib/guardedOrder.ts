import type { MarketStatsView, MarketView, MarkView } from '../engine/protocol/views/market.ts';
import type { PreviewView } from '../engine/protocol/views/preview.ts';
import type { OrderDraftWire } from '../engine/protocol/wire/commands.ts';

/** What an order at market would do now; `unknown` where that was asked and no answer came. */
export type ExpectedFill = Pick<PreviewView, 'filledLots' | 'worstPriceTicks'> | 'unknown';

export interface GuardedMarket {
  market: MarketView;
  mark: MarkView | undefined;
  stats: MarketStatsView | undefined;
  /** Undefined where it was not asked. */
  fill?: ExpectedFill | undefined;
}

export type GuardedOrder = Pick<OrderDraftWire, 'type' | 'size' | 'price' | 'triggerPrice' | 'isReduceOnly'>;
