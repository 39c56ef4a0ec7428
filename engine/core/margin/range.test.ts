import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { createRiskParameters } from './parameters.ts';
import { rangeOf, rangeSlopeOf } from './range.ts';

const BTC = 0;
const SUI = 9;
const source = sandboxRisk();
const parameters = createRiskParameters(source);
const dayRange = parameters.dayRangeInitial[BTC]!;
const adv = source.underlyings[BTC]!.adv30Usd;
const leverageAt = (sizeUsd: number): number => 1 / rangeOf(parameters, BTC, dayRange, sizeUsd);

describe('the range of BTC', () => {
  test('lets a tiny book have 33x', () => {
    expect(Math.floor(leverageAt(1))).toBe(32);
    expect(Math.round(leverageAt(1))).toBe(33);
  });

  test('lets 3 % of daily volume have 18x', () => {
    expect(Math.round(leverageAt(0.03 * adv))).toBe(18);
  });

  test('lets 30 % of daily volume have 7x', () => {
    expect(Math.round(leverageAt(0.3 * adv))).toBe(7);
  });

  test('stops at the cap', () => {
    expect(rangeOf(parameters, BTC, dayRange, 9e15)).toBe(0.6);
  });
});

test('the range never falls below the floor', () => {
  expect(rangeOf(parameters, BTC, dayRange / 100, 1)).toBe(0.02);
});

test('the mark band of a mid alt, a quarter of its smallest range, is 4.0 %', () => {
  const range = rangeOf(parameters, SUI, parameters.dayRangeInitial[SUI]!, 0);
  expect(range / 4).toBeCloseTo(0.0398, 4);
});

describe('the slope of the range', () => {
  test('is how much the range grows with one more dollar', () => {
    const size = 0.1 * adv;
    const step = 1e9;
    const grown =
      rangeOf(parameters, BTC, dayRange, size + step) - rangeOf(parameters, BTC, dayRange, size - step);
    expect(rangeSlopeOf(parameters, BTC, dayRange, size) / (grown / (2 * step))).toBeCloseTo(1, 6);
  });

  test('is zero where the range is clamped', () => {
    expect(rangeSlopeOf(parameters, BTC, dayRange, 9e15)).toBe(0);
    expect(rangeSlopeOf(parameters, BTC, dayRange / 100, 1)).toBe(0);
  });
});
