import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divCeil, divFloor, mulDivCeil, mulDivFloor, roundHalfAway } from './round.ts';

const whole = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const divisor = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

function floorOf(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n ? quotient - 1n : quotient;
}

test('division rounds down or up by name, exact for every safe integer', () => {
  fc.assert(
    fc.property(whole, divisor, (a, b) => {
      expect(divFloor(a, b)).toBe(Number(floorOf(BigInt(a), BigInt(b))));
      expect(divCeil(a, b) + 0).toBe(Number(-floorOf(-BigInt(a), BigInt(b))));
    }),
  );
});

test('a product divided keeps every bit of the product', () => {
  const factor = fc.integer({ min: 0, max: 2 ** 40 });
  fc.assert(
    fc.property(whole, factor, divisor, (a, b, c) => {
      const exact = floorOf(BigInt(a) * BigInt(b), BigInt(c));
      fc.pre(exact >= BigInt(-Number.MAX_SAFE_INTEGER) && exact < BigInt(Number.MAX_SAFE_INTEGER));
      expect(mulDivFloor(a, b, c)).toBe(Number(exact));
      expect(mulDivCeil(-a, b, c) + 0).toBe(Number(-exact));
    }),
  );
});

test('a result that no double holds is a broken belief', () => {
  expect(() => mulDivFloor(Number.MAX_SAFE_INTEGER, 2 ** 40, 3)).toThrow('out of range');
});

test.each([
  [2.5, 3],
  [-2.5, -3],
  [2.4999999999999996, 2],
  [0.49999999999999994, 0],
  [-0.4, 0],
  [2251799813685249.5, 2251799813685250],
])('%d rounds to %d: a half goes away from zero', (value, rounded) => {
  expect(roundHalfAway(value)).toBe(rounded);
});
