// Goal: every charge on top of the scan is charged by what it is for, and by nothing else. How: one book for
// each row, beside the same book without its cause. Random books then show what holds for all of them.
import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import { fillRandomBook, randomRisk } from '../../lab/twins/randomBook.ts';
import { addRandomCharges, addRandomOptions, randomVectors } from '../../lab/twins/randomOptions.ts';
import { RISK_CELLS } from '../../pricing/riskVector.ts';
import { usd } from '../../units/money.ts';
import { addExpiryLeg, addOpenInterest, addOption, addProvision, setConfidence } from './addLegs.ts';
import { ADD_ON_NAMES, ADD_ONS, AddOn, computeAddOns, hasMaintenanceAddOns } from './addOns.ts';
import { prepareLegs } from './legs.ts';
import { createRiskParameters, type RiskParameters } from './parameters.ts';
import { addCollateral, addOrders, addPosition, createPortfolio, type Portfolio } from './portfolio.ts';
import type { MarginKind } from './range.ts';
import { initialMarginUsd, maintenanceMarginUsd } from './requirement.ts';
import { computeScan } from './scan.ts';
import { createScanScratch } from './scratch.ts';

const USD = 1_000_000;
const MARCH_MS = 1_800_000_000_000;
const JUNE_MS = 1_807_862_400_000;
const parameters = createRiskParameters(sandboxRisk());
const vectors = new Float64Array(RISK_CELLS).fill(1);
const scratch = createScanScratch();
const rows = new Float64Array(ADD_ONS);

function bookOf(...fill: ((portfolio: Portfolio) => void)[]): Portfolio {
  const portfolio = createPortfolio();
  for (const add of fill) add(portfolio);
  return portfolio;
}

/** All rows in USD. */
function addOnsOf(portfolio: Portfolio, kind: MarginKind, of: RiskParameters = parameters): number[] {
  prepareLegs(of, portfolio, kind, scratch);
  computeAddOns(of, portfolio, kind, scratch.rowStandalone, rows);
  return Array.from(rows, (row) => row / USD);
}

const rowOf = (addOn: AddOn, portfolio: Portfolio, kind: MarginKind, of?: RiskParameters): number =>
  addOnsOf(portfolio, kind, of)[addOn]!;

const long =
  (usdSize: number, underlying = 0) =>
  (portfolio: Portfolio): void =>
    addPosition(portfolio, underlying, usdSize * USD);

test('a perpetual alone is charged nothing on top', () => {
  const book = bookOf(long(100_000));
  expect(addOnsOf(book, 'initial')).toEqual(new Array(ADD_ONS).fill(0));
  expect(addOnsOf(book, 'maintenance')).toEqual(new Array(ADD_ONS).fill(0));
  expect(hasMaintenanceAddOns(book)).toBe(false);
});

test('every row has a name to be shown by', () => {
  expect(ADD_ON_NAMES.map(({ kind }) => kind)).toEqual(Object.keys(AddOn));
});

describe('basis between expiries', () => {
  const future = (usdSize: number, expiryMs: number) => (portfolio: Portfolio) =>
    addExpiryLeg(portfolio, 0, expiryMs, usdSize * USD);

  test('is a share of what one expiry holds against another', () => {
    const book = bookOf(long(1_000), future(-700, MARCH_MS));
    expect(rowOf(AddOn.basis, book, 'initial')).toBeCloseTo(7, 2);
    expect(rowOf(AddOn.basis, book, 'maintenance')).toBeCloseTo(4.2, 2);
    const calendar = bookOf(future(500, MARCH_MS), future(-500, JUNE_MS));
    expect(rowOf(AddOn.basis, calendar, 'initial')).toBeCloseTo(5, 2);
  });

  test('grows with the time its larger side takes to close', () => {
    const small = rowOf(AddOn.basis, bookOf(long(1_000), future(-1_000, MARCH_MS)), 'initial');
    const large = rowOf(AddOn.basis, bookOf(long(1e8), future(-1e8, MARCH_MS)), 'initial');
    expect(large).toBeGreaterThan(2 * 1e5 * small);
  });

  test('is nothing on one side, in one expiry, or of another coin', () => {
    expect(rowOf(AddOn.basis, bookOf(long(1_000), future(700, MARCH_MS)), 'initial')).toBe(0);
    expect(rowOf(AddOn.basis, bookOf(future(1_000, MARCH_MS), future(-1_000, MARCH_MS)), 'initial')).toBe(0);
    expect(rowOf(AddOn.basis, bookOf(long(1_000, 1), future(-1_000, MARCH_MS)), 'initial')).toBe(0);
  });
});

