import { expect, test } from 'vitest';
import { BTC, type Desk, MAKER, only, openDesk } from '../../lab/fixtures/desk.ts';
import type { PriceReport } from '../../protocol/commands/types.ts';
import { lowerMedian } from './indexPrice.ts';

function report(desk: Desk, usd: readonly number[], over: Partial<PriceReport> = {}) {
  return desk.run({
    kind: 'ReportPrices',
    reports: usd.map((price, source) => ({
      underlying: 0,
      source,
      priceE8: Math.round(price * 1e8),
      sourceTimeMs: desk.timeMs,
      ...over,
    })),
  });
}

const mark = (desk: Desk) => desk.engine.state.instruments.columns.mark[BTC]! / 100;

test('the lower median is one of the values', () => {
  expect(lowerMedian([3, 1, 2, 4])).toBe(2);
  expect(lowerMedian([5])).toBe(5);
});

test('P8: two of seven sources that lie move nothing', () => {
  const desk = openDesk();
  desk.wait(1_000);
  const events = report(desk, [60_000, 60_001, 59_999, 60_002, 59_998, 90_000, 1]);
  expect(only(events, 'MarkChanged')).toMatchObject({ index: 6_000_000, sources: 5 });
});

test('P8: without three live sources the index stands still and the mark grows old', () => {
  const desk = openDesk();
  desk.wait(10_500);
  report(desk, [61_000, 61_000]);
  expect(mark(desk)).toBe(60_000);
  desk.place({});
  expect(desk.code).toBe('oracle.stale');
});

test('a source whose clock runs back or ahead is not taken', () => {
  const desk = openDesk();
  desk.wait(1_000);
  const seven = [61_000, 61_000, 61_000, 61_000, 61_000, 61_000, 61_000];
  report(desk, seven, { sourceTimeMs: desk.timeMs - 2_000 });
  expect(mark(desk)).toBe(60_000);
  report(desk, seven, { sourceTimeMs: desk.timeMs + 1_001 });
  expect(mark(desk)).toBe(60_000);
  report(desk, seven);
  expect(mark(desk)).toBe(61_000);
});

test('the own book moves the mark no further than its band', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 0, priceTicks: 620_000, sizeLots: 100 });
  desk.place({ account: MAKER, side: 1, priceTicks: 620_010, sizeLots: 100 });
  for (let k = 0; k < 600; k++) desk.wait(1_000).prices({ 0: 60_000 });
  const band = 60_000 * 0.007577;
  expect(mark(desk)).toBeLessThanOrEqual(60_000 + band + 0.01);
  expect(mark(desk)).toBeGreaterThan(60_000 + band / 2);
});

test.each([
  ['underlying.unknown', { underlying: 77 }],
  ['parameters.invalid', { source: 9 }],
  ['price.invalid', { priceE8: 0 }],
  ['price.invalid', { priceE8: Number.NaN }],
  ['price.invalid', { priceE8: 1.5 }],
  ['price.invalid', { priceE8: 2e15 }],
] as const)('%s refuses the whole report', (code, over) => {
  const desk = openDesk();
  desk.wait(1_000);
  desk.run({
    kind: 'ReportPrices',
    reports: [
      { underlying: 0, source: 0, priceE8: 61_000e8, sourceTimeMs: desk.timeMs },
      { underlying: 0, source: 1, priceE8: 61_000e8, sourceTimeMs: desk.timeMs, ...over },
    ],
  });
  expect(desk.code).toBe(code);
  expect(desk.engine.state.sources.columns.priceE8[0]).toBe(60_000e8);
});
