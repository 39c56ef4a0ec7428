import fc from 'fast-check';
import { expect, test } from 'vitest';
import { black76 } from './black76.ts';
import { exp } from './exp.ts';
import {
  flatSlice,
  judgeSurface,
  type SurfaceSlice,
  totalVarianceOf,
  VOLATILITY_MIN,
  volatilityOf,
} from './surface.ts';

/** Gatheral and Jacquier's example of a slice with a butterfly (Axel Vogt's parameters). */
const vogt: SurfaceSlice = {
  aE8: -4_100_000,
  bE8: 13_310_000,
  rhoE8: 30_600_000,
  mE8: 35_860_000,
  sigmaE8: 41_530_000,
};

const smile: SurfaceSlice = {
  aE8: 1_000_000,
  bE8: 8_000_000,
  rhoE8: -30_000_000,
  mE8: 2_000_000,
  sigmaE8: 20_000_000,
};

test('the slice the literature shows with a butterfly is refused', () => {
  expect(judgeSurface([vogt])).toBe('butterfly');
  expect(judgeSurface([smile])).toBe('ok');
});

test.each([
  ['a negative variance', { aE8: -2_000_000 }],
  ['a negative slope', { bE8: -1 }],
  ['wings steeper than 2', { bE8: 160_000_000 }],
  ['a correlation of 1', { rhoE8: 100_000_000 }],
  ['no curvature', { sigmaE8: 0 }],
  ['a vertex out of sight', { mE8: 400_000_000 }],
  ['something that is no number', { aE8: Number.NaN }],
])('a slice with %s is refused', (_what, part) => {
  expect(judgeSurface([{ ...smile, ...part }])).toBe('butterfly');
});

test('a later slice below an earlier one anywhere is refused', () => {
  const higher = { ...smile, aE8: smile.aE8 + 1 };
  expect(judgeSurface([smile, higher])).toBe('ok');
  expect(judgeSurface([smile, smile])).toBe('ok');
  expect(judgeSurface([higher, smile])).toBe('calendar');
  expect(judgeSurface([smile, { ...higher, rhoE8: 0 }])).toBe('calendar');
});

test('a level slice gives its volatility at every strike, within the bounds', () => {
  const slice = flatSlice(0.4, 0.25);
  expect(totalVarianceOf(slice, 1)).toBe(0.04);
  expect(volatilityOf(slice, 2_000, 5_000, 0.25)).toBeCloseTo(0.4, 12);
  expect(volatilityOf(slice, 2_000, 1e-300, 0.25)).toBeCloseTo(0.4, 12);
  expect(volatilityOf(slice, 2_000, 2_000, 0)).toBe(10);
  expect(volatilityOf(slice, 2_000, 2_000, 1e-9)).toBe(10);
  expect(volatilityOf(flatSlice(0.001, 1), 2_000, 2_000, 1)).toBe(0.05);
});

// A butterfly is a negative price of one option between two others: the judge is held against prices themselves.
test('what is found ok gives call prices that fall and bend upwards, and what is refused has a place where they do not', () => {
  const part = (min: number, max: number) => fc.integer({ min: min * 1e8, max: max * 1e8 });
  const drawn = fc.record({
    aE8: part(-0.02, 0.1),
    bE8: part(0, 0.6),
    rhoE8: part(-0.95, 0.95),
    mE8: part(-0.4, 0.4),
    sigmaE8: part(0.02, 0.5),
  });
  fc.assert(
    fc.property(drawn, (slice) => {
      const lowest = Math.min(...bends.map((k) => totalVarianceOf(slice, k)));
      // Above the least volatility there is, which would put a kink into the prices.
      fc.pre(lowest > VOLATILITY_MIN * VOLATILITY_MIN);
      const worst = Math.min(...bends.map((k) => priceBend(slice, k)));
      if (judgeSurface([slice]) === 'ok') expect(worst).toBeGreaterThan(-1e-6);
      else expect(worst).toBeLessThan(1e-6);
    }),
    { numRuns: 400 },
  );
});

const bends = Array.from({ length: 1_200 }, (_, at) => (at - 599.5) / 301);

/** Price of a butterfly one thousandth of a strike wide, over the square of its width: the density times the strike. */
function priceBend(slice: SurfaceSlice, k: number): number {
  const strike = exp(k);
  const width = 1e-3 * strike;
  const callAt = (at: number): number => black76(1, at, volatilityOf(slice, 1, at, 1), 1, true);
  return (callAt(strike - width) - 2 * callAt(strike) + callAt(strike + width)) / (width * 1e-3);
}
