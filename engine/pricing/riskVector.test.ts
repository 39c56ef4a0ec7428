// Goal: every cell is the integer the formula asks for. How: the fixed-point twin for drawn options, and the shape that
// any option's values must have.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doubleOf, fixedOf } from '../lab/twins/exactMath.ts';
import { exactOptionOf, exactRiskVector } from '../lab/twins/exactOption.ts';
import {
  fillRiskVector,
  PRICE_MOVES,
  RISK_CELLS,
  type RiskVectorOption,
  VOL_STATES,
  valueAt,
} from './riskVector.ts';

const NO_MOVE = 9;
const call: RiskVectorOption = {
  forward: 2_000,
  strike: 2_100,
  volatility: 0.7,
  years: 0.1,
  isCall: true,
  unitsPerLot: 0.01,
};

const drawnOption = fc
  .record({
    forward: fc.double({ min: 1_000, max: 150_000, noNaN: true }),
    ratio: fc.double({ min: 0.2, max: 4, noNaN: true }),
    volatility: fc.double({ min: 0.05, max: 3, noNaN: true }),
    days: fc.double({ min: 0.01, max: 500, noNaN: true }),
    isCall: fc.boolean(),
  })
  .map(({ forward, ratio, volatility, days, isCall }) => {
    return { forward, strike: forward * ratio, volatility, years: days / 365, isCall, unitsPerLot: 1e-3 };
  });

function vectorOf(option: RiskVectorOption): Float64Array {
  const vector = new Float64Array(RISK_CELLS);
  fillRiskVector(vector, 0, option);
  return vector;
}

describe('a risk vector', () => {
  test('is the rounded value of the twin, but for what falls almost on a half', () => {
    fc.assert(
      fc.property(drawnOption, (option) => {
        const { forward, strike, volatility, years, isCall } = option;
        const exact = exactRiskVector(
          exactOptionOf(forward, strike, volatility, years, isCall),
          years,
          1_000,
        );
        const vector = vectorOf(option);
        const off = exact.map((cell, at) => Math.abs(doubleOf(fixedOf(vector[at]!) - cell)));
        expect(Math.max(...off)).toBeLessThan(0.501);
      }),
      { numRuns: 12 },
    );
  });

  test('holds integers, 0 where nothing changes, and never more than the option can move', () => {
    fc.assert(
      fc.property(drawnOption, (option) => {
        const vector = vectorOf(option);
        expect(vector.every(Number.isSafeInteger)).toBe(true);
        expect(vector[NO_MOVE * VOL_STATES]).toBe(0);
        const largest = option.isCall ? option.forward * 6 : option.strike;
        expect(Math.max(...vector.map(Math.abs))).toBeLessThanOrEqual(largest * 1e6 * option.unitsPerLot + 1);
      }),
    );
  });

  test('rises with the forward for a call, falls for a put, and rises with volatility', () => {
    fc.assert(
      fc.property(drawnOption, (option) => {
        const vector = vectorOf(option);
        const sign = option.isCall ? 1 : -1;
        for (let cell = VOL_STATES; cell < RISK_CELLS; cell++) {
          expect(sign * (vector[cell]! - vector[cell - VOL_STATES]!)).toBeGreaterThanOrEqual(0);
        }
        for (let cell = 0; cell < RISK_CELLS; cell += VOL_STATES) {
          expect(vector[cell + 1]!).toBeGreaterThanOrEqual(vector[cell]!);
          expect(vector[cell + 2]!).toBeLessThanOrEqual(vector[cell]!);
        }
      }),
    );
  });

  test('of a call less that of the put is the forward', () => {
    const put = vectorOf({ ...call, isCall: false });
    for (const [cell, value] of vectorOf(call).entries()) {
      const forwardUsd = 2_000 * PRICE_MOVES[Math.floor(cell / VOL_STATES)]! * 1e6 * 0.01;
      expect(Math.abs(value - put[cell]! - forwardUsd)).toBeLessThanOrEqual(1);
    }
  });

  test('at expiry is the intrinsic value’s', () => {
    const vector = vectorOf({ ...call, years: 0 });
    for (const [k, move] of PRICE_MOVES.entries()) {
      const usdPerLot = Math.max(0, 2_000 * (1 + move) - 2_100) * 0.01;
      expect(vector[k * VOL_STATES + 1]).toBe(Math.round(usdPerLot * 1e6));
    }
  });

  test('that would leave the safe integers breaks a belief', () => {
    expect(() => vectorOf({ ...call, forward: 1e9, strike: 1e9, unitsPerLot: 10 })).toThrow('safe integers');
  });
});

test('a vector is read back at its nodes, linearly between them and on along the last segment', () => {
  const at = RISK_CELLS;
  const vector = new Float64Array(2 * RISK_CELLS);
  fillRiskVector(vector, at, call);
  for (const [k, move] of PRICE_MOVES.entries()) {
    for (let state = 0; state < VOL_STATES; state++) {
      expect(valueAt(vector, move, state, at)).toBe(vector[at + k * VOL_STATES + state]);
    }
  }
  const cell = (move: number): number => vector[at + move * VOL_STATES]!;
  expect(valueAt(vector, 0.01, 0, at)).toBeCloseTo((cell(NO_MOVE) + cell(NO_MOVE + 1)) / 2, 6);
  expect(valueAt(vector, 7, 0, at)).toBeCloseTo(2 * cell(20) - cell(19), 3);
  expect(valueAt(vector, -0.82, 0, at)).toBeCloseTo(2 * cell(0) - cell(1), 6);
});
