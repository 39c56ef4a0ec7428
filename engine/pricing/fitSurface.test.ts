// Goal: whatever was seen, the surface can stand; and where what was seen can stand, it is found again. How: surfaces are
// drawn, seen with noise, and fitted; nonsense is offered too.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../lab/sim/random.ts';
import { exp } from './exp.ts';
import { fitSlice, fitSurface, type Smile } from './fitSurface.ts';
import { flatSlice, judgeSurface, type SurfaceSlice, totalVarianceOf, volatilityOf } from './surface.ts';

const FORWARD = 2_000;
const DAYS = [1, 2, 7, 30, 90, 360];

/** Strikes every quarter of a standard deviation out to 2.5, as a chain has them. */
function seen(years: number, level: number, volatilityAt: (deviations: number) => number): Smile {
  const points = Array.from({ length: 21 }, (_, at) => {
    const deviations = (at - 10) / 4;
    const strike = FORWARD * exp(deviations * level * Math.sqrt(years));
    return { strike, volatility: volatilityAt(deviations), weight: exp(-deviations * deviations) };
  });
  return { forward: FORWARD, years, points };
}

function drawnChain(seed: number): { smiles: Smile[]; noise: number } {
  const random = randomFrom(seed);
  const level = 0.4 + 0.5 * random.unit();
  const skew = 0.3 * (random.unit() - 0.6);
  const curvature = 0.02 + 0.04 * random.unit();
  const noise = 0.01 * random.unit();
  const smiles = DAYS.map((days) =>
    seen(days / 365, level, (z) => {
      const shape = 1 + (skew * z) / (1 + days / 30) + (curvature * z * z) / (1 + 0.2 * Math.abs(z));
      return level * Math.max(0.3, shape) + noise * (2 * random.unit() - 1);
    }),
  );
  return { smiles, noise };
}

/** Root of the weighted mean square of the errors, in volatility. */
function offBy({ forward, years, points }: Smile, slice: SurfaceSlice): number {
  let squares = 0;
  let weights = 0;
  for (const { strike, volatility, weight } of points) {
    const off = volatilityOf(slice, forward, strike, years) - volatility;
    squares += weight * off * off;
    weights += weight;
  }
  return Math.sqrt(squares / weights);
}

describe('drawn chains', () => {
  test('are fitted to 1.5 volatility points besides their noise, and the surface stands', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { smiles, noise } = drawnChain(seed);
      const fits = fitSurface(smiles);
      expect(judgeSurface(fits.map(({ slice }) => slice))).toBe('ok');
      expect(fits.map(({ outcome }) => outcome)).toEqual(smiles.map(() => 'fitted'));
      const off = fits.map(({ slice }, at) => offBy(smiles[at]!, slice));
      expect(Math.max(...off)).toBeLessThan(0.015 + noise);
    }
  });

  test('give the same slices every time', () => {
    const { smiles } = drawnChain(7);
    expect(fitSurface(smiles)).toEqual(fitSurface(smiles));
  });
});

test('a slice that stands is found again from what it shows', () => {
  const truth: SurfaceSlice = {
    aE8: 1_000_000,
    bE8: 8_000_000,
    rhoE8: -30_000_000,
    mE8: 2_000_000,
    sigmaE8: 20_000_000,
  };
  const years = 0.2;
  const points = Array.from({ length: 31 }, (_, at) => {
    const strike = FORWARD * exp((at - 15) / 20);
    return { strike, volatility: volatilityOf(truth, FORWARD, strike, years), weight: 1 };
  });
  const { slice, outcome } = fitSlice({ forward: FORWARD, years, points });
  expect(outcome).toBe('fitted');
  expect(offBy({ forward: FORWARD, years, points }, slice)).toBeLessThan(2e-4);
});

describe('what cannot be fitted', () => {
  const years = 30 / 365;
  const few: Smile = { forward: FORWARD, years, points: [{ strike: 2_000, volatility: 0.6, weight: 1 }] };

  test('keeps the last good slice', () => {
    const lastGood = flatSlice(0.5, years);
    expect(fitSlice(few, { lastGood })).toEqual({ slice: lastGood, outcome: 'kept' });
  });

  test('is flat at its own height without one', () => {
    const { slice, outcome } = fitSlice(few);
    expect(outcome).toBe('level');
    expect(volatilityOf(slice, FORWARD, 3_000, years)).toBeCloseTo(0.6, 6);
  });

  test('is parallel to the slice before where flat would undercut it', () => {
    const before: SurfaceSlice = {
      aE8: 1_000_000,
      bE8: 8_000_000,
      rhoE8: -30_000_000,
      mE8: 0,
      sigmaE8: 20_000_000,
    };
    const { slice, outcome } = fitSlice(few, { before, lastGood: flatSlice(0.1, years) });
    expect(outcome).toBe('level');
    expect(judgeSurface([before, slice])).toBe('ok');
    expect(totalVarianceOf(slice, 0)).toBeCloseTo(0.36 * years, 6);
  });

  test('and says nothing at all is flat at 100 %', () => {
    const { slice } = fitSlice({ forward: FORWARD, years, points: [] });
    expect(volatilityOf(slice, FORWARD, FORWARD, years)).toBeCloseTo(1, 6);
  });
});

test('whatever is offered, the surface stands', () => {
  const number = fc.oneof(
    fc.double({ min: 0, max: 5_000 }),
    fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, 1e300),
  );
  const volatility = fc.oneof(fc.double({ min: 0.01, max: 6, noNaN: true }), number);
  const smile = fc.record({
    forward: fc.oneof(fc.constant(FORWARD), number),
    years: fc.oneof(fc.double({ min: 1e-4, max: 2, noNaN: true }), fc.constantFrom(0, -1, Number.NaN)),
    points: fc.array(fc.record({ strike: number, volatility, weight: fc.oneof(fc.constant(1), number) }), {
      maxLength: 12,
    }),
  });
  fc.assert(
    fc.property(fc.array(smile, { minLength: 1, maxLength: 3 }), (smiles) => {
      const slices = fitSurface(smiles).map(({ slice }) => slice);
      expect(judgeSurface(slices)).toBe('ok');
    }),
    { numRuns: 150 },
  );
});
