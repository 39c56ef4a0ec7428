// Goal: what a risk officer is promised of options holds. How: real risk vectors of calls and puts on BTC
// beside perpetual books, compared with a changed copy; random books for the properties.
import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import { fillRandomBook, randomRisk } from '../../lab/twins/randomBook.ts';
import { addRandomCharges, addRandomOptions, randomVectors } from '../../lab/twins/randomOptions.ts';
import { greeksOf } from '../../pricing/black76.ts';
import { fillRiskVector, RISK_CELLS, valueAt } from '../../pricing/riskVector.ts';
import { addOption } from './addLegs.ts';
import { explainMargin, explainScan } from './explain.ts';
import { createRiskParameters } from './parameters.ts';
import { addOrders, addPosition, copyPortfolio, createPortfolio, type Portfolio } from './portfolio.ts';
import { optionRangeOf, rangeOf } from './range.ts';
import { initialMarginUsd, requirementOf } from './requirement.ts';
import { computeScan } from './scan.ts';
import { createScanScratch } from './scratch.ts';

const USD = 1_000_000;
const BTC = 0;
const ETH = 1;
const FORWARD = 60_000;
const parameters = createRiskParameters(sandboxRisk());
const scratch = createScanScratch();
const vector = new Float64Array(RISK_CELLS);

interface Series {
  strike: number;
  days: number;
  isCall: boolean;
  volatility?: number;
}

/** Adds coins of one series on BTC to a book. */
function addSeries(
  book: Portfolio,
  series: Series,
  coins: number,
  bids = 0,
  asks = 0,
  underlying = BTC,
): void {
  const { strike, days, isCall, volatility = 0.5 } = series;
  const years = days / 365;
  fillRiskVector(vector, 0, { forward: FORWARD, strike, volatility, years, isCall, unitsPerLot: 1 });
  const { delta } = greeksOf(FORWARD, strike, volatility, years, isCall);
  const perLot = Math.round(delta * FORWARD * USD);
  addOption(book, underlying, vector, 0, coins, bids, asks, perLot, FORWARD * USD);
}

function perpetuals(btcCoins: number): Portfolio {
  const book = createPortfolio();
  book.usdc = 1_000_000 * USD;
  if (btcCoins !== 0) addPosition(book, BTC, btcCoins * FORWARD * USD);
  return book;
}

const scanOf = (book: Portfolio): number => computeScan(parameters, book, 'initial', scratch);

const call: Series = { strike: 66_000, days: 30, isCall: true };
const put: Series = { strike: 54_000, days: 30, isCall: false };

describe('one option', () => {
  test('of a penny does not reprice a perpetual book', () => {
    const book = perpetuals(10);
    const before = scanOf(book);
    fillRiskVector(vector, 0, {
      forward: FORWARD,
      strike: 66_000,
      volatility: 0.5,
      years: 0.1,
      isCall: true,
      unitsPerLot: 1e-6,
    });
    addOption(book, BTC, vector, 0, -1, 0, 0, Math.round(0.3 * FORWARD), FORWARD);
    expect(Math.abs(scanOf(book) - before)).toBeLessThan(0.5 * USD);
  });

  test('bought loses at most what it is worth', () => {
    const book = perpetuals(0);
    addSeries(book, call, 1);
    const worth = -valueAt(vector, -0.66, 2);
    expect(scanOf(book)).toBeLessThanOrEqual(worth + 1);
    expect(scanOf(book)).toBeGreaterThan(0.5 * worth);
  });

  test('sold is charged for the far tail, weighted by range ÷ move', () => {
    const book = perpetuals(0);
    addSeries(book, { strike: 120_000, days: 30, isCall: true }, -1);
    const range = optionRangeOf(parameters, BTC, parameters.dayRangeInitial[BTC]!, 0);
    const tail = (valueAt(vector, 5, 1) * range) / 5;
    expect(scanOf(book)).toBeGreaterThanOrEqual(Math.floor(tail * 0.999));
    expect(explainScan(parameters, book, 'initial').sentence).toBe('BTC +500.0 % with vol up');
  });
});

describe('a hedge with options', () => {
  test('a covered call is never charged more than its coins at the range of options and its vega', () => {
    const dayRange = parameters.dayRangeInitial[BTC]!;
    for (const strike of [54_000, 60_000, 66_000, 80_000, 120_000]) {
      for (const days of [1, 7, 30, 180]) {
        const book = perpetuals(10);
        addSeries(book, { strike, days, isCall: true }, -10);
        const coins = 10 * FORWARD * USD;
        const vega = 10 * valueAt(vector, 0, 1);
        const alone = coins * optionRangeOf(parameters, BTC, dayRange, coins);
        expect(scanOf(book)).toBeLessThanOrEqual(alone + vega);
      }
    }
  });

  test('a covered call deep in the money costs next to nothing', () => {
    const book = perpetuals(10);
    addSeries(book, { strike: 20_000, days: 7, isCall: true }, -10);
    expect(scanOf(book)).toBeLessThan(0.1 * scanOf(perpetuals(10)));
  });

  test('cheap one-day calls beside a short book release no more than they gain inside its range', () => {
    for (const coins of [100, 1_000, 10_000]) {
      const short = perpetuals(-coins);
      const before = scanOf(short);
      const hedged = perpetuals(-coins);
      addSeries(hedged, { strike: 66_000, days: 1, isCall: true }, coins);
      const range = rangeOf(parameters, BTC, parameters.dayRangeInitial[BTC]!, coins * FORWARD * USD);
      const gained = coins * Math.max(valueAt(vector, range, 0), valueAt(vector, range, 1));
      expect(before - scanOf(hedged)).toBeLessThanOrEqual(gained + 0.001 * before);
    }
  });

  test('a bought put lowers what a long perpetual needs', () => {
    const book = perpetuals(10);
    const before = scanOf(book);
    addSeries(book, { strike: 60_000, days: 7, isCall: false }, 10);
    expect(scanOf(book)).toBeLessThan(before);
  });

  test('a straddle sold has no delta and is charged for its gamma', () => {
    const book = perpetuals(0);
    addSeries(book, { strike: FORWARD, days: 2, isCall: true }, -1);
    addSeries(book, { strike: FORWARD, days: 2, isCall: false }, -1);
    expect(scanOf(book)).toBeGreaterThan(0.1 * FORWARD * USD);
  });
});