describe('short option minimum', () => {
  const option =
    (lots: number, bids = 0, asks = 0) =>
    (portfolio: Portfolio) =>
      addOption(portfolio, 0, vectors, 0, lots, bids, asks, 0, 600 * USD);

  test('is a share of the underlying under each net short, and of what asks would make one', () => {
    expect(rowOf(AddOn.shortOptions, bookOf(option(-10)), 'initial')).toBe(60);
    expect(rowOf(AddOn.shortOptions, bookOf(option(-10)), 'maintenance')).toBe(30);
    expect(rowOf(AddOn.shortOptions, bookOf(option(-10, 0, 5)), 'initial')).toBe(90);
    expect(rowOf(AddOn.shortOptions, bookOf(option(-10, 0, 5)), 'maintenance')).toBe(30);
  });

  test('is nothing for longs, however many they hedge; another series keeps its own', () => {
    expect(rowOf(AddOn.shortOptions, bookOf(option(10)), 'initial')).toBe(0);
    expect(rowOf(AddOn.shortOptions, bookOf(option(10, 3, 10)), 'initial')).toBe(0);
    expect(rowOf(AddOn.shortOptions, bookOf(option(10), option(-10)), 'initial')).toBe(60);
  });
});

describe('concentration', () => {
  const market = (usdSize: number) => (portfolio: Portfolio) => addOpenInterest(portfolio, 0, usdSize * USD);

  test('is twice the standalone margin for what passes a tenth of the open interest', () => {
    const book = bookOf(long(300_000), market(1_000_000));
    const charged = rowOf(AddOn.concentration, book, 'initial', withoutFloor());
    expect(charged).toBeCloseTo((2 * 0.2 * scratch.rowStandalone[0]!) / USD, 3);
    expect(rowOf(AddOn.concentration, book, 'maintenance', withoutFloor())).toBe(0);
  });

  test('counts what orders would add', () => {
    const book = bookOf(long(90_000), market(1_000_000), (portfolio) =>
      addOrders(portfolio, 0, 60_000 * USD, 0),
    );
    expect(rowOf(AddOn.concentration, book, 'initial', withoutFloor())).toBeGreaterThan(0);
  });

  test('is nothing up to a tenth, in a market that nobody knows, and for coins held as collateral', () => {
    const of = withoutFloor();
    expect(rowOf(AddOn.concentration, bookOf(long(99_000), market(1_000_000)), 'initial', of)).toBe(0);
    expect(rowOf(AddOn.concentration, bookOf(long(300_000)), 'initial', of)).toBe(0);
    const coins = bookOf(market(1_000_000), (portfolio) =>
      addCollateral(portfolio, { underlying: 0, value: 300_000 * USD, weightPpm: 980_000 }),
    );
    expect(rowOf(AddOn.concentration, coins, 'initial', of)).toBe(0);
  });

  test('counts the launch floor where a market is smaller', () => {
    const of = withTerms({ launchFloorUsd: usd(10_000_000 * USD) });
    expect(rowOf(AddOn.concentration, bookOf(long(900_000), market(1_000_000)), 'initial', of)).toBe(0);
  });
});

describe('open interest near its cap', () => {
  const ramp = withTerms({ openInterestRampUsd: { from: usd(1e6 * USD), to: usd(2e6 * USD) } });
  const inMarketOf = (usdSize: number) =>
    bookOf(long(10_000), (portfolio) => addOpenInterest(portfolio, 0, usdSize * USD));

  test('leads from the standalone margin to the whole notional', () => {
    const half = rowOf(AddOn.openInterest, inMarketOf(1.5e6), 'initial', ramp);
    const alone = scratch.rowStandalone[0]! / USD;
    expect(half).toBeCloseTo((10_000 - alone) / 2, 3);
    expect(rowOf(AddOn.openInterest, inMarketOf(2e6), 'initial', ramp)).toBeCloseTo(10_000 - alone, 3);
    expect(rowOf(AddOn.openInterest, inMarketOf(9e6), 'initial', ramp)).toBeCloseTo(10_000 - alone, 3);
  });

  test('is nothing below the ramp, and never part of maintenance margin', () => {
    expect(rowOf(AddOn.openInterest, inMarketOf(1e6), 'initial', ramp)).toBe(0);
    expect(rowOf(AddOn.openInterest, inMarketOf(2e6), 'maintenance', ramp)).toBe(0);
  });
});

describe('funding and closing fees', () => {
  test('are what eight hours cost where they are paid, and the fees', () => {
    const book = bookOf(long(1_000), (portfolio) => addProvision(portfolio, 0, 2 * USD, USD));
    expect(rowOf(AddOn.provision, book, 'initial')).toBe(3);
    expect(rowOf(AddOn.provision, book, 'maintenance')).toBe(3);
    expect(hasMaintenanceAddOns(book)).toBe(true);
  });

  test('are not lowered by funding that is received', () => {
    const book = bookOf(long(1_000), (portfolio) => addProvision(portfolio, 0, -50 * USD, USD));
    expect(rowOf(AddOn.provision, book, 'initial')).toBe(1);
  });
});

