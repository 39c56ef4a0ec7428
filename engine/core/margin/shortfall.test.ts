// Goal: what the search leaves out changes nothing. How: on random books of every shape, at random points
// near and far, the shortcut and f itself must agree where f is below zero, and the bound must be one.
import { expect, test } from 'vitest';
import { randomFrom } from '../../lab/sim/random.ts';
import { fillRandomBook, randomRisk } from '../../lab/twins/randomBook.ts';
import { addRandomCharges, addRandomOptions, randomVectors } from '../../lab/twins/randomOptions.ts';
import { prepareLegs } from './legs.ts';
import { boundStandalone } from './lossBound.ts';
import { createRiskParameters, UNDERLYINGS_MAX } from './parameters.ts';
import { createPortfolio } from './portfolio.ts';
import { maintenanceMarginUsd } from './requirement.ts';
import { shortfallAt, steeringAt, surveySteering } from './shortfall.ts';
import { createTerrain, surplusAt, surveyPortfolio, type Terrain } from './terrain.ts';

const BOOKS = 500;
const BOOK_USD_MAX = 2 ** 47;

/** Random terrains, most with options, with equity of the size of their maintenance margin. */
function* terrains(seed: number): Generator<{ terrain: Terrain; x: Float64Array }> {
  const random = randomFrom(seed);
  const vectors = randomVectors(random);
  const portfolio = createPortfolio();
  for (let book = 0; book < BOOKS; book++) {
    const parameters = createRiskParameters(randomRisk(random, 1 + random.below(6)));
    fillRandomBook(random, portfolio, parameters.count, BOOK_USD_MAX);
    if (random.chance(0.8)) addRandomOptions(random, portfolio, parameters.count, vectors);
    addRandomCharges(random, portfolio, parameters.count);
    portfolio.collateralCount = 0;
    portfolio.unrealizedPnl = 0;
    portfolio.usdc = Math.round(maintenanceMarginUsd(parameters, portfolio) * 2 * random.unit());
    const terrain = createTerrain(parameters);
    surveyPortfolio(terrain, parameters, portfolio);
    const far = random.unit();
    const x = new Float64Array(UNDERLYINGS_MAX).map(() => (random.unit() - 0.5) * far);
    yield { terrain, x };
  }
}

test('f below zero is found to the last digit, and nowhere else', () => {
  let below = 0;
  for (const { terrain, x } of terrains(31)) {
    const surplus = surplusAt(terrain, x);
    const shortfall = shortfallAt(terrain, x);
    if (surplus < 0) below++;
    expect(Math.min(0, shortfall)).toBe(Math.min(0, surplus));
  }
  expect(below).toBeGreaterThan(BOOKS / 10);
  expect(below).toBeLessThan((BOOKS * 9) / 10);
});

test('no sum of standalone margins passes its bound', () => {
  for (const { terrain, x } of terrains(32)) {
    surplusAt(terrain, x);
    const { moved, parameters, scratch } = terrain;
    const bound = boundStandalone(parameters, moved, scratch);
    prepareLegs(parameters, moved, 'maintenance', scratch);
    expect(bound).toBeGreaterThanOrEqual(scratch.standaloneSum * (1 - 1e-12));
  }
});

test('what steers the search is f at the origin', () => {
  const origin = new Float64Array(UNDERLYINGS_MAX);
  for (const { terrain } of terrains(33)) {
    const surplus = surplusAt(terrain, origin);
    surveySteering(terrain);
    expect(steeringAt(terrain, origin)).toBeCloseTo(surplus, -1);
  }
});
