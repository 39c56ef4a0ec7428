import type { FillView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView, TradeView } from '../../../../engine/protocol/views/market.ts';

/** Fewer prints than this say nothing about what is large. */
const PRINTS_FOR_BIG = 20;
const BIG_SHARE = 0.9;

/** A line of the tape: one trade, or all that one taker order traded. */
export interface Print {
  /** Of the newest trade in it. */
  tradeId: number;
  timeMs: number;
  takerSide: TradeView['takerSide'];
  /** Of the newest trade: how far the order went. */
  priceTicks: number;
  lots: number;
  isOwn: boolean;
}

/**
 * Size from which a print is drawn strong: about the largest tenth of those kept, as a round number, so that a row
 * does not turn strong and weak again while it passes.
 */
export function bigLots(trades: readonly TradeView[]): number {
  if (trades.length < PRINTS_FOR_BIG) return Number.POSITIVE_INFINITY;
  const sizes = Float64Array.from(trades, (trade) => trade.lots).sort();
  const tenth = sizes[Math.floor(sizes.length * BIG_SHARE)] ?? 0;
  const ten = 10 ** Math.floor(Math.log10(tenth));
  return ([1, 2, 5].find((step) => step * ten >= tenth) ?? 10) * ten;
}

/** How long in the market's time a size stays the one from which prints are large. */
const BIG_MS = 250;

/** The same, looked at four times a second: sorting all that is kept costs more than writing what is new. */
export function createBigLots(): (trades: readonly TradeView[]) => number {
  let measured: { count: number; timeMs: number; lots: number } | undefined;
  return (trades) => {
    const count = trades.length;
    const timeMs = trades[0]?.timeMs ?? 0;
    if (measured === undefined || measured.count !== count || Math.abs(timeMs - measured.timeMs) >= BIG_MS)
      measured = { count, timeMs, lots: bigLots(trades) };
    return measured.lots;
  };
}

export interface PrintFilter {
  market: MarketView;
  /** Micro-USD a print is worth at least. */
  usdMin: number;
  /** Trades of one command and side are one line. */
  isMerged: boolean;
  ownIds: ReadonlySet<number>;
}

/** The newest prints that pass, as many as there are lines. @param trades newest first */
export function printsFrom(trades: readonly TradeView[], count: number, filter: PrintFilter): Print[] {
  const prints: Print[] = [];
  for (let at = 0; at < trades.length && prints.length < count; ) {
    const end = filter.isMerged ? endOfOrder(trades, at) : at + 1;
    const print = printOf(trades, at, end, filter);
    if (print !== undefined) prints.push(print);
    at = end;
  }
  return prints;
}

/** One command has one sequence; its trades stand together. */
function endOfOrder(trades: readonly TradeView[], from: number): number {
  const { seq, takerSide } = trades[from]!;
  let end = from + 1;
  while (trades[end]?.seq === seq && trades[end]?.takerSide === takerSide) end++;
  return end;
}

function printOf(
  trades: readonly TradeView[],
  from: number,
  end: number,
  { market, usdMin, ownIds }: PrintFilter,
): Print | undefined {
  const { tradeId, timeMs, takerSide, priceTicks } = trades[from]!;
  let lots = 0;
  let tickLots = 0;
  let isOwn = false;
  for (let at = from; at < end; at++) {
    const trade = trades[at]!;
    lots += trade.lots;
    tickLots += trade.lots * trade.priceTicks;
    isOwn ||= ownIds.has(trade.tradeId);
  }
  if (tickLots * market.usdPerTickLot < usdMin) return undefined;
  return { tradeId, timeMs, takerSide, priceTicks, lots, isOwn };
}

/** A trade has two sides and one id; ours is in the list of our fills of this market. */
export function ownTradeIds(fills: readonly FillView[], instrument: number): ReadonlySet<number> {
  return new Set(fills.filter((fill) => fill.instrument === instrument).map((fill) => fill.tradeId));
}

/** How many trades came since the list was held. */
export function newSince(trades: readonly TradeView[], held: readonly TradeView[]): number {
  const newestId = held[0]?.tradeId;
  if (newestId === undefined) return 0;
  const index = trades.findIndex((trade) => trade.tradeId <= newestId);
  return index < 0 ? trades.length : index;
}
