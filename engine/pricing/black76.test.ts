// Goal: prices and greeks are Black's to the stated bound everywhere. How: the fixed-point twin for values, finite
// differences of the price itself for greeks, and the identities every European option obeys.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doubleOf, fixedOf } from '../lab/twins/exactMath.ts';
import { exactGreeks, exactOptionOf, exactPrice } from '../lab/twins/exactOption.ts';
import { black76, greeksOf } from './black76.ts';
import { exp } from './exp.ts';

type Option = [forward: number, strike: number, volatility: number, years: number, isCall: boolean];

const usd = fc.double({ min: 1e-4, max: 1e7, noNaN: true });
const anyOption = fc.tuple(
  usd,
  usd,
  fc.double({ min: 0, max: 10, noNaN: true }),
  fc.double({ min: 0, max: 5, noNaN: true }),
  fc.boolean(),
);
/** Strikes within a few standard deviations, where an option is traded. */
const tradedOption: fc.Arbitrary<Option> = fc
  .tuple(
    fc.double({ min: 1, max: 2e5, noNaN: true }),
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.double({ min: 0.1, max: 3, noNaN: true }),
    fc.double({ min: 1 / 365, max: 3, noNaN: true }),
    fc.boolean(),
  )
  .map(([forward, deviations, volatility, years, isCall]) => [
    forward,
    forward * exp(deviations * volatility * Math.sqrt(years)),
    volatility,
    years,
    isCall,
  ]);

function offFromTwin(option: Option): number {
  return Math.abs(doubleOf(fixedOf(black76(...option)) - exactPrice(exactOptionOf(...option))));
}

describe('the price', () => {
  test('is that of the twin to 2e-15 of the larger of forward and strike', () => {
    const close = (option: Option): void => {
      expect(offFromTwin(option)).toBeLessThanOrEqual(2e-15 * Math.max(option[0], option[1]));
    };
    fc.assert(fc.property(anyOption, close), { numRuns: 300 });
    fc.assert(fc.property(tradedOption, close), { numRuns: 300 });
  });

  test.each<[Option, number]>([
    [[100, 100, 0.2, 1, true], 7.965567455405797],
    [[2_241.65, 2_300, 0.713, 18 / 365, true], 115.99513127475917],
    [[45_000, 30_000, 0.9, 0.25, false], 1_631.885493470186],
    [[60_000, 60_000, 0.6, 1 / 365, false], 751.7064676877274],
    [[100, 99, 3, 2, true], 96.62751187788824],
  ])('of %j is the one of the twin', (option, known) => {
    expect(doubleOf(exactPrice(exactOptionOf(...option)))).toBeCloseTo(known, 11);
    expect(black76(...option)).toBeCloseTo(known, 10);
  });

  test('far out of the money keeps its relative precision', () => {
    const option: Option = [100, 1_000, 0.5, 0.1, true];
    expect(black76(...option) / doubleOf(exactPrice(exactOptionOf(...option)))).toBeCloseTo(1, 10);
  });

  test('call minus put is forward minus strike, to 1e-12 of the larger of them', () => {
    fc.assert(
      fc.property(anyOption, ([forward, strike, volatility, years]) => {
        const call = black76(forward, strike, volatility, years, true);
        const put = black76(forward, strike, volatility, years, false);
        const largest = Math.max(forward, strike);
        expect(Math.abs(call - put - (forward - strike))).toBeLessThanOrEqual(1e-12 * largest);
      }),
    );
  });

  test('lies between the intrinsic value and forward or strike', () => {
    fc.assert(
      fc.property(anyOption, ([forward, strike, volatility, years, isCall]) => {
        const price = black76(forward, strike, volatility, years, isCall);
        expect(price).toBeGreaterThanOrEqual(Math.max(0, isCall ? forward - strike : strike - forward));
        expect(price).toBeLessThanOrEqual((isCall ? forward : strike) * (1 + 1e-15));
      }),
    );
  });

  test.each<[string, Option, number]>([
    ['no time in the money', [120, 100, 0.5, 0, true], 20],
    ['no time out of the money', [120, 100, 0.5, 0, false], 0],
    ['no volatility', [80, 100, 0, 1, false], 20],
    ['volatility without end, call', [80, 100, Number.POSITIVE_INFINITY, 1, true], 80],
    ['volatility without end, put', [80, 100, Number.POSITIVE_INFINITY, 1, false], 100],
    ['a forward of 0, call', [0, 100, 0.5, 1, true], 0],
    ['a forward of 0, put', [0, 100, 0.5, 1, false], 100],
    ['a strike of 0, call', [80, 0, 0.5, 1, true], 80],
    ['a strike of 0, put', [80, 0, 0.5, 1, false], 0],
    ['nothing at all', [0, 0, 0, 0, true], 0],
    ['the smallest double for a forward', [5e-324, 1e300, 0.5, 1, true], 0],
    ['the far end of the doubles', [1e308, 1e-308, 5, 1, true], 1e308],
    ['deep in the money', [1e6, 1, 0.5, 0.01, true], 999_999],
  ])('with %s', (_what, option, value) => {
    expect(black76(...option)).toBe(value);
  });
});

