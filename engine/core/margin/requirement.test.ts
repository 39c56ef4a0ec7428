import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import { fillRandomBook, randomRisk } from '../../lab/twins/randomBook.ts';
import { addRandomOptions, randomVectors } from '../../lab/twins/randomOptions.ts';
import { usd } from '../../units/money.ts';
import type { Ppm } from '../../units/rate.ts';
import { explainMargin } from './explain.ts';
import { createRiskParameters, type RiskSource } from './parameters.ts';
import { addOrders, addOtherSubaccount, addPosition, createPortfolio } from './portfolio.ts';
import {
  coversInitialMargin,
  freeCollateralUsd,
  initialMarginUsd,
  maintenanceMarginUsd,
  requirementOf,
} from './requirement.ts';
import { computeScan } from './scan.ts';
import { createScanScratch } from './scratch.ts';

const BTC = 0;
const ETH = 1;
const HEDGE = 2;
const USD = 1_000_000;
const source = sandboxRisk();
const parameters = createRiskParameters(source);

function bookOf(notionals: readonly number[], usdc = 10_000) {
  const portfolio = createPortfolio();
  portfolio.usdc = usdc * USD;
  for (const [underlying, notional] of notionals.entries()) {
    addPosition(portfolio, underlying, Math.round(notional * USD));
  }
  return portfolio;
}

describe('maintenance margin', () => {
  test('is 60 % of the scan of the positions, rounded up', () => {
    const portfolio = bookOf([1_000]);
    expect(initialMarginUsd(parameters, portfolio)).toBe(30_311_698);
    expect(maintenanceMarginUsd(parameters, portfolio)).toBe(18_187_019);
  });

  test('keeps the ranges of risk already held while new risk pays for a risen volatility', () => {
    const risen: RiskSource = {
      ...source,
      underlyings: source.underlyings.map((risk) => ({ ...risk, muInitialPpm: 2_000_000 as Ppm })),
    };
    const portfolio = bookOf([1_000]);
    const after = createRiskParameters(risen);
    expect(maintenanceMarginUsd(after, portfolio)).toBe(maintenanceMarginUsd(parameters, portfolio));
    expect(initialMarginUsd(after, portfolio) / initialMarginUsd(parameters, portfolio)).toBeCloseTo(2, 6);
  });

  test('looks at the account alone, initial margin at all the owner would have to close', () => {
    const alone = bookOf([10_000_000]);
    const owned = bookOf([10_000_000]);
    addOtherSubaccount(owned, BTC, 500_000_000 * USD);
    expect(maintenanceMarginUsd(parameters, owned)).toBe(maintenanceMarginUsd(parameters, alone));
    expect(initialMarginUsd(parameters, owned)).toBeGreaterThan(2 * initialMarginUsd(parameters, alone));
  });

  test('counts the larger side of the owner, not the sum of both', () => {
    const same = bookOf([10_000_000]);
    addOtherSubaccount(same, BTC, -10_000_000 * USD);
    expect(initialMarginUsd(parameters, same)).toBe(initialMarginUsd(parameters, bookOf([10_000_000])));
  });
});

describe('initial margin never falls below maintenance margin', () => {
  // Two coins that move as one in stress, and a small hedge in a market where the owner is large: for new
  // risk the hedge has twenty times the range, so it gains where margin for risk already held sees none.
  const cells = (level: number): number[] => [1e6, level, level, level, 1e6, level, level, level, 1e6];
  const [btc] = source.underlyings;
  const alike = createRiskParameters({
    ...source,
    underlyings: ['A', 'B', 'HEDGE'].map((symbol) => ({ ...btc!, symbol, adv30Usd: usd(150_000_000 * USD) })),
    calmPpm: cells(100_000),
    stressPpm: cells(900_000),
  });
  const portfolio = bookOf([1_000_000, 1_000_000, -56_600]);
  addOtherSubaccount(portfolio, HEDGE, -2_000_000_000 * USD);

  test('where a hedge looks better to new risk than to old', () => {
    const scan = computeScan(alike, portfolio, 'initial', createScanScratch());
    const maintenance = maintenanceMarginUsd(alike, portfolio);
    expect(scan).toBeLessThan(maintenance);
    expect(initialMarginUsd(alike, portfolio)).toBe(maintenance);
  });

  test('and the difference is a row with a name', () => {
    const { initial, initialUsd } = explainMargin(alike, portfolio);
    expect(initial.addOns).toEqual([
      { name: 'never below maintenance', kind: 'clamp', usd: initialUsd - initial.scanUsd },
    ]);
  });
});

test('free collateral is equity less initial margin, and falls when an order is placed', () => {
  const portfolio = bookOf([100_000, 0]);
  const before = requirementOf(parameters, portfolio);
  expect(before.freeUsd).toBe(before.equityUsd - before.initialUsd);
  expect(before.ratioPpm).toBe(Math.ceil((before.maintenanceUsd / before.equityUsd) * 1e6));
  addOrders(portfolio, ETH, 50_000 * USD, 0);
  const after = requirementOf(parameters, portfolio);
  expect(after.freeUsd).toBeLessThan(before.freeUsd);
  expect(after.maintenanceUsd).toBe(before.maintenanceUsd);
});

test('an order is covered exactly when free collateral is not negative, to the unit', () => {
  const random = randomFrom(31);
  const vectors = randomVectors(random);
  const portfolio = createPortfolio();
  for (let turn = 0; turn < 3_000; turn++) {
    const drawn = createRiskParameters(randomRisk(random, 8));
    fillRandomBook(random, portfolio, 8, 2 ** 44);
    if (random.chance(0.3)) addRandomOptions(random, portfolio, 8, vectors);
    const reserved = random.below(1_000_000);
    // USDC moves free collateral one to one, so this book stands right at its limit.
    portfolio.usdc -= freeCollateralUsd(drawn, portfolio) - reserved;
    expect(coversInitialMargin(drawn, portfolio, reserved)).toBe(true);
    portfolio.usdc -= 1;
    expect(coversInitialMargin(drawn, portfolio, reserved)).toBe(false);
    portfolio.usdc += random.below(2 ** 44);
    expect(coversInitialMargin(drawn, portfolio, reserved)).toBe(
      freeCollateralUsd(drawn, portfolio) >= reserved,
    );
  }
});
