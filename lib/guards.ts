import { parseDecimal } from '../engine/units/decimal.ts';
import type { Block } from './feedBlock.ts';
import { formatUsd } from './format.ts';
import type { GuardedMarket, GuardedOrder } from './guardedOrder.ts';
import { lotsOf, sizeText } from './numberInput.ts';
import { participationPpm, participationText } from './participation.ts';
import { worstPriceAway } from './priceGuards.ts';
import type { GuardLimit, Settings } from './settings/settings.ts';
import { isAtMarket, percentPpm, usdOf } from './worstPrice.ts';

/**
 * A person's own limits against a slip of the finger. A warning asks in the review, one-click or not; a hard limit
 * refuses. What only reduces is warned of and never refused: a guard must not keep anybody in a position.
 */
export interface GuardReading {
  name:
    | 'quantity'
    | 'value'
    | 'of minute volume'
    | 'of day volume'
    | 'away from mark'
    | 'worst price'
    | 'worst fill';
  /** In the unit of the two limits; undefined limits are off. */
  used: number;
  warn: number | undefined;
  hard: number | undefined;
  /** The value and a limit as words. */
  words: (value: number) => string;
  isReduceOnly: boolean;
  /** More than one is a sum of orders. */
  orderCount: number;
}

export type GuardSettings = Pick<Settings, 'guards' | 'slippage'>;

/** How much is asked for: by one order, or by several together. */
export interface AskedSize {
  lots: number;
  /** Micro-USD; undefined while there is no price to measure it by. */
  valueUsd: number | undefined;
  isReduceOnly: boolean;
  orderCount: number;
}

/** What each guard that is on reads for this order; those whose inputs are unknown are left out. */
export function guardReadings(
  order: GuardedOrder,
  guarded: GuardedMarket,
  settings: GuardSettings,
): GuardReading[] {
  const asked = askedSize(order, guarded);
  if (asked === undefined) return [];
  const away = worstPriceAway(order, guarded);
  const { guards, slippage } = settings;
  const limit = away?.name === 'worst fill' ? slippage : guards.priceAwayPercent;
  return [
    ...sizeReadings(asked, guarded, settings),
    ...valueReadings(asked, settings),
    ...volumeReadings(asked, guarded, settings),
    ...(away === undefined ? [] : reading(away.name, asked, away.ppm, limit, percentPpm, away.words)),
  ];
}

/** At its limit; what fills at market at its trigger, or at mark. */
export function askedSize(order: GuardedOrder, { market, mark }: GuardedMarket): AskedSize | undefined {
  const lots = lotsOf(order.size, market);
  if (lots === undefined) return undefined;
  const priced = isAtMarket(order.type) ? order.triggerPrice : (order.price ?? order.triggerPrice);
  const usdPerLot = usdOf(priced, market) ?? mark?.markUsdPerLot;
  const valueUsd = usdPerLot === undefined ? undefined : lots * usdPerLot;
  return { lots, valueUsd, isReduceOnly: order.isReduceOnly === true, orderCount: 1 };
}

export function sizeReadings(
  asked: AskedSize,
  { market }: GuardedMarket,
  { guards }: GuardSettings,
): GuardReading[] {
  const words = (value: number) => `${sizeText(value, market)} ${market.underlying}`;
  const scale = (text: string) => lotsOf(text, market);
  return reading('quantity', asked, asked.lots, guards.maxSize[market.name], scale, words);
}

export function valueReadings(asked: AskedSize, { guards }: GuardSettings): GuardReading[] {
  const words = (value: number) => `${formatUsd(value)} USDC`;
  const scale = (text: string) => parseDecimal(text, 6);
  return reading('value', asked, asked.valueUsd, guards.maxSizeUsd, scale, words);
}

export function volumeReadings(
  asked: AskedSize,
  { stats }: GuardedMarket,
  { guards }: GuardSettings,
): GuardReading[] {
  const read = (
    name: GuardReading['name'],
    volumeUsd: number | undefined,
    limit: GuardLimit | undefined,
  ): GuardReading[] => {
    const ppm = participationPpm(asked.valueUsd, volumeUsd);
    return reading(name, asked, ppm, limit, percentPpm, participationText);
  };
  return [
    ...read('of minute volume', stats?.volumeMinuteUsd, guards.minuteVolumePercent),
    ...read('of day volume', stats?.volume24hUsd, guards.dayVolumePercent),
  ];
}

/** One reading, or none: its guard is off or its input unknown. */
function reading(
  name: GuardReading['name'],
  { isReduceOnly, orderCount }: AskedSize,
  used: number | undefined,
  limit: GuardLimit | undefined,
  scale: (text: string) => number | undefined,
  words: (value: number) => string,
): GuardReading[] {
  const warn = limit && scale(limit.warn);
  const hard = limit && scale(limit.hard);
  if (used === undefined || (warn === undefined && hard === undefined)) return [];
  return [{ name, used, warn, hard, words, isReduceOnly, orderCount }];
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

/** The same as the reason why nothing is sent. */
export function guardBlock(refusal: string | undefined): Block | undefined {
  return refusal === undefined
    ? undefined
    : { words: 'Over your own limit', sentence: refusal, kind: 'write' };
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
  'of minute volume': (value) => `The order is ${value} of what trades in a minute`,
  'of day volume': (value) => `The order is ${value} of the day's volume`,
  'away from mark': (value) => `The price is ${value} away from the mark`,
  'worst price': (value) => `The worst price is ${value} away from its trigger`,
  'worst fill': (value) => `The worst fill would be ${value} away from the mark`,
};

/** Of several orders at once. Prices are judged order by order. */
const sums: Partial<typeof subjects> = {
  quantity: (value) => `are ${value}`,
  value: (value) => `are worth ${value}`,
  'of minute volume': (value) => `are ${value} of what trades in a minute`,
  'of day volume': (value) => `are ${value} of the day's volume`,
};

function sentence({ name, used, words, orderCount }: GuardReading, limit: number, is: string): string {
  const sum = orderCount > 1 ? sums[name] : undefined;
  const said = sum ? `The ${orderCount} orders together ${sum(words(used))}` : subjects[name](words(used));
  return `${said}; ${is} ${words(limit)}.`;
}
