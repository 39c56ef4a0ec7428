// Goal: the chain's integer rules hold for any account. How: properties over drawn subaccounts, exact to the quantum.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ceilingOf, dividedBy, floorOf, fraction, fractionOf, minus, plus, times } from './fraction.ts';
import { fundingIndexDelta, impactPrice, maxFundingPpm, premiumPpm } from './funding.ts';
import { initialMargin } from './initialMargin.ts';
import { bankruptcyQuote, fillablePrice, insuranceFundDelta } from './liquidationPrices.ts';
import { type DydxMarket, isLiquidatable, maintenanceOf, totalsOf } from './subaccount.ts';

const btc: DydxMarket = { oracle: fractionOf(50_000), resolution: -8, maintenanceFraction: fractionOf(0.03) };
const eth: DydxMarket = {
  oracle: fractionOf(3_000.5),
  resolution: -9,
  maintenanceFraction: fractionOf(0.05),
};
const quantums = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).filter((size) => size !== 0n);
const usdc = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });

describe('a fraction', () => {
  test('is what is written and not the double next to it', () => {
    expect(fractionOf(0.1)).toEqual({ numerator: 1n, denominator: 10n });
    expect(fractionOf(-1.5e-7)).toEqual({ numerator: -3n, denominator: 20_000_000n });
    expect(fractionOf(2e21)).toEqual({ numerator: 2n * 10n ** 21n, denominator: 1n });
    expect(() => fractionOf(Number.NaN)).toThrow('NaN is not a finite number');
    expect(() => fraction(1n, 0n)).toThrow('a fraction needs a denominator other than 0');
  });

  test('adds, multiplies and rounds exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.bigInt({ min: 1n }), (a, b, c) => {
        const [x, y] = [fraction(a, c), fraction(b, c)];
        expect(minus(plus(x, y), y)).toEqual(x);
        if (b !== 0n) expect(dividedBy(times(x, y), y)).toEqual(x);
        expect(ceilingOf(x) - floorOf(x)).toBe(x.denominator === 1n ? 0n : 1n);
      }),
    );
  });
});

describe('bankruptcy', () => {
  test('closing the only position whole takes exactly what the account has', () => {
    fc.assert(
      fc.property(usdc, quantums, (usdcQuantums, baseQuantums) => {
        const position = { market: btc, baseQuantums };
        fc.pre(maintenanceOf(btc, baseQuantums) > 0n);
        const quote = bankruptcyQuote({ usdcQuantums, positions: [position] }, position, -baseQuantums);
        expect(usdcQuantums + quote).toBe(0n);
      }),
    );
  });

  test('closing in parts never leaves the insurance fund worse off than the account was', () => {
    fc.assert(
      fc.property(usdc, quantums, quantums, (usdcQuantums, base, other) => {
        const position = { market: btc, baseQuantums: base };
        const positions = [position, { market: eth, baseQuantums: other }];
        fc.pre(base / 2n !== 0n && maintenanceOf(btc, base) > 0n);
        const before = totalsOf({ usdcQuantums, positions });
        const paid = bankruptcyQuote({ usdcQuantums, positions }, position, -(base / 2n));
        const after = totalsOf({
          usdcQuantums: usdcQuantums + paid,
          positions: [{ market: btc, baseQuantums: base - base / 2n }, positions[1]!],
        });
        // Collateral per maintenance stays; rounding goes to the account, so that no fund pays for it.
        const drift = after.netCollateral * before.maintenance - before.netCollateral * after.maintenance;
        expect(drift >= 0n && drift < before.maintenance).toBe(true);
      }),
    );
  });
});