describe('the greeks', () => {
  test('are those of the twin to 1e-12', () => {
    fc.assert(
      fc.property(tradedOption, (option) => {
        const ours = greeksOf(...option);
        const exact = exactGreeks(exactOptionOf(...option), option[3]);
        for (const name of ['delta', 'gamma', 'vega', 'theta'] as const) {
          expect(Math.abs(ours[name] / doubleOf(exact[name]) - 1)).toBeLessThan(1e-12);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('are the slopes of the price', () => {
    fc.assert(
      fc.property(tradedOption, ([forward, strike, volatility, years, isCall]) => {
        const { delta, gamma, vega, theta } = greeksOf(forward, strike, volatility, years, isCall);
        const spread = volatility * Math.sqrt(years);
        const slope = (priceOf: (step: number) => number, step: number): number =>
          (priceOf(step) - priceOf(-step)) / (2 * step);
        const byForward = (step: number): number =>
          black76(forward + step, strike, volatility, years, isCall);
        const deltaBy = (step: number): number =>
          greeksOf(forward + step, strike, volatility, years, isCall).delta;
        const step = forward * spread * 1e-4;
        expect(Math.abs(delta - slope(byForward, step))).toBeLessThan(1e-6);
        expect(Math.abs(gamma - slope(deltaBy, step)) * forward * spread).toBeLessThan(1e-6);
        const byVolatility = slope(
          (dv) => black76(forward, strike, volatility + dv, years, isCall),
          volatility * 1e-4,
        );
        expect(Math.abs(vega - byVolatility)).toBeLessThan(1e-6 * forward * Math.sqrt(years));
        const byTime = slope((dt) => black76(forward, strike, volatility, years + dt, isCall), years * 1e-4);
        expect(Math.abs(theta + byTime)).toBeLessThan((1e-6 * forward * spread) / years);
      }),
    );
  });

  test('of a call and a put differ by one in delta and by nothing else', () => {
    fc.assert(
      fc.property(tradedOption, ([forward, strike, volatility, years]) => {
        const call = greeksOf(forward, strike, volatility, years, true);
        const put = greeksOf(forward, strike, volatility, years, false);
        expect(call.delta - put.delta).toBeCloseTo(1, 14);
        expect({ ...call, delta: 0 }).toEqual({ ...put, delta: 0 });
      }),
    );
  });

  test('without time are those of the intrinsic value', () => {
    expect(greeksOf(120, 100, 0.5, 0, true)).toEqual({ delta: 1, gamma: 0, vega: 0, theta: 0 });
    expect(greeksOf(100, 100, 0.5, 0, true).delta).toBe(0.5);
    expect(greeksOf(120, 100, 0, 1, false).delta).toBe(0);
    expect(greeksOf(80, 100, 0.5, 0, false).delta).toBe(-1);
  });

  test('are numbers at every end of the doubles', () => {
    const ends = [0, 5e-324, 1e-10, 1, 1e10, 1e308];
    for (const forward of ends) {
      for (const strike of ends) {
        for (const volatility of [0, 1e-300, 1, 1e300]) {
          for (const years of [0, 1e-300, 1, 1e3]) {
            const { delta, gamma, vega, theta } = greeksOf(forward, strike, volatility, years, true);
            const price = black76(forward, strike, volatility, years, true);
            expect([price, delta, gamma, vega, theta].filter(Number.isNaN)).toEqual([]);
          }
        }
      }
    }
  });
});
