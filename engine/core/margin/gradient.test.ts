// Goal: the slope that steers the search is the slope of f. How: on random books at random points the
// gradient is compared with what f does when one price moves a little; kinks between are left out.
import { expect, test } from 'vitest';
import { randomFrom } from '../../lab/sim/random.ts';
import { fillRandomBook, randomRisk } from '../../lab/twins/randomBook.ts';
import { gradientAt } from './gradient.ts';
import { createRiskParameters, UNDERLYINGS_MAX } from './parameters.ts';
import { createPortfolio } from './portfolio.ts';
import { createTerrain, surplusAt, surveyPortfolio } from './terrain.ts';

const STEP = 1e-6;

test('the gradient is how f changes when one price moves', () => {
  const random = randomFrom(11);
  const portfolio = createPortfolio();
  const gradient = new Float64Array(UNDERLYINGS_MAX);
  const x = new Float64Array(UNDERLYINGS_MAX);
  let compared = 0;
  let off = 0;
  for (let book = 0; book < 2_000; book++) {
    const parameters = createRiskParameters(randomRisk(random, 8));
    fillRandomBook(random, portfolio, parameters.count);
    const terrain = createTerrain(parameters);
    surveyPortfolio(terrain, parameters, portfolio);
    // A large balance would drown the differences in its last digits.
    terrain.equity = 0;
    for (let row = 0; row < terrain.count; row++) x[row] = (random.unit() - 0.5) * 0.2;
    surplusAt(terrain, x);
    gradientAt(terrain, x, gradient);
    const scale = terrain.notional.reduce((sum, notional) => sum + Math.abs(notional), 1);
    for (let row = 0; row < terrain.count; row++) {
      const at = x[row]!;
      x[row] = at + STEP;
      const above = surplusAt(terrain, x);
      x[row] = at - STEP;
      const below = surplusAt(terrain, x);
      x[row] = at;
      const slope = (above - below) / (2 * STEP);
      compared++;
      if (Math.abs(slope - gradient[row]!) > 1e-5 * scale) off++;
    }
  }
  expect(compared).toBeGreaterThan(5_000);
  // A point within a step of a kink has two slopes; they are rare.
  expect(off / compared).toBeLessThan(0.002);
});
