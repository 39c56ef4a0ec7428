import type { MarketStatsView, MarketView, MarkView } from '../engine/protocol/views/market.ts';
import type { OrderDraftWire } from '../engine/protocol/wire/commands.ts';
import { parseDecimal } from '../engine/units/decimal.ts';
import { formatPercent, formatUsd } from './format.ts';
import { lotsOf, sizeText, ticksOf } from './numberInput.ts';
import type { GuardLimit, Settings } from './settings/settings.ts';
import { percentPpm } from './worstPrice.ts';

/**
 * A person's own limits against a slip of the finger. A warning asks in the review, one-click or not; a hard limit
 * refuses. What only reduces is warned of and never refused: a guard must not keep anybody in a position.
 */
export interface GuardReading {
  name: 'quantity' | 'value' | 'of day volume' | 'away from mark';
  /** In the unit of the two limits; undefined limits are off. */
  used: number;
  warn: number | undefined;
  hard: number | undefined;
  /** The value and a limit as words. */
  words: (value: number) => string;
  isReduceOnly: boolean;
}

export interface GuardedMarket {
  market: MarketView;
  mark: MarkView | undefined;
  stats: MarketStatsView | undefined;
}

export type GuardedOrder = Pick<OrderDraftWire, 'size' | 'price' | 'triggerPrice' | 'isReduceOnly'>;

/** What each guard that is on reads for this order; those whose inputs are unknown are left out. */
export function guardReadings(
  order: GuardedOrder,
  { market, mark, stats }: GuardedMarket,
  guards: Settings['guards'],
): GuardReading[] {
  const lots = lotsOf(order.size, market);
  if (lots === undefined) return [];
  const isReduceOnly = order.isReduceOnly === true;
  const readings: GuardReading[] = [];
  const read = (
    name: GuardReading['name'],
    used: number | undefined,
    limit: GuardLimit | undefined,
    scale: (text: string) => number | undefined,
    words: (value: number) => string,
  ) => {
    const warn = limit && scale(limit.warn);
    const hard = limit && scale(limit.hard);
    if (used === undefined || (warn === undefined && hard === undefined)) return;
    readings.push({ name, used, warn, hard, words, isReduceOnly });
  };
  const valueUsd = orderValueUsd(order, lots, market, mark);
  const ofVolume = valueUsd !== undefined && stats !== undefined && stats.volume24hUsd > 0;
  read(
    'quantity',
    lots,
    guards.maxSize[market.name],
    (text) => lotsOf(text, market),
    (value) => `${sizeText(value, market)} ${market.underlying}`,
  );
  read(
    'value',
    valueUsd,
    guards.maxSizeUsd,
    (text) => parseDecimal(text, 6),
    (value) => `${formatUsd(value)} USDC`,
  );
  const volumePpm = ofVolume ? (valueUsd / stats.volume24hUsd) * 1_000_000 : undefined;
  read('of day volume', volumePpm, guards.dayVolumePercent, percentPpm, (value) => formatPercent(value));
  read('away from mark', awayPpm(order, market, mark), guards.priceAwayPercent, percentPpm, (value) =>
    formatPercent(value),
  );
  return readings;
}

/** The readings that ask, as sentences to tick off. */
export function guardWarnings(readings: readonly GuardReading[]): string[] {
  return readings.flatMap((reading) => {
    const limit = isRefused(reading) ? undefined : passed(reading);
    return limit === undefined ? [] : [sentence(reading, limit, 'your warning is at')];
  });
}

/** The reading that refuses, as a sentence; undefined when none does. */
export function guardRefusal(readings: readonly GuardReading[]): string | undefined {
  const refused = readings.find(isRefused);
  return refused?.hard === undefined ? undefined : sentence(refused, refused.hard, 'your limit is');
}

function isRefused({ used, hard, isReduceOnly }: GuardReading): boolean {
  return !isReduceOnly && hard !== undefined && used > hard;
}

/** The highest of the two limits that the order is over. */
function passed({ used, warn, hard }: GuardReading): number | undefined {
  if (hard !== undefined && used > hard) return hard;
  return warn !== undefined && used > warn ? warn : undefined;
}

const subjects: Record<GuardReading['name'], (value: string) => string> = {
  quantity: (value) => `The quantity is ${value}`,
  value: (value) => `The order is worth ${value}`,
  'of day volume': (value) => `The order is ${value} of the day's volume`,
  'away from mark': (value) => `The price is ${value} away from the mark`,
};

function sentence({ name, used, words }: GuardReading, limit: number, is: string): string {
  return `${subjects[name](words(used))}; ${is} ${words(limit)}.`;
}

/** At its price, or at mark where it has none. */
function orderValueUsd(
  order: GuardedOrder,
  lots: number,
  market: MarketView,
  mark: MarkView | undefined,
): number | undefined {
  const priced = order.price ?? order.triggerPrice;
  const ticks = priced === undefined ? undefined : ticksOf(priced, market);
  const usdPerLot = ticks === undefined ? mark?.markUsdPerLot : ticks * market.usdPerTickLot;
  return usdPerLot === undefined ? undefined : lots * usdPerLot;
}

/** A limit waits for its trigger: it is measured from there. A trigger may stand as far off as it likes. */
function awayPpm(order: GuardedOrder, market: MarketView, mark: MarkView | undefined): number | undefined {
  const ticks = order.price === undefined ? undefined : ticksOf(order.price, market);
  if (ticks === undefined) return undefined;
  const trigger = order.triggerPrice === undefined ? undefined : ticksOf(order.triggerPrice, market);
  const from = trigger === undefined ? mark?.markUsdPerLot : trigger * market.usdPerTickLot;
  if (from === undefined || from <= 0) return undefined;
  return (Math.abs(ticks * market.usdPerTickLot - from) / from) * 1_000_000;
}
