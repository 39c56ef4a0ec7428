import { expect, test } from 'vitest';
import {
  decimalsFor,
  formatAge,
  formatAverage,
  formatClock,
  formatCountdown,
  formatDateTime,
  formatExpiry,
  formatGreek,
  formatLeft,
  formatMark,
  formatPercent,
  formatPoints,
  formatPrice,
  formatPriceE8,
  formatRatio,
  formatSignedBp,
  formatSignedPercent,
  formatSignedSize,
  formatSignedUnits,
  formatSignedUsd,
  formatSize,
  formatTime,
  formatUnits,
  formatUnitsShort,
  formatUsd,
  formatUsdShort,
} from './format.ts';
import { btcPerp } from './testMarket.ts';

test('a price is printed at its tick and a mark one digit finer', () => {
  expect(formatPrice(631_015, btcPerp)).toBe('63,101.5');
  expect(formatMark(6_310_057, btcPerp)).toBe('63,100.57');
});

test('an index of USD × 1e8 is printed as a mark is, a distance from it in basis points', () => {
  expect(formatPriceE8(6_309_421_500_000, 10)).toBe('63,094.22');
  expect(formatPriceE8(18_404_000, 100_000)).toBe('0.184040');
  expect([8.74, -2.25, -0.04, 0].map(formatSignedBp)).toEqual(['+8.7', '−2.3', '0.0', '0.0']);
});

test('steps that are not a power of ten are printed without loss', () => {
  expect(decimalsFor(4)).toBe(2);
  expect(formatPrice(13, { ...btcPerp, ticksPerUsd: 4 })).toBe('3.25');
  expect(decimalsFor(1)).toBe(0);
  expect(formatPrice(1_234_567, { ...btcPerp, ticksPerUsd: 1 })).toBe('1,234,567');
});

test('sizes are printed at their lot, positions with their sign', () => {
  expect(formatSize(124_000, btcPerp)).toBe('12.4000');
  expect(formatSignedSize(5, btcPerp)).toBe('+0.0005');
  expect(formatSignedSize(-1_612 * 10_000, btcPerp)).toBe('−1,612.0000');
  expect(formatSignedSize(0, btcPerp)).toBe('0.0000');
});

test('money rounds half away from zero and keeps its sign visible', () => {
  expect(formatUsd(12_480_113_195_000, 2)).toBe('12,480,113.20');
  expect(formatUsd(-500_000)).toBe('−1');
  expect(formatUsd(499_999)).toBe('0');
  expect(formatSignedUsd(2_028_218_400_000)).toBe('+2,028,218');
  expect(formatSignedUsd(-24_717_000_000)).toBe('−24,717');
  expect(formatSignedUsd(400_000)).toBe('0');
  expect(formatUsdShort(2_524_160_000_000)).toBe('2.52m');
});

test('the average of fills is one digit finer than the tick', () => {
  expect(formatAverage(40 * 10_000 * 631_022 * 10 + 1, 400_000, btcPerp)).toBe('63,102.20');
  expect(formatAverage(0, 0, btcPerp)).toBe('–');
});

test('ratios, points and percentages', () => {
  expect(formatPercent(412_000)).toBe('41.2%');
  expect(formatRatio(-1)).toBe('∞');
  expect(formatPoints(7_700)).toBe('+0.77pp');
  expect(formatPoints(-7_700)).toBe('−0.77pp');
  expect(formatPoints(-40)).toBe('0.00pp');
  expect(formatSignedPercent(-3)).toBe('0.00%');
});

test('times are UTC, ages have one digit under a minute', () => {
  const time = Date.UTC(2026, 10, 20, 12, 4, 31, 208);
  expect(formatTime(time)).toBe('12:04:31.208');
  expect(formatDateTime(time)).toBe('Fri 20 Nov 12:04:31 UTC');
  expect(formatAge(7_430)).toBe('7.4 s');
  expect(formatAge(61_000)).toBe('1 min');
  expect(formatCountdown(3_328_000)).toBe('00:55:28');
  expect(formatCountdown(-5)).toBe('00:00:00');
});

test('a time of another day says which', () => {
  const now = Date.UTC(2026, 10, 20, 23, 50);
  expect(formatClock(now + 60_000, now)).toBe('23:51:00');
  expect(formatClock(now + 3_600_000, now)).toBe('Sat 00:50');
});

test('an expiry is named by its day in UTC, and a greek has a typographic minus', () => {
  expect(formatExpiry(Date.UTC(2026, 2, 6, 8))).toBe('6MAR26');
  expect([formatGreek(-0.456, 2), formatGreek(-0.001, 2)]).toEqual(['−0.46', '0.00']);
});

test('sums past 2^53 are printed to the last unit, or cut and never rounded up', () => {
  const sum = '98244120712999999999';
  expect(formatUnits(sum, 6)).toBe('98,244,120,712,999.999999');
  expect(formatUnits(sum, 6, 2)).toBe('98,244,120,712,999.99');
  expect(formatUnits('-5', 6)).toBe('−0.000005');
  expect(formatUnits('7', 0)).toBe('7');
  expect([formatSignedUnits('5', 1), formatSignedUnits('-5', 1), formatSignedUnits('0', 1)]).toEqual([
    '+0.5',
    '−0.5',
    '0.0',
  ]);
});

test('the size of a sum keeps three digits', () => {
  const short = (units: string) => formatUnitsShort(units, 6);
  expect(['15480113200000', '770000000000000', '1234567', '12500', '0'].map(short)).toEqual([
    '15.5m',
    '770m',
    '1.23',
    '0.0125',
    '0',
  ]);
});

test('what is left of a minute or an hour has no zeros in front', () => {
  expect([177_000, 3_777_000, -5, 59_000].map(formatLeft)).toEqual(['2:57', '1:02:57', '0:00', '0:59']);
});
