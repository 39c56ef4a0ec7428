// Goal: the distance on the gauge is the shortest way to liquidation. How: the worked example of the model,
// the closed form of linear books, and for random books a brute search over many directions.
import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import type { DistanceView } from '../../protocol/views/margin.ts';
import type { Ppm } from '../../units/rate.ts';
import { liquidationDistance } from './distance.ts';
import { createMetric, lengthOf, type Metric, surveyMetric } from './metric.ts';
import {
  CorrelationSet,
  createCorrelations,
  createRiskParameters,
  type RiskParameters,
} from './parameters.ts';
import { addCollateral, addOrders, addPosition, createPortfolio, type Portfolio } from './portfolio.ts';
import { NO_ROOT, nearestRoot } from './ray.ts';
import { createTerrain, surplusAt, surveyPortfolio } from './terrain.ts';

const USD = 1_000_000;
const parameters = createRiskParameters(sandboxRisk());

function bookOf(notionals: readonly number[], usdc: number): Portfolio {
  const portfolio = createPortfolio();
  portfolio.usdc = usdc * USD;
  for (const [underlying, notional] of notionals.entries()) {
    if (notional !== 0) addPosition(portfolio, underlying, Math.round(notional * USD));
  }
  return portfolio;
}

const rowsOf = (view: DistanceView, kind: string, underlying: string) =>
  view.rows.filter((row) => row.kind === kind && row.underlying === underlying);

describe('the worked example: long 100k BTC, short 100k ETH, σ 3 and 4 %, ρ 0.85, equity 10 000', () => {
  const source = sandboxRisk(2);
  const [btc, eth] = source.underlyings;
  const base = createRiskParameters({
    ...source,
    underlyings: [
      { ...btc!, sigmaPpm: 30_000 as Ppm },
      { ...eth!, sigmaPpm: 40_000 as Ppm },
    ],
  });
  const one = createCorrelations(CorrelationSet.low, 2, Float64Array.of(0, 0.85, 0.85, 0));
  const example: RiskParameters = { ...base, low: one, high: one };
  const view = liquidationDistance(example, bookOf([100_000, -100_000], 10_000), {
    heldMaintenanceUsd: 3_640 * USD,
  });

  test('is 2.97 σ away by the joint measure', () => {
    expect(view.state).toBe('measured');
    expect(view.sigmas).toBeCloseTo(2.97, 2);
  });

  test('is +6.4 % of ETH alone, 3.02 σ in the joint metric', () => {
    const [row] = rowsOf(view, 'own', 'ETH');
    expect(row!.move).toBeCloseTo(0.0636, 4);
    expect(row!.sigmas).toBeCloseTo(3.02, 2);
  });

  test('is 15.9 σ of the market', () => {
    const [row] = rowsOf(view, 'market', 'BTC');
    expect(row!.sigmas).toBeCloseTo(15.9, 2);
    expect(row!.move / 0.03).toBeCloseTo(15.9, 2);
  });

  test('names its driver and both moves of the most likely way', () => {
    expect(view.rows[0]).toMatchObject({ kind: 'joint', underlying: 'ETH' });
    expect(view.sentence).toBe('ETH +8.0 %, BTC +1.7 %');
    expect(view.touchPpm).toBeLessThan(27_000);
  });
});

describe('one underlying', () => {
  test('has one distance: alone, market and joint are the same', () => {
    const view = liquidationDistance(parameters, bookOf([100_000], 5_000));
    const lengths = view.rows.map(({ sigmas }) => sigmas);
    expect(view.rows.map(({ kind }) => kind)).toEqual(['joint', 'market', 'own']);
    for (const length of lengths) expect(length).toBeCloseTo(view.sigmas, 6);
    expect(view.rows[2]!.move / -0.035).toBeCloseTo(view.sigmas, 6);
  });

  test('has margin that shrinks on the way down, so it lies farther than with margin held', () => {
    const portfolio = bookOf([100_000], 5_000);
    const held = liquidationDistance(parameters, portfolio, { heldMaintenanceUsd: 1_818_706_000 });
    expect(liquidationDistance(parameters, portfolio).sigmas).toBeGreaterThan(held.sigmas);
  });
});

