import type { MarketView } from '../engine/protocol/views/market.ts';
import { formatDecimal, parseDecimal } from '../engine/units/decimal.ts';
import { decimalsFor } from './format.ts';

/** What somebody typed, read as a plain decimal string or not at all. Digits are moved, never computed with. */
export type TypedNumber = { is: 'empty' } | { is: 'unreadable' } | { is: 'decimal'; text: string };

const zerosOf: Record<string, number> = { k: 3, m: 6 };

/**
 * Reads `63,101.5`, `25k`, `1.5m` and `.5`.
 *
 * @returns the decimal as the wire writes it: digits and one point, no sign, no needless zeros
 */
export function readNumber(typed: string): TypedNumber {
  const text = typed.trim().toLowerCase().replaceAll(',', '').replaceAll(' ', '');
  if (text === '') return { is: 'empty' };
  const match = /^([0-9]*)(?:\.([0-9]*))?([km])?$/.exec(text);
  if (match === null) return { is: 'unreadable' };
  const [, whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return { is: 'unreadable' };
  const decimal = shiftPoint(whole, fraction, zerosOf[suffix] ?? 0);
  return /^[0-9]{1,16}(\.[0-9]{1,12})?$/.test(decimal)
    ? { is: 'decimal', text: decimal }
    : { is: 'unreadable' };
}

function shiftPoint(whole: string, fraction: string, places: number): string {
  const moved = fraction.padEnd(places, '0');
  const digits = (whole + moved.slice(0, places)).replace(/^0+(?=\d)/, '');
  const rest = moved.slice(places).replace(/0+$/, '');
  return (digits === '' ? '0' : digits) + (rest === '' ? '' : `.${rest}`);
}

/** Reads `2%` and `0.25 %` as ppm; undefined for anything else. */
export function readPercentPpm(typed: string): number | undefined {
  const percent = /^\s*([0-9]{1,3}(?:\.[0-9]{1,4})?)\s*%\s*$/.exec(typed);
  return percent === null ? undefined : parseDecimal(percent[1] ?? '', 4);
}

/** Ticks of a decimal price; undefined when it is between two ticks. */
export function ticksOf(decimal: string, market: MarketView): number | undefined {
  return stepsOf(decimal, market.ticksPerUsd);
}

/** Lots of a decimal size; undefined when it is not a whole number of lots. */
export function lotsOf(decimal: string, market: MarketView): number | undefined {
  return stepsOf(decimal, market.lotsPerUnit);
}

/** The decimal string of a price, as the wire and an input hold it. */
export function priceText(ticks: number, market: MarketView): string {
  return stepsText(ticks, market.ticksPerUsd);
}

/** The decimal string of a size, without needless zeros. */
export function sizeText(lots: number, market: MarketView): string {
  const text = stepsText(lots, market.lotsPerUnit);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** The on-tick prices around one that is not: for the sentence that refuses it. */
export function nearestTicks(
  decimal: string,
  market: MarketView,
): { below: number; above: number } | undefined {
  const decimals = decimalsFor(market.ticksPerUsd);
  const [whole = '', fraction = ''] = decimal.split('.');
  const cut = parseDecimal(`${whole}.${fraction.slice(0, decimals).padEnd(1, '0')}`, Math.max(decimals, 1));
  if (cut === undefined) return undefined;
  const perTick = 10 ** Math.max(decimals, 1) / market.ticksPerUsd;
  const below = Math.floor(cut / perTick);
  return { below, above: below + 1 };
}

function stepsOf(decimal: string, perUnit: number): number | undefined {
  const decimals = decimalsFor(perUnit);
  const scaled = parseDecimal(decimal, decimals);
  if (scaled === undefined) return undefined;
  const stepScale = 10 ** decimals / perUnit;
  return scaled % stepScale === 0 ? scaled / stepScale : undefined;
}

function stepsText(steps: number, perUnit: number): string {
  const decimals = decimalsFor(perUnit);
  return formatDecimal(steps * (10 ** decimals / perUnit), decimals);
}
