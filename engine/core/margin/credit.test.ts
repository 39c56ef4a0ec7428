// Goal: new risk stands on no more than could be had: not on a price pushed up for a minute, not on profit too
// large to close. How: books that gain by each way alone, then random books beside maintenance margin.
import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import { RISK_CELLS } from '../../pricing/riskVector.ts';
import { addOption, addUnrealized } from './addLegs.ts';
import { creditCutUsd } from './credit.ts';
import { createRiskParameters, UNDERLYINGS_MAX } from './parameters.ts';
import { addOrders, addPosition, createPortfolio, type Portfolio, rowOf } from './portfolio.ts';
import { freeCollateralUsd, requirementOf } from './requirement.ts';

const USD = 1_000_000;
const parameters = createRiskParameters(sandboxRisk());
/** 20 % of a day's volume of the first underlying, in USD. */
const CLOSABLE = parameters.unwindUsdPerDay[0]! / 3 / USD;
const nobodyAlone = new Float64Array(UNDERLYINGS_MAX);

interface Leg {
  notional: number;
  gap?: number;
  profit?: number;
}

function bookOf(...legs: Leg[]): Portfolio {
  const portfolio = createPortfolio();
  for (const [underlying, { notional, gap, profit }] of legs.entries()) {
    addPosition(portfolio, underlying, Math.round(notional * USD));
    portfolio.averageGap[rowOf(portfolio, underlying)] = gap ?? 0;
    if (profit !== undefined) addUnrealized(portfolio, underlying, Math.round(profit * USD));
  }
  return portfolio;
}

const cutOf = (portfolio: Portfolio, alone = nobodyAlone): number =>
  creditCutUsd(parameters, portfolio, alone) / USD;

describe('the hour’s average price', () => {
  test('cuts a long above it, and a short below it', () => {
    expect(cutOf(bookOf({ notional: 100_000, gap: -0.01 }))).toBe(1_000);
    expect(cutOf(bookOf({ notional: -100_000, gap: 0.01 }))).toBe(1_000);
  });

  test('never adds: a long below it and a short above it count at the mark', () => {
    expect(cutOf(bookOf({ notional: 100_000, gap: 0.01 }))).toBe(0);
    expect(cutOf(bookOf({ notional: -100_000, gap: -0.01 }))).toBe(0);
  });

  test('does not net one underlying with another', () => {
    expect(cutOf(bookOf({ notional: 100_000, gap: -0.01 }, { notional: 100_000, gap: 0.05 }))).toBe(1_000);
  });

  test('counts the net position with the delta of options: a book without delta pays nothing', () => {
    const book = bookOf({ notional: 100_000, gap: -0.01 });
    const vectors = new Float64Array(RISK_CELLS);
    addOption(book, 0, vectors, 0, -10, 0, 0, 10_000 * USD, 0);
    expect(cutOf(book)).toBe(0);
    addOption(book, 0, vectors, 0, -5, 0, 0, 10_000 * USD, 0);
    // Short by delta now, and the price under its average would lend to a short.
    expect(cutOf(book)).toBe(0);
    book.averageGap[0] = 0.01;
    expect(cutOf(book)).toBe(500);
  });
});

describe('profit', () => {
  test('counts in full up to what a day could close', () => {
    expect(cutOf(bookOf({ notional: CLOSABLE, profit: 5_000 }))).toBe(0);
  });

  test('counts by the share of the position that a day could close', () => {
    expect(cutOf(bookOf({ notional: 4 * CLOSABLE, profit: 8_000 }))).toBeCloseTo(6_000, 5);
    expect(cutOf(bookOf({ notional: -4 * CLOSABLE, profit: 8_000 }))).toBeCloseTo(6_000, 5);
  });

  test('of a loss is nothing: losses count in full', () => {
    expect(cutOf(bookOf({ notional: 4 * CLOSABLE, profit: -8_000 }))).toBe(0);
  });

  test('in one underlying is not closed by the volume of another', () => {
    const book = bookOf({ notional: 2 * CLOSABLE, profit: 8_000 }, { notional: 1, profit: -8_000 });
    expect(cutOf(book)).toBeCloseTo(4_000, 5);
  });

  test('of options goes by their size, which short gamma has without delta', () => {
    const book = createPortfolio();
    const vectors = new Float64Array(RISK_CELLS).fill(-0.18 * 4 * CLOSABLE * USD);
    addOption(book, 0, vectors, 0, 1, 0, 0, 0, 0);
    addUnrealized(book, 0, 8_000 * USD);
    expect(cutOf(book)).toBeCloseTo(6_000, 5);
  });
});

describe('an isolation window', () => {
  const gained = (gain: number, leg: Leg): Portfolio => {
    const book = bookOf(leg);
    book.hasWindow = true;
    book.windowGain[0] = gain * USD;
    return book;
  };

  test('leaves of a gain what the underlying needs itself', () => {
    const alone = new Float64Array(UNDERLYINGS_MAX);
    alone[0] = 1_200 * USD;
    expect(cutOf(gained(5_000, { notional: 10_000 }), alone)).toBe(3_800);
    expect(cutOf(gained(1_000, { notional: 10_000 }), alone)).toBe(0);
    expect(cutOf(gained(-5_000, { notional: 10_000 }), alone)).toBe(0);
  });

  test('takes the same gain away once: the larger cut counts', () => {
    const leg = { notional: 4 * CLOSABLE, profit: 8_000 };
    expect(cutOf(gained(5_000, leg))).toBeCloseTo(6_000, 5);
    expect(cutOf(gained(7_000, leg))).toBeCloseTo(7_000, 5);
  });
});

test('nothing is cut from an empty book, or by open orders', () => {
  expect(cutOf(createPortfolio())).toBe(0);
  const book = bookOf({ notional: 100_000, gap: -0.01, profit: 50 });
  const before = cutOf(book);
  addOrders(book, 0, 9e9 * USD, 9e9 * USD);
  expect(cutOf(book)).toBe(before);
});

test('what is cut lowers free collateral by itself, and no requirement of maintenance', () => {
  const random = randomFrom(83);
  for (let draw = 0; draw < 500; draw++) {
    const legs = Array.from({ length: 1 + random.below(4) }, () => ({
      notional: (random.unit() - 0.5) * 4 * CLOSABLE,
      gap: (random.unit() - 0.5) * 0.1,
      profit: (random.unit() - 0.5) * 1e5,
    }));
    const full = requirementOf(parameters, bookOf(...legs.map((leg) => ({ ...leg, gap: 0 }))));
    const book = bookOf(...legs);
    const cut = requirementOf(parameters, book);
    expect(Number.isInteger(cut.creditCutUsd)).toBe(true);
    expect(cut.creditCutUsd).toBeGreaterThanOrEqual(full.creditCutUsd);
    expect(cut.maintenanceUsd).toBe(full.maintenanceUsd);
    expect(cut.initialUsd).toBe(full.initialUsd);
    expect(freeCollateralUsd(parameters, book)).toBe(cut.equityUsd - cut.creditCutUsd - cut.initialUsd);
  }
});
