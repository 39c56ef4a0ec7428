import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discountOf } from './collateral.ts';
import { fillPrice } from './fillPrice.ts';
import { fundingAfter, fundingVelocity } from './funding.ts';
import { liquidationInWindow } from './liquidationPace.ts';
import { positionMargin } from './margin.ts';

const market = {
  skewScale: 1_000,
  initialFraction: 2,
  minInitialRatio: 0.01,
  maintenanceScalar: 0.5,
  minPositionUsd: 500,
};

test('margin grows faster than size and is the same on both sides', () => {
  const small = positionMargin(10, 100, market);
  const large = positionMargin(-20, 100, market);
  expect(large.initialUsd - 500).toBeGreaterThan(2 * (small.initialUsd - 500));
  expect(large).toEqual(positionMargin(20, 100, market));
  expect(small.maintenanceUsd).toBeLessThan(small.initialUsd);
});

test('a trade there and back costs nothing but the way: both fills are at one price', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -500, max: 500, noNaN: true }),
      fc.double({ min: -500, max: 500, noNaN: true }),
      (size, skew) => {
        expect(fillPrice(100, size, skew, 1_000)).toBeCloseTo(fillPrice(100, -size, skew + size, 1_000), 9);
      },
    ),
  );
});

describe('funding', () => {
  const drifting = { skewScale: 100, maxVelocity: 3 };

  test('drifts with the skew, no faster than its maximum', () => {
    expect([50, -50, 500, -500].map((skew) => fundingVelocity(skew, drifting))).toEqual([1.5, -1.5, 3, -3]);
  });

  test('what a long pays a short of the same size receives, and cutting a step in two changes nothing', () => {
    const held = { size: 2, price: 10 };
    const whole = fundingAfter(held, 20, [{ days: 1, skewChange: 0 }], drifting);
    const halves = Array.from({ length: 2 }, () => ({ days: 0.5, skewChange: 0 }));
    const cut = fundingAfter(held, 20, halves, drifting);
    expect(cut.rate).toBeCloseTo(whole.rate, 12);
    expect(cut.paidUsd).toBeCloseTo(whole.paidUsd, 12);
    expect(fundingAfter({ ...held, size: -2 }, 20, halves, drifting).paidUsd).toBeCloseTo(-cut.paidUsd, 12);
  });
});

test('a window takes what it has room for, on either side', () => {
  const window = { makerFee: 0.004, takerFee: 0.006, skewScale: 1_000, multiplier: 1, windowS: 10 };
  expect(liquidationInWindow(-150, window)).toEqual({ first: 100, remaining: 50 });
  expect(liquidationInWindow(30, window)).toEqual({ first: 30, remaining: 0 });
});

test('a deposit’s discount stays within its bounds', () => {
  const bounds = { lower: 0.01, upper: 0.1, skewScale: 1_000 };
  expect([1, 50, 900].map((amount) => discountOf(amount, bounds))).toEqual([0.01, 0.05, 0.1]);
});
