import type { MarketView } from '../engine/protocol/views/market.ts';
import { formatDecimal } from '../engine/units/decimal.ts';
import { USD_SCALE } from '../engine/units/money.ts';
import { divFloor } from '../engine/units/round.ts';
import { zonedMs, zoneName, zoneText } from './timeZone.ts';

/**
 * Every number and time on screen. Integers in, text out; nothing passes through a float that was not
 * one before. A minus is U+2212, as wide as a digit; groups are commas; the point is a point.
 */

const MINUS = '−';
export const UNKNOWN = '–';

/** A price at its tick: `63,101.5`. */
export function formatPrice(ticks: number, market: MarketView): string {
  return grouped(ticks * scaleFor(market.ticksPerUsd), decimalsFor(market.ticksPerUsd));
}

/** A mark or index, one digit finer than the tick. */
export function formatMark(usdPerLot: number, market: MarketView): string {
  return formatUsdScaled(usdPerLot * market.lotsPerUnit, decimalsFor(market.ticksPerUsd) + 1);
}

/** What a source says a whole coin costs, one digit finer than the tick of its perpetual. */
export function formatPriceE8(priceE8: number, ticksPerUsd: number): string {
  const decimals = decimalsFor(ticksPerUsd) + 1;
  return grouped(Math.round(priceE8 / 10 ** (8 - decimals)), decimals);
}

/** A distance in basis points, its sign visible: `+8.7`. */
export function formatSignedBp(bp: number): string {
  const tenths = Math.round(Math.abs(bp) * 10) * Math.sign(bp);
  return withSign(tenths, fixed(tenths / 10, 1));
}

/** A size at its lot, unsigned unless negative: `12.4000`. */
export function formatSize(lots: number, market: MarketView): string {
  return grouped(lots * scaleFor(market.lotsPerUnit), decimalsFor(market.lotsPerUnit));
}

/** A position: sign always visible. */
export function formatSignedSize(lots: number, market: MarketView): string {
  return withSign(lots, formatSize(lots, market));
}

/** Money, 0 digits in rows, 2 in totals and fees; rounded half away from zero. */
export function formatUsd(microUsd: number, decimals: 0 | 2 = 0): string {
  return formatUsdScaled(microUsd, decimals);
}

export function formatSignedUsd(microUsd: number, decimals: 0 | 2 = 0): string {
  return withSign(roundTo(microUsd, decimals), formatUsdScaled(microUsd, decimals));
}

/** An amount of an asset at its own scale: `5,000,000.000000`. */
export function formatAmount(amount: number, decimals: number): string {
  return grouped(amount, decimals);
}

/** An amount of an asset at its own scale, sign visible: `−0.50000000`. */
export function formatSignedAmount(amount: number, decimals: number): string {
  return withSign(amount, grouped(amount, decimals));
}

/**
 * A sum over accounts, given as decimal text of a whole number of units, which may pass 2^53.
 *
 * @param shown digits after the point; what is finer is cut off, so a sum never looks larger than it is
 */
