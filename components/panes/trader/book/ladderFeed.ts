import type { BookFrame } from '../../../../lib/feed/bookFrame.ts';
import { books, trades } from '../../../../lib/stores/marketStore.ts';

/**
 * The market as the painter reads it: it changes sixty times a second, so it does not pass through React. Book and
 * last price of one frame belong together.
 */
export interface LadderFeed {
  book(): BookFrame | undefined;
  lastTicks(): number | undefined;
  /** @returns stops telling */
  subscribe(listener: () => void): () => void;
}

export function liveFeed(instrument: number): LadderFeed {
  return {
    book: () => books.get(instrument),
    lastTicks: () => trades.get(instrument)?.[0]?.priceTicks,
    subscribe(listener) {
      const stops = [books.subscribe(instrument, listener), trades.subscribe(instrument, listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
