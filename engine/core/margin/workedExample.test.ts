import { describe, expect, test } from 'vitest';
import { workedExample } from './workedExample.ts';

const example = workedExample();

describe('the worked example with maintenance margin held at 3 640 and one correlation', () => {
  const { held } = example;

  test('is 2.97 σ by the joint measure', () => {
    expect(held.joint.sigmas).toBeCloseTo(2.97, 2);
    expect(held.sentence).toBe('ETH +8.0 %, BTC +1.7 %');
  });

  test('is +6.4 % of ETH alone: 1.59 own σ, 3.02 σ joint', () => {
    expect(held.ownEth.move).toBeCloseTo(0.0636, 4);
    expect(held.ownEth.ownSigmas).toBeCloseTo(1.59, 2);
    expect(held.ownEth.sigmas).toBeCloseTo(3.02, 2);
  });

  test('is 15.9 σ of the market', () => {
    expect(held.market.sigmas).toBeCloseTo(15.9, 1);
  });
});

describe('the worked example as the desk measures it', () => {
  const { reevaluated, margin } = example;

  test('needs 60 % of its own scan and gets farther with ETH alone', () => {
    expect(reevaluated.maintenanceUsd).toBe(1_691.930827);
    expect(margin.maintenance.sentence).toBe('ETH +3.5 %, dragging BTC +1.7 %');
    expect(reevaluated.ownEth.move).toBeCloseTo(0.0814, 4);
    expect(reevaluated.ownEth.ownSigmas).toBeCloseTo(2.03, 2);
  });

  test('is nearer by the joint measure, because a hedge may not count on its correlation', () => {
    expect(reevaluated.joint.sigmas).toBeCloseTo(2.62, 2);
    expect(reevaluated.ownEth.sigmas).toBeCloseTo(2.64, 2);
    expect(reevaluated.sentence).toBe('ETH +7.1 %, BTC −1.0 %');
  });

  test('is 20 σ of the market, now on the way down, where a falling BTC leaves the larger loss', () => {
    expect(reevaluated.market.sigmas).toBeCloseTo(20.3, 1);
    expect(reevaluated.market.move).toBeLessThan(0);
  });
});