describe('open option orders', () => {
  test('never lower the requirement', () => {
    const random = randomFrom(8);
    const vectors = randomVectors(random);
    const book = createPortfolio();
    const more = createPortfolio();
    for (let turn = 0; turn < 400; turn++) {
      const risk = createRiskParameters(randomRisk(random, 3));
      fillRandomBook(random, book, 3, 2 ** 45);
      addRandomOptions(random, book, 3, vectors);
      copyPortfolio(book, more);
      const lots = (): number => random.below(1_000);
      addOption(more, random.below(3), vectors, random.below(400), 0, lots(), lots(), 0, USD);
      addOrders(more, random.below(3), random.below(1e12), random.below(1e12));
      expect(initialMarginUsd(risk, more)).toBeGreaterThanOrEqual(initialMarginUsd(risk, book) - 2);
    }
  });

  test('to sell are charged as if they were sold', () => {
    const resting = perpetuals(0);
    addSeries(resting, call, 0, 0, 5);
    const sold = perpetuals(0);
    addSeries(sold, call, -5);
    expect(scanOf(resting) / scanOf(sold)).toBeCloseTo(1, 6);
  });
});

describe('random books with options', () => {
  const random = randomFrom(9);
  const vectors = randomVectors(random);
  const book = createPortfolio();
  const draw = (risk: ReturnType<typeof createRiskParameters>): void => {
    fillRandomBook(random, book, risk.count, 2 ** 45);
    addRandomOptions(random, book, risk.count, vectors);
    addRandomCharges(random, book, risk.count);
  };

  test('have rows that sum to the scan exactly, options among them', () => {
    for (let turn = 0; turn < 300; turn++) {
      const risk = createRiskParameters(randomRisk(random, 4));
      draw(risk);
      for (const kind of ['initial', 'maintenance'] as const) {
        const view = explainScan(risk, book, kind);
        expect(view.scanUsd).toBe(computeScan(risk, book, kind, scratch));
        expect(view.rows.reduce((sum, { usd }) => sum + usd, 0)).toBe(view.scanUsd);
      }
    }
  });

  test('lie between 40 % of the legs alone and all of them, and need no more together than apart', () => {
    for (let turn = 0; turn < 300; turn++) {
      const risk = createRiskParameters(randomRisk(random, 4));
      draw(risk);
      const { initial } = explainMargin(risk, book);
      expect(initial.scanUsd).toBeLessThanOrEqual(initial.standaloneUsd);
      expect(initial.scanUsd).toBeGreaterThanOrEqual(Math.floor(0.4 * initial.standaloneUsd));
      expect(initial.savedUsd).toBe(initial.standaloneUsd - initial.scanUsd);
    }
  });

  test('have add-ons that only add, each no smaller for new risk', () => {
    for (let turn = 0; turn < 300; turn++) {
      const risk = createRiskParameters(randomRisk(random, 4));
      draw(risk);
      const view = explainMargin(risk, book);
      for (const { initialUsd, maintenanceUsd } of view.addOns) {
        expect(maintenanceUsd).toBeGreaterThanOrEqual(0);
        expect(initialUsd).toBeGreaterThanOrEqual(maintenanceUsd);
      }
      expect(view).toMatchObject(requirementOf(risk, book));
      expect(view.initialUsd).toBeGreaterThanOrEqual(view.initial.scanUsd);
      expect(view.initialUsd).toBeGreaterThanOrEqual(view.maintenanceUsd);
    }
  });

  test('need the same whichever leg came first', () => {
    for (let turn = 0; turn < 200; turn++) {
      const risk = createRiskParameters(randomRisk(random, 4));
      const legs = Array.from({ length: 6 }, () => ({
        underlying: random.below(4),
        row: random.below(400),
        lots: random.below(2_000) - 1_000,
      }));
      const bookOf = (ordered: typeof legs): Portfolio => {
        const filled = createPortfolio();
        for (const { underlying, row, lots } of ordered) {
          addOption(filled, underlying, vectors, row, lots, 0, 0, 1_000, USD);
          addPosition(filled, underlying, lots * USD);
        }
        return filled;
      };
      expect(initialMarginUsd(risk, bookOf([...legs].reverse()))).toBe(initialMarginUsd(risk, bookOf(legs)));
    }
  });
});

test('the winning scenario says what volatility does', () => {
  const book = perpetuals(0);
  addSeries(book, put, -10);
  addPosition(book, ETH, 100_000 * USD);
  const { initial } = explainMargin(parameters, book);
  expect(initial.sentence).toMatch(/^BTC −\d+\.\d % with vol up, dragging ETH −\d+\.\d %$/);
  expect(initial.rows.map(({ name }) => name)).toContain('BTC options');
});
