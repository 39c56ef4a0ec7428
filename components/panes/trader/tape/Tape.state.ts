import type { FillView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView, TradeView } from '../../../../engine/protocol/views/market.ts';

/** Fewer prints than this say nothing about what is large. */
const PRINTS_FOR_BIG = 20;
const BIG_SHARE = 0.9;

/** Size from which a print is drawn strong: the largest tenth of those kept. */
export function bigLots(trades: readonly TradeView[]): number {
  if (trades.length < PRINTS_FOR_BIG) return Number.POSITIVE_INFINITY;
  const sizes = Float64Array.from(trades, (trade) => trade.lots).sort();
  return sizes[Math.floor(sizes.length * BIG_SHARE)] ?? Number.POSITIVE_INFINITY;
}

/** Smallest sizes to choose from: all, and whole tens of coins worth about 1k, 10k and 100k USD. */
export function filterChoices(lastTicks: number, market: MarketView): number[] {
  const usdPerUnit = lastTicks / market.ticksPerUsd;
  const lots = [1e3, 1e4, 1e5].map(
    (usd) => 10 ** Math.round(Math.log10(usd / usdPerUnit)) * market.lotsPerUnit,
  );
  return [0, ...new Set(lots.filter((size) => size >= 1))];
}

export function printsFrom(trades: readonly TradeView[], lotsMin: number, count: number): TradeView[] {
  const prints: TradeView[] = [];
  for (const trade of trades) {
    if (prints.length === count) break;
    if (trade.lots >= lotsMin) prints.push(trade);
  }
  return prints;
}

/** A trade has two sides and one id; ours is in the list of our fills of this market. */
export function ownTradeIds(fills: readonly FillView[], instrument: number): ReadonlySet<number> {
  return new Set(fills.filter((fill) => fill.instrument === instrument).map((fill) => fill.tradeId));
}

/** How many prints came since the list was held. */
export function newSince(trades: readonly TradeView[], held: readonly TradeView[]): number {
  const newestId = held[0]?.tradeId;
  if (newestId === undefined) return 0;
  const index = trades.findIndex((trade) => trade.tradeId <= newestId);
  return index < 0 ? trades.length : index;
}