describe('low oracle confidence', () => {
  const doubted = (ppm: number) => bookOf(long(1_000), (portfolio) => setConfidence(portfolio, 0, ppm));

  test('is (1 − confidence) · R · D', () => {
    const alone = computeScan(parameters, bookOf(long(1_000)), 'initial', scratch) / USD;
    expect(rowOf(AddOn.confidence, doubted(400_000), 'initial')).toBeCloseTo(0.6 * alone, 4);
    expect(rowOf(AddOn.confidence, doubted(0), 'maintenance')).toBeCloseTo(alone, 4);
  });

  test('is nothing from 55 % on', () => {
    expect(rowOf(AddOn.confidence, doubted(550_000), 'initial')).toBe(0);
    expect(rowOf(AddOn.confidence, doubted(549_999), 'initial')).toBeGreaterThan(0);
  });
});

describe('USDC under its peg', () => {
  const at = (ppm: number, ...fill: ((portfolio: Portfolio) => void)[]) =>
    bookOf(...fill, (portfolio) => {
      portfolio.settlementPricePpm = ppm;
    });

  test('is four times the gap on all that is short, options by their underlying', () => {
    expect(rowOf(AddOn.depeg, at(960_000, long(-1_000)), 'initial')).toBe(120);
    expect(rowOf(AddOn.depeg, at(960_000, long(-1_000)), 'maintenance')).toBe(120);
    const short = (portfolio: Portfolio) => addOption(portfolio, 0, vectors, 0, -1, 0, 0, 0, 500 * USD);
    expect(rowOf(AddOn.depeg, at(960_000, short), 'maintenance')).toBe(60);
  });

  test('counts asks in initial margin only', () => {
    const asks = (portfolio: Portfolio) => addOrders(portfolio, 0, 0, 1_000 * USD);
    expect(rowOf(AddOn.depeg, at(960_000, asks), 'initial')).toBe(120);
    expect(rowOf(AddOn.depeg, at(960_000, asks), 'maintenance')).toBe(0);
  });

  test('is nothing for longs, and nothing from 99 cents on', () => {
    expect(rowOf(AddOn.depeg, at(960_000, long(1_000)), 'initial')).toBe(0);
    expect(rowOf(AddOn.depeg, at(990_000, long(-1_000)), 'initial')).toBe(0);
  });
});

describe('random books', () => {
  test('have rows of whole micro-USD that only add, new risk never less than old', () => {
    const random = randomFrom(71);
    const options = randomVectors(random);
    const portfolio = createPortfolio();
    const initial = new Float64Array(ADD_ONS);
    const maintenance = new Float64Array(ADD_ONS);
    for (let book = 0; book < 1_500; book++) {
      const of = createRiskParameters(randomRisk(random, 1 + random.below(6)));
      fillRandomBook(random, portfolio, of.count, 2 ** 47);
      if (random.chance(0.6)) addRandomOptions(random, portfolio, of.count, options);
      addRandomCharges(random, portfolio, of.count);
      const scanInitial = computeScan(of, portfolio, 'initial', scratch);
      const sum = computeAddOns(of, portfolio, 'initial', scratch.rowStandalone, initial);
      computeScan(of, portfolio, 'maintenance', scratch);
      computeAddOns(of, portfolio, 'maintenance', scratch.rowStandalone, maintenance);
      expect(initial.every((row, at) => Number.isInteger(row) && row >= maintenance[at]!)).toBe(true);
      expect(maintenance.every((row) => Number.isInteger(row) && row >= 0)).toBe(true);
      expect(initial.reduce((total, row) => total + row, 0)).toBe(sum);
      expect(initialMarginUsd(of, portfolio)).toBeGreaterThanOrEqual(scanInitial + sum);
      expect(maintenance.some((row) => row > 0) && !hasMaintenanceAddOns(portfolio)).toBe(false);
      expect(initialMarginUsd(of, portfolio)).toBeGreaterThanOrEqual(maintenanceMarginUsd(of, portfolio));
    }
  });
});

function withTerms(terms: object): RiskParameters {
  const source = sandboxRisk(1);
  const { launchFloorUsd, openInterestRampUsd, ...btc } = source.underlyings[0]!;
  return createRiskParameters({ ...source, underlyings: [{ ...btc, ...terms }] });
}

function withoutFloor(): RiskParameters {
  return withTerms({});
}
