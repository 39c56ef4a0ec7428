import { expect, test } from 'vitest';
import { fillRiskVector, PRICE_MOVES, RISK_CELLS, VOL_STATES, valueAt } from './riskVector.ts';

test('a vector is read back at its nodes, and linearly between them', () => {
  const vector = new Float64Array(2 * RISK_CELLS);
  const at = RISK_CELLS;
  fillRiskVector(vector, at, {
    forward: 2_000,
    strike: 2_100,
    volatility: 0.7,
    years: 0.1,
    isCall: true,
    unitsPerLot: 0.01,
  });
  for (const [k, move] of PRICE_MOVES.entries()) {
    for (let state = 0; state < VOL_STATES; state++) {
      expect(valueAt(vector, move, state, at)).toBe(vector[at + k * VOL_STATES + state]);
    }
  }
  const [here, next] = [vector[at + 9 * VOL_STATES]!, vector[at + 10 * VOL_STATES]!];
  expect(here).toBe(0);
  expect(valueAt(vector, 0.01, 0, at)).toBeCloseTo((here + next) / 2, 6);
});