describe('a liquidation’s limit price', () => {
  const rule = { bankruptcyAdjustmentPpm: 1_000_000n, spreadToMaintenancePpm: 500_000n };
  const priceOf = (usdcQuantums: bigint, baseQuantums: bigint) => {
    const position = { market: btc, baseQuantums };
    return fillablePrice({ usdcQuantums, positions: [position] }, position, rule);
  };
  const size = fc.bigInt({ min: 1_000n, max: 10n ** 12n });
  // USD per coin in quote quantums per base quantum.
  const oracle = times(btc.oracle, fractionOf(0.01));

  test('is the oracle while the account has its maintenance', () => {
    fc.assert(
      fc.property(size, (held) => {
        expect(priceOf(0n, held)).toEqual(oracle);
      }),
    );
  });

  test('is half the maintenance worse for a bankrupt account, on either side', () => {
    fc.assert(
      fc.property(size, fc.boolean(), (held, isLong) => {
        const baseQuantums = isLong ? held : -held;
        const usdcQuantums = isLong ? -(10n ** 16n) : 0n;
        const worse = dividedBy(fraction(maintenanceOf(btc, baseQuantums), 2n), fraction(baseQuantums));
        expect(priceOf(usdcQuantums, baseQuantums)).toEqual(minus(oracle, worse));
      }),
    );
  });
});

test('the fund gets at most the fee and pays whatever is missing', () => {
  expect(insuranceFundDelta(1_000n, 900n, 50_000n)).toBe(50n);
  expect(insuranceFundDelta(1_000n, 980n, 50_000n)).toBe(20n);
  expect(insuranceFundDelta(-1_000n, -1_030n, 50_000n)).toBe(30n);
  expect(insuranceFundDelta(1_000n, 1_100n, 50_000n)).toBe(-100n);
});

test('an account is liquidated under its maintenance, not at it, and never without one', () => {
  const position = { market: btc, baseQuantums: 10_000_000n };
  const limit = 150_000_000n - 5_000_000_000n;
  expect(isLiquidatable({ usdcQuantums: limit, positions: [position] })).toBe(false);
  expect(isLiquidatable({ usdcQuantums: limit - 1n, positions: [position] })).toBe(true);
  expect(isLiquidatable({ usdcQuantums: -1n, positions: [] })).toBe(false);
});

test('the initial fraction grows with open interest without a step, from the tier’s own to everything', () => {
  const caps = { lower: 1_000n, upper: 3_000n };
  const at = (openInterest: bigint) => initialMargin(1_000_000n, 100_000n, openInterest, caps);
  expect([0n, 1_000n, 2_000n, 3_000n, 9_000n].map(at)).toEqual([
    100_000n,
    100_000n,
    550_000n,
    1_000_000n,
    1_000_000n,
  ]);
  expect(initialMargin(1_000_000n, 100_000n, 9_000n, { lower: 0n, upper: 0n })).toBe(100_000n);
  expect(initialMargin(3n, 333_333n, 0n, caps)).toBe(1n);
});

describe('funding', () => {
  const book = {
    bids: [
      [99, 1],
      [98, 5],
    ] as const,
    asks: [
      [101, 1],
      [102, 5],
    ] as const,
  };

  test('an impact price is the average fill, and a thin side has none', () => {
    expect(impactPrice(book.asks, 101)).toBe(101);
    expect(impactPrice(book.asks, 203)).toBeCloseTo(101.5, 9);
    expect(impactPrice(book.asks, 10_000)).toBeUndefined();
  });

  test('the premium is nothing inside the spread and has the side of the index outside', () => {
    expect(premiumPpm(book, 100, 50)).toBeCloseTo(0, 12);
    expect(premiumPpm(book, 90, 50)).toBe(100_000);
    expect(premiumPpm(book, 110, 50)).toBe(-81_818);
    expect(premiumPpm({ bids: [], asks: [] }, 100, 50)).toBeCloseTo(0, 12);
  });

  test('the index moves against longs when the rate is positive and as far the other way when not', () => {
    const market = { price: fractionOf(20), exponent: 0, resolution: -6 };
    expect(fundingIndexDelta(market, 500n, 3_600n)).toBe(1_250n);
    expect(fundingIndexDelta(market, -500n, 3_600n)).toBe(-1_250n);
    expect(maxFundingPpm(50_000n, 600_000n, 6_000_000n)).toBe(120_000n);
  });
});
