import { expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { applyCovariance, createMetric, lengthOf, surveyMetric, varianceOf } from './metric.ts';
import { createRiskParameters, type RiskParameters } from './parameters.ts';
import { addPosition, createPortfolio } from './portfolio.ts';
import { createTerrain, surveyPortfolio } from './terrain.ts';

const parameters = createRiskParameters(sandboxRisk());

function metricOf(risk: RiskParameters, set: 'low' | 'high') {
  const portfolio = createPortfolio();
  for (let underlying = 0; underlying < risk.count; underlying++) addPosition(portfolio, underlying, 1_000);
  const terrain = createTerrain(risk);
  surveyPortfolio(terrain, risk, portfolio);
  const metric = createMetric(risk[set]);
  surveyMetric(metric, terrain, risk, risk[set]);
  return metric;
}

test('the likeliest move of an epicentre is as long as its own σ', () => {
  const metric = metricOf(parameters, 'low');
  const only = new Float64Array(parameters.count);
  const path = new Float64Array(parameters.count);
  only[1] = 1;
  applyCovariance(metric, only, path);
  expect(lengthOf(metric, path)).toBeCloseTo(parameters.sigmaNow[1]!, 12);
  expect(varianceOf(metric, only)).toBeCloseTo(parameters.sigmaNow[1]! ** 2, 15);
});

test('a move of one price alone is longer than its own σ, because the others rarely stand still', () => {
  const metric = metricOf(parameters, 'high');
  const alone = new Float64Array(parameters.count);
  alone[0] = parameters.sigmaNow[0]!;
  expect(lengthOf(metric, alone)).toBeGreaterThan(2);
});

test('a set that is no correlation matrix is shrunk until it is, and volatilities stay', () => {
  const count = 3;
  const source = sandboxRisk(count);
  // A follows B and B follows C, but A does not follow C: no prices move like this.
  const cells = [1_000_000, 900_000, 0, 900_000, 1_000_000, 900_000, 0, 900_000, 1_000_000];
  const risk = createRiskParameters({ ...source, calmPpm: cells, stressPpm: cells });
  const metric = metricOf(risk, 'high');
  expect(metric.correlation[1]!).toBeLessThan(0.99);
  expect(metric.correlation[1]! / metric.correlation[5]!).toBeCloseTo(1, 12);
  const only = Float64Array.of(1, 0, 0);
  expect(varianceOf(metric, only)).toBeCloseTo(risk.sigmaNow[0]! ** 2, 15);
});