describe('states', () => {
  test('an account without positions has no risk', () => {
    expect(liquidationDistance(parameters, bookOf([], 100))).toMatchObject({
      state: 'noRisk',
      rows: [],
      sigmas: 0,
    });
    expect(liquidationDistance(parameters, bookOf([], 0)).state).toBe('noRisk');
  });

  test('an account that owes without anything to sell is liquidatable', () => {
    expect(liquidationDistance(parameters, bookOf([], -1)).state).toBe('liquidatable');
  });

  test('equity at or under maintenance margin is distance zero', () => {
    const view = liquidationDistance(parameters, bookOf([100_000], 1_000));
    expect(view).toMatchObject({ state: 'liquidatable', sigmas: 0, touchPpm: 1_000_000 });
  });

  test('a book that no move within reach liquidates is beyond measure', () => {
    const view = liquidationDistance(parameters, bookOf([1_000], 1_000_000));
    expect(view).toMatchObject({ state: 'beyond', sigmas: 100, path: [] });
  });

  test('a position hedged with itself has no joint distance', () => {
    const portfolio = bookOf([0], 1_000);
    addPosition(portfolio, 0, 50_000 * USD);
    addPosition(portfolio, 0, -50_000 * USD);
    expect(liquidationDistance(parameters, portfolio).state).toBe('noRisk');
  });

  test('open orders do not move it', () => {
    const portfolio = bookOf([100_000, -50_000], 8_000);
    const before = liquidationDistance(parameters, portfolio);
    addOrders(portfolio, 0, 9_000 * USD, 70_000 * USD);
    addOrders(portfolio, 3, 9_000 * USD, 70_000 * USD);
    expect(liquidationDistance(parameters, portfolio)).toEqual(before);
  });
});

test('collateral in BTC falls with BTC: it brings liquidation nearer than the same value in USDC', () => {
  const inUsdc = bookOf([0, 50_000], 10_000);
  const inBtc = bookOf([0, 50_000], 0);
  addCollateral(inBtc, { underlying: 0, value: 10_000 * USD, weightPpm: 1_000_000 });
  const usdc = liquidationDistance(parameters, inUsdc);
  expect(liquidationDistance(parameters, inBtc).sigmas).toBeLessThan(usdc.sigmas);
});

test('BTC collateral with a short of the same size loses only its haircut in a rise', () => {
  const portfolio = bookOf([-10_000], 0);
  addCollateral(portfolio, { underlying: 0, value: 10_000 * USD, weightPpm: 980_000 });
  const view = liquidationDistance(parameters, portfolio);
  expect(view.state).toBe('beyond');
  expect(view.rows.every(({ move }) => move > 5)).toBe(true);
});

describe('random books', () => {
  const random = randomFrom(23);
  const books = Array.from({ length: 60 }, () => {
    const count = 2 + random.below(5);
    const notionals = Array.from({ length: count }, () => Math.round((random.unit() - 0.5) * 400_000));
    const gross = notionals.reduce((sum, notional) => sum + Math.abs(notional), 0);
    return bookOf(notionals, Math.round(gross * (0.08 + 0.2 * random.unit())));
  });

  test('never have a joint distance longer than any other row', () => {
    for (const book of books) {
      const view = liquidationDistance(parameters, book);
      for (const row of view.rows) expect(row.sigmas).toBeGreaterThanOrEqual(view.sigmas);
    }
  });

  test('are at maintenance margin where the most likely way ends', () => {
    for (const book of books) {
      const view = liquidationDistance(parameters, book);
      if (view.state !== 'measured') continue;
      const terrain = createTerrain(parameters);
      surveyPortfolio(terrain, parameters, book);
      const x = new Float64Array(64);
      for (const { underlying, move } of view.path) {
        x[terrain.underlying.indexOf(parameters.symbols.indexOf(underlying))] = move;
      }
      expect(Math.abs(surplusAt(terrain, x))).toBeLessThan(1e-6 * book.usdc);
    }
  });

  test('have no direction that leads to liquidation sooner', () => {
    for (const book of books) {
      const view = liquidationDistance(parameters, book);
      expect(view.sigmas).toBeLessThanOrEqual(1.01 * bruteDistance(book));
    }
  });

  /** Shortest of four thousand directions under both sets. */
  function bruteDistance(book: Portfolio): number {
    const terrain = createTerrain(parameters);
    surveyPortfolio(terrain, parameters, book);
    const origin = new Float64Array(64);
    const surplus = surplusAt(terrain, origin);
    if (surplus <= 0) return 0;
    let shortest = 100;
    for (const set of [parameters.low, parameters.high]) {
      const metric: Metric = createMetric(set);
      surveyMetric(metric, terrain, parameters, set);
      for (let draw = 0; draw < 2_000; draw++) {
        const direction = new Float64Array(64);
        // Sums of σ-scaled factors reach correlated directions as well as lonely ones.
        const market = random.unit() * 2 - 1;
        for (let row = 0; row < terrain.count; row++) {
          direction[row] = metric.sigma[row]! * (market + (random.unit() * 2 - 1) * (draw % 4));
        }
        const length = lengthOf(metric, direction);
        const unit = direction.map((part) => part / length);
        const root = nearestRoot(terrain, unit, surplus, 0, shortest);
        if (root !== NO_ROOT) shortest = Math.min(shortest, root);
      }
    }
    return shortest;
  }
});
