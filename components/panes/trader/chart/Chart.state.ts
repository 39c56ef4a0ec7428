import type { FillView, OrderView, PositionView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceView } from '../../../../engine/protocol/views/margin.ts';
import type { CandleView, MarketView, TradeView } from '../../../../engine/protocol/views/market.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../engine/units/time.ts';

export const intervals = [
  { label: '1m', ms: MINUTE_MS },
  { label: '5m', ms: 5 * MINUTE_MS },
  { label: '15m', ms: 15 * MINUTE_MS },
  { label: '1h', ms: HOUR_MS },
  { label: '4h', ms: 4 * HOUR_MS },
  { label: '1d', ms: DAY_MS },
] as const;

export type IntervalLabel = (typeof intervals)[number]['label'];

export function intervalMsOf(label: IntervalLabel): number {
  return intervals.find((interval) => interval.label === label)?.ms ?? MINUTE_MS;
}

/** Bars asked for: more than the widest screen shows at once. */
const BARS_ASKED = 1_000;

/** From a whole bar on, so that the first one is not half a bar. */
export function firstBarMs(nowMs: number, intervalMs: number): number {
  return Math.max(0, Math.floor(nowMs / intervalMs) * intervalMs - BARS_ASKED * intervalMs);
}

/**
 * Candles with trades that came after them.
 *
 * @param trades oldest first, none of them in the candles yet
 * @returns the same objects except for the last one changed and new ones
 */
export function withTrades(
  candles: readonly CandleView[],
  trades: readonly Pick<TradeView, 'timeMs' | 'priceTicks' | 'lots'>[],
  intervalMs: number,
): readonly CandleView[] {
  if (trades.length === 0) return candles;
  const next = [...candles];
  for (const { timeMs, priceTicks, lots } of trades) {
    const openMs = timeMs - (timeMs % intervalMs);
    const last = next.at(-1);
    if (last === undefined || last.openMs < openMs) {
      next.push({ openMs, open: priceTicks, high: priceTicks, low: priceTicks, close: priceTicks, lots });
      continue;
    }
    next[next.length - 1] = {
      ...last,
      high: Math.max(last.high, priceTicks),
      low: Math.min(last.low, priceTicks),
      close: priceTicks,
      lots: last.lots + lots,
    };
  }
  return next;
}

/** Trades newer than one, oldest first. The store keeps them newest first. */
export function tradesAfter(trades: readonly TradeView[], tradeId: number): TradeView[] {
  const end = trades.findIndex((trade) => trade.tradeId <= tradeId);
  return trades.slice(0, end < 0 ? trades.length : end).reverse();
}

/** Own fills of one candle and side. */
export interface FillGroup {
  openMs: number;
  side: 'up' | 'down';
  /** From the upper half of them. */
  isLarge: boolean;
  fills: readonly FillView[];
}

export function fillGroups(fills: readonly FillView[], instrument: number, intervalMs: number): FillGroup[] {
  const groups = new Map<string, { openMs: number; side: 'up' | 'down'; fills: FillView[]; lots: number }>();
  for (const fill of fills) {
    if (fill.instrument !== instrument) continue;
    const openMs = fill.timeMs - (fill.timeMs % intervalMs);
    const side = fill.side === 'buy' ? 'up' : 'down';
    const group = groups.get(`${openMs}/${side}`) ?? { openMs, side, fills: [], lots: 0 };
    group.fills.push(fill);
    group.lots += fill.lots;
    groups.set(`${openMs}/${side}`, group);
  }
  const sizes = [...groups.values()].map(({ lots }) => lots).sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return [...groups.values()].map(({ openMs, side, fills: members, lots }) => ({
    openMs,
    side,
    isLarge: lots > median,
    fills: members,
  }));
}

/** The price at which an order stands: its trigger while it is parked. */
export function standsAt(order: OrderView): number {
  return order.state === 'parked' ? order.triggerTicks : order.priceTicks;
}

export interface BandEdges {
  nearTicks: number;
  farTicks: number;
  jointSigmas: number;
  /** Others that move on the joint way, the largest first. */
  others: { underlying: string; move: number }[];
  nearMove: number;
}

/**
 * The joint way's price of this market's asset and the price at which it alone would liquidate.
 *
 * @returns undefined when the account has no such price: no risk, another asset's risk, or a hedged book
 *   whose joint way moves this asset against the way it would liquidate alone
 */
export function bandEdges(distance: DistanceView | undefined, market: MarketView): BandEdges | undefined {
  if (distance === undefined || (distance.state !== 'measured' && distance.state !== 'beyond'))
    return undefined;
  const joint = distance.path.find((step) => step.underlying === market.underlying);
  if (joint === undefined) return undefined;
  // There may be a row for a fall and one for a rise.
  const own = distance.rows.find(
    (row) =>
      row.kind === 'own' &&
      row.underlying === market.underlying &&
      Math.sign(row.move) === Math.sign(joint.move),
  );
  if (own === undefined || own.move <= -1 || own.priceUsd <= 0) return undefined;
  const nowUsd = own.priceUsd / (1 + own.move);
  const ticksOf = (usd: number) => Math.round((usd / 1e6) * market.ticksPerUsd);
  return {
    nearTicks: ticksOf(nowUsd * (1 + joint.move)),
    farTicks: ticksOf(own.priceUsd),
    jointSigmas: distance.sigmas,
    others: distance.path.filter((step) => step.underlying !== market.underlying && step.move !== 0),
    nearMove: joint.move,
  };
}

export function positionOf(
  positions: readonly PositionView[] | undefined,
  instrument: number,
): PositionView | undefined {
  return positions?.find((position) => position.instrument === instrument && position.lots !== 0);
}

/** Average entry in ticks; it may lie between two. */
export function entryTicks(position: PositionView, market: MarketView): number {
  return position.entryValueUsd / position.lots / market.usdPerTickLot;
}
