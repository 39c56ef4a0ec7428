import type { LevelView, MarketView, MarkView } from '../engine/protocol/views/market.ts';
import { priceText, readNumber } from './numberInput.ts';

/** What prices are written against. */
export interface PriceContext {
  market: MarketView;
  book: { bids: readonly LevelView[]; asks: readonly LevelView[] } | undefined;
  mark: MarkView | undefined;
}

/** `waiting`: it would mean something once the book or mark is known. */
export type TypedPrice =
  | { is: 'empty' | 'unreadable' | 'waiting' }
  /** `isComputed`: not the digits that were typed, so they are said back. */
  | { is: 'decimal'; text: string; isComputed: boolean };

/** Reads a number, or `bid`, `mid`, `ask` and `mark` with ticks added: `bid+2`, `ask - 3`. */
export function readPrice(typed: string, context: PriceContext): TypedPrice {
  const match = /^\s*(bid|mid|ask|mark)\s*(?:([+\-−])\s*([0-9]{1,6}))?\s*$/i.exec(typed);
  if (match === null) {
    const number = readNumber(typed);
    return number.is === 'decimal' ? { ...number, isComputed: false } : number;
  }
  const [, name = '', sign = '+', count = '0'] = match;
  const reference = referenceTicks(name.toLowerCase(), context);
  if (reference === undefined) return { is: 'waiting' };
  const ticks = reference + (sign === '+' ? 1 : -1) * Number(count);
  if (ticks < 1) return { is: 'unreadable' };
  return { is: 'decimal', text: priceText(ticks, context.market), isComputed: true };
}

function referenceTicks(name: string, { market, book, mark }: PriceContext): number | undefined {
  const bid = book?.bids[0]?.[0];
  const ask = book?.asks[0]?.[0];
  if (name === 'bid') return bid;
  if (name === 'ask') return ask;
  if (name === 'mid') return bid === undefined || ask === undefined ? undefined : Math.floor((bid + ask) / 2);
  return mark && markTicks(mark, market);
}

/** The tick nearest to the mark. */
export function markTicks(mark: MarkView, market: MarketView): number {
  return Math.round(mark.markUsdPerLot / market.usdPerTickLot);
}