export function formatUnits(units: string | bigint, decimals: number, shown = decimals): string {
  const value = BigInt(units);
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = digits.slice(digits.length - decimals).slice(0, shown);
  return `${value < 0n ? MINUS : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

export function formatSignedUnits(units: string | bigint, decimals: number, shown = decimals): string {
  return `${BigInt(units) > 0n ? '+' : ''}${formatUnits(units, decimals, shown)}`;
}

/** `15.5m`, `770m`, `1.2`: the size of a sum, where the exact figure stands elsewhere. */
export function formatUnitsShort(units: string | bigint, decimals: number): string {
  const value = Number(units) / 10 ** decimals;
  for (const [scale, name] of SHORT_SCALES) if (value >= scale) return `${threeDigits(value / scale)}${name}`;
  return value >= 1 ? threeDigits(value) : value.toFixed(decimals).replace(/\.?0+$/, '');
}

function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

const SHORT_SCALES = [
  [1e9, 'bn'],
  [1e6, 'm'],
  [1e3, 'k'],
] as const;

/** `2:57`, `1:02:57`: what is left of a countdown; never negative. */
export function formatLeft(leftMs: number): string {
  const [hours = '', minutes = '', seconds = ''] = formatCountdown(leftMs).split(':');
  return hours === '00' ? `${Number(minutes)}:${seconds}` : `${Number(hours)}:${minutes}:${seconds}`;
}

/** `2.52m`, `810k`: for places where the exact figure stands elsewhere. */
export function formatUsdShort(microUsd: number): string {
  const dollars = Math.abs(microUsd) / USD_SCALE;
  const sign = microUsd < 0 ? MINUS : '';
  if (dollars >= 1e9) return `${sign}${(dollars / 1e9).toFixed(2)}bn`;
  if (dollars >= 1e6) return `${sign}${(dollars / 1e6).toFixed(2)}m`;
  if (dollars >= 1e4) return `${sign}${(dollars / 1e3).toFixed(0)}k`;
  return `${sign}${grouped(Math.round(dollars), 0)}`;
}

/** Average price of Σ notional over lots, one digit finer than the tick. */
export function formatAverage(notionalUsd: number, lots: number, market: MarketView): string {
  if (lots === 0) return UNKNOWN;
  return formatMark(Math.abs(notionalUsd / lots), market);
}

/** Parts per million as percent with one digit: `41.2%`. */
export function formatPercent(ppm: number, digits = 1): string {
  return `${fixed(ppm / 10_000, digits)}%`;
}

export function formatSignedPercent(ppm: number, digits = 2): string {
  return withSign(Math.round(ppm / 10 ** (4 - digits)), formatPercent(ppm, digits));
}

/** Parts per million as a multiple with two digits: `2.50×`. */
export function formatTimes(ppm: number): string {
  return `${fixed(ppm / 1_000_000, 2)}×`;
}

/** Difference of two percentages, in percentage points. */
export function formatPoints(ppm: number): string {
  return `${withSign(Math.round(ppm / 100), fixed(ppm / 10_000, 2))}pp`;
}

/** A fraction of one: −0.075 is `−7.5%`. */
export function formatMove(fraction: number): string {
  return formatSignedPercent(Math.round(fraction * 1_000_000), 1);
}

/** The engine looks 100σ far: what rounds to it is only known to be large. */
export const SIGMAS_SAID = 99;

/**
 * A liquidation distance in σ-days, said alike on every screen: `2.68`, `11.13`, `> 99`.
 *
 * @param sigmas at least 0
 */
export function formatDistance(sigmas: number): string {
  return sigmas > SIGMAS_SAID ? `> ${SIGMAS_SAID}` : formatSigmas(sigmas);
}

/** A number of σ-days, two digits. */
export function formatSigmas(sigmas: number): string {
  return fixed(sigmas, 2);
}

/** A pure number that has a sign: a greek, a delta. */
export function formatGreek(value: number, digits: number): string {
  return fixed(value, digits);
}

/** An expiry as traders name it: `27MAR26`, from its time in UTC. */
export function formatExpiry(timeMs: number): string {
  const [, day = '', month = '', year = ''] = new Date(timeMs).toUTCString().split(' ');
  return `${Number(day)}${month.toUpperCase()}${year.slice(2)}`;
}

/** Margin ratio: −1 is infinite (equity gone with something to maintain). */
export function formatRatio(ratioPpm: number, digits = 1): string {
  return ratioPpm < 0 ? '∞' : formatPercent(ratioPpm, digits);
}

/** `12:04:31.208`, in the zone that was chosen. */
export function formatTime(timeMs: number, hasMillis = true): string {
  return new Date(zonedMs(timeMs)).toISOString().slice(11, hasMillis ? 23 : 19);
}

/** `12:04 UTC`: a minute that says its zone. */
export function formatMinute(timeMs: number): string {
  return `${formatTime(timeMs, false).slice(0, 5)} ${zoneText(timeMs)}`;
}

/** `2026-11-20`, the day in the zone that was chosen. */
export function formatDate(timeMs: number): string {
  return new Date(zonedMs(timeMs)).toISOString().slice(0, 10);
}

/** All there is to know of when: `Fri 20 Nov 13:04:31.208 UTC+1, Europe/Zurich; 12:04:31.208 UTC`. */
export function formatMoment(timeMs: number): string {
  const whole = `${dayText(timeMs)} ${formatTime(timeMs)} ${zoneText(timeMs)}`;
  if (zoneName() === 'UTC') return whole;
  return `${whole}, ${zoneName()}; ${new Date(timeMs).toISOString().slice(11, 23)} UTC`;
}

/** `12:04:31` today, `Sat 12:04` on another day: a time of tomorrow must not read as one that has passed. */
export function formatClock(timeMs: number, nowMs: number): string {
  const day = (ms: number) => Math.floor(zonedMs(ms) / 86_400_000);
  if (day(timeMs) === day(nowMs)) return formatTime(timeMs, false);
  return `${dayText(timeMs).slice(0, 3)} ${formatTime(timeMs, false).slice(0, 5)}`;
}

/** `Fri 20 Nov 12:04:31 UTC`. */
export function formatDateTime(timeMs: number): string {
  return `${dayText(timeMs)} ${formatTime(timeMs, false)} ${zoneText(timeMs)}`;
}

/** `Fri 20 Nov`. */
function dayText(timeMs: number): string {
  const [weekday, date] = new Date(zonedMs(timeMs)).toUTCString().split(', ');
  return `${weekday} ${date?.slice(0, 6)}`;
}

/** `0.4 s`, `7.4 s`, `3 min`, `2 h`. */
export function formatAge(ageMs: number): string {
  if (ageMs < 60_000) return `${(Math.max(0, ageMs) / 1_000).toFixed(1)} s`;
  if (ageMs < 3_600_000) return `${Math.floor(ageMs / 60_000)} min`;
  return `${Math.floor(ageMs / 3_600_000)} h`;
}

/** `00:55:28` until a moment; never negative. */
export function formatCountdown(leftMs: number): string {
  const seconds = Math.max(0, Math.floor(leftMs / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** `4 ms`, `0.8 ms`; unknown is a dash. */
export function formatMs(ms: number | undefined): string {
  if (ms === undefined) return UNKNOWN;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

export function formatCount(count: number): string {
  return grouped(count, 0);
}

/** Digits after the point of a step of one part in `perUnit`: 10 → 1, 10 000 → 4, 4 → 2. */
export function decimalsFor(perUnit: number): number {
  let decimals = 0;
  for (let scale = 1; scale % perUnit !== 0 && decimals < 12; decimals++) scale *= 10;
  return decimals;
}

/** What a count of steps is multiplied with to become a count of `10^-decimals`. */
function scaleFor(perUnit: number): number {
  return 10 ** decimalsFor(perUnit) / perUnit;
}

function formatUsdScaled(microUsd: number, decimals: number): string {
  if (decimals >= 6) return grouped(Math.round(microUsd), 6);
  return grouped(roundTo(microUsd, decimals), decimals);
}

function roundTo(microUsd: number, decimals: number): number {
  const unit = 10 ** (6 - decimals);
  const rounded = divFloor(Math.round(Math.abs(microUsd)) * 2 + unit, 2 * unit);
  return microUsd < 0 ? -rounded : rounded;
}

function grouped(scaled: number, decimals: number): string {
  const [whole = '', fraction] = formatDecimal(Math.abs(scaled), decimals).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${scaled < 0 ? MINUS : ''}${text}${fraction === undefined ? '' : `.${fraction}`}`;
}

function withSign(value: number, text: string): string {
  return value > 0 ? `+${text}` : text;
}

/** Zero has no sign, also when it was rounded from something that had one. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', MINUS);
}
