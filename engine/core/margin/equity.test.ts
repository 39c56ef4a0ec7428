import { describe, expect, test } from 'vitest';
import { countedCollateralUsd, debtLimitUsd, equityUsd, interestPpmYear, scaledWeightPpm } from './equity.ts';
import { addCollateral, createPortfolio, NO_UNDERLYING } from './portfolio.ts';

const USD = 1_000_000;

describe('equity', () => {
  test('is USDC, collateral after its haircut, and unrealized PnL', () => {
    const portfolio = createPortfolio();
    portfolio.usdc = 10_000 * USD;
    portfolio.unrealizedPnl = -1_000 * USD;
    addCollateral(portfolio, { underlying: 0, value: 5_000 * USD, weightPpm: 980_000 });
    expect(equityUsd(portfolio)).toBe(13_900 * USD);
  });

  test('counts what is owed in full: a haircut lowers what is owned only', () => {
    const portfolio = createPortfolio();
    addCollateral(portfolio, { underlying: 1, value: -5_000 * USD, weightPpm: 500_000 });
    expect(countedCollateralUsd(portfolio)).toBe(-5_000 * USD);
  });

  test('rounds every row of collateral down', () => {
    const portfolio = createPortfolio();
    addCollateral(portfolio, { underlying: 0, value: 3, weightPpm: 500_000 });
    addCollateral(portfolio, { underlying: 1, value: 3, weightPpm: 500_000 });
    expect(countedCollateralUsd(portfolio)).toBe(2);
  });

  test('loses no digit on collateral of billions', () => {
    const portfolio = createPortfolio();
    addCollateral(portfolio, { underlying: NO_UNDERLYING, value: 4_000_000_000_000_001, weightPpm: 999_999 });
    expect(countedCollateralUsd(portfolio)).toBe(3_999_996_000_000_000);
  });
});

test('a pool over its cap counts as if it ended there', () => {
  expect(scaledWeightPpm(960_000, 150e12, 100e12)).toBe(640_000);
  expect(scaledWeightPpm(960_000, 100e12, 100e12)).toBe(960_000);
  expect(scaledWeightPpm(960_000, 0, 0)).toBe(960_000);
});

describe('the debt limit', () => {
  const portfolio = createPortfolio();
  addCollateral(portfolio, { underlying: 0, value: 100_000 * USD, weightPpm: 900_000 });

  test('is half of what the other collateral counts for', () => {
    expect(debtLimitUsd(portfolio, 1_000_000_000 * USD)).toBe(45_000 * USD);
  });

  test('is 2 % of the USDC of the venue when that is less', () => {
    expect(debtLimitUsd(portfolio, 1_000_000 * USD)).toBe(20_000 * USD);
  });

  test('is nothing without collateral, and never negative', () => {
    expect(debtLimitUsd(createPortfolio(), 1_000_000 * USD)).toBe(0);
    expect(debtLimitUsd(portfolio, -5)).toBe(0);
  });
});

describe('interest on owed USDC', () => {
  // 20 % of the venue may be owed: 200 of 1 000.
  const venue = 1_000 * USD;

  test.each([
    [0, 0],
    [1 * USD, 50_000],
    [160 * USD, 50_000],
    [180 * USD, 525_000],
    [200 * USD, 1_000_000],
    [900 * USD, 1_000_000],
  ])('of %d micro-USD is %d ppm a year', (owed, ppm) => {
    expect(interestPpmYear(owed, venue)).toBe(ppm);
  });

  test('is at its most when the venue holds nothing', () => {
    expect(interestPpmYear(1, 0)).toBe(1_000_000);
  });
});
