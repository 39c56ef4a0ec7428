// Goal: the distance of a book with options is its shortest way to liquidation. How: a search that leaves
// nothing out, over thousands of directions under both sets, each followed to f = 0.
import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import { addRandomOptions, randomVectors } from '../../lab/twins/randomOptions.ts';
import { liquidationDistance } from './distance.ts';
import { createMetric, lengthOf, surveyMetric } from './metric.ts';
import { createRiskParameters, UNDERLYINGS_MAX } from './parameters.ts';
import { addPosition, createPortfolio, type Portfolio } from './portfolio.ts';
import { NO_ROOT, nearestRoot } from './ray.ts';
import { maintenanceMarginUsd } from './requirement.ts';
import { createTerrain, surplusAt, surveyPortfolio } from './terrain.ts';

const BOOKS = 40;
const DIRECTIONS = 200;
/** Farther out prices end at zero and every measure of a day is a guess: there a search may be coarse. */
const FAR_SIGMAS = 20;

const parameters = createRiskParameters(sandboxRisk());

describe('random books with options', () => {
  const random = randomFrom(9);
  const vectors = randomVectors(random);
  const books = Array.from({ length: BOOKS }, () => {
    const portfolio = createPortfolio();
    const legs = 1 + random.below(4);
    for (let underlying = 0; underlying < legs; underlying++) {
      addPosition(portfolio, underlying, Math.round((random.unit() - 0.5) * 2e12));
    }
    addRandomOptions(random, portfolio, Math.min(legs, 2), vectors);
    portfolio.usdc = Math.round((1.05 + 2 * random.unit()) * maintenanceMarginUsd(parameters, portfolio));
    return portfolio;
  });

  test('have no direction that leads to liquidation sooner', () => {
    for (const book of books) {
      const { sigmas } = liquidationDistance(parameters, book);
      const slack = sigmas < FAR_SIGMAS ? 1.01 : 1.05;
      expect(sigmas).toBeLessThanOrEqual(slack * shortestOf(book, sigmas));
    }
  });

  test('end where equity is maintenance margin', () => {
    for (const book of books) {
      const view = liquidationDistance(parameters, book);
      if (view.state !== 'measured') continue;
      const { terrain, x } = terrainOf(book);
      const surplus = surplusAt(terrain, x);
      for (const { underlying, move } of view.path) {
        x[terrain.underlying.indexOf(parameters.symbols.indexOf(underlying))] = move;
      }
      expect(Math.abs(surplusAt(terrain, x))).toBeLessThan(2e-6 * surplus + 10);
    }
  });

  function terrainOf(book: Portfolio) {
    const terrain = createTerrain(parameters);
    surveyPortfolio(terrain, parameters, book);
    return { terrain, x: new Float64Array(UNDERLYINGS_MAX) };
  }

  /** The shortest of many directions; those known to be longer than `known` and a tenth are not followed. */
  function shortestOf(book: Portfolio, known: number): number {
    const { terrain, x: origin } = terrainOf(book);
    const surplus = surplusAt(terrain, origin);
    let shortest = Math.min(100, 1.1 * known);
    for (const set of [parameters.low, parameters.high]) {
      const metric = createMetric(set);
      surveyMetric(metric, terrain, parameters, set);
      for (let draw = 0; draw < DIRECTIONS; draw++) {
        const market = random.unit() * 2 - 1;
        const direction = metric.sigma.map(
          (sigma) => sigma * (market + (random.unit() * 2 - 1) * (draw % 4)),
        );
        const length = lengthOf(metric, direction);
        const unit = direction.map((part) => part / length);
        const root = nearestRoot(terrain, unit, surplus, 0, shortest);
        if (root !== NO_ROOT) shortest = Math.min(shortest, root);
      }
    }
    return shortest;
  }
});
