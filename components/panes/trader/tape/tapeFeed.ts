import type { TradeView } from '../../../../engine/protocol/views/market.ts';
import { trades } from '../../../../lib/stores/marketStore.ts';

/** The prints as the painter reads them: they come with every frame, so they do not pass through React. */
export interface TapeFeed {
  /** Newest first; undefined before the market is known. */
  trades(): readonly TradeView[] | undefined;
  /** @returns stops telling */
  subscribe(listener: () => void): () => void;
}

export function liveTape(instrument: number): TapeFeed {
  return {
    trades: () => trades.get(instrument),
    subscribe: (listener) => trades.subscribe(instrument, listener),
  };
}
