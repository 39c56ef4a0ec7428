import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import { fillRandomBook, randomRisk } from '../../lab/twins/randomBook.ts';
import { explainMargin, explainScan } from './explain.ts';
import { createRiskParameters } from './parameters.ts';
import { addPosition, createPortfolio } from './portfolio.ts';
import { requirementOf } from './requirement.ts';
import { computeScan } from './scan.ts';
import { createScanScratch } from './scratch.ts';

const USD = 1_000_000;
const parameters = createRiskParameters(sandboxRisk());

function bookOf(notionals: readonly number[], usdc = 100_000) {
  const portfolio = createPortfolio();
  portfolio.usdc = usdc * USD;
  for (const [underlying, notional] of notionals.entries()) {
    if (notional !== 0) addPosition(portfolio, underlying, notional * USD);
  }
  return portfolio;
}

describe('the explanation', () => {
  test('has rows that sum to the scan exactly, for any book', () => {
    const random = randomFrom(4);
    const portfolio = createPortfolio();
    const scratch = createScanScratch();
    for (let book = 0; book < 2_000; book++) {
      const risk = createRiskParameters(randomRisk(random, 8));
      fillRandomBook(random, portfolio, risk.count);
      for (const kind of ['initial', 'maintenance'] as const) {
        const view = explainScan(risk, portfolio, kind);
        expect(view.scanUsd).toBe(computeScan(risk, portfolio, kind, scratch));
        expect(view.rows.reduce((sum, { usd }) => sum + usd, 0)).toBe(view.scanUsd);
        expect(view.standalone.reduce((sum, { usd }) => sum + usd, 0)).toBe(view.standaloneUsd);
        expect(view.rows.every(({ usd }) => Number.isSafeInteger(usd))).toBe(true);
      }
    }
  });

  test('agrees with the requirement, add-ons included', () => {
    const random = randomFrom(5);
    const portfolio = createPortfolio();
    for (let book = 0; book < 500; book++) {
      const risk = createRiskParameters(randomRisk(random, 6));
      fillRandomBook(random, portfolio, risk.count);
      const view = explainMargin(risk, portfolio);
      const addOns = view.initial.addOns.reduce((sum, { usd }) => sum + usd, 0);
      expect(view.initialUsd).toBe(view.initial.scanUsd + addOns);
      expect(view).toMatchObject(requirementOf(risk, portfolio));
      expect(view.equityUsd).toBe(view.collateralUsd + view.unrealizedPnlUsd);
    }
  });

  test('names the epicentre and whom it drags', () => {
    const { initial } = explainMargin(parameters, bookOf([100_000, 100_000]));
    expect(initial.scenario).toMatchObject({
      kind: 'epicentre',
      epicentre: 'ETH',
      fraction: -1,
      set: 'high',
    });
    expect(initial.sentence).toBe('ETH −3.9 %, dragging BTC −3.0 %');
  });

  test('shows what the hedge gives, what its residual takes back and what is saved', () => {
    const { initial } = explainMargin(parameters, bookOf([100_000, -60_000]));
    expect(initial.rows.map(({ kind, usd }) => [kind, Math.sign(usd)])).toEqual([
      ['leg', 1],
      ['leg', -1],
      ['residual', 1],
    ]);
    expect(initial.savedUsd).toBe(initial.standaloneUsd - initial.scanUsd);
    expect(initial.savedUsd).toBeGreaterThan(0);
  });

  test('says when the floor decided, and by how much', () => {
    const { initial } = explainMargin(parameters, bookOf([0, 0, 0, 10, 10, 10, 10, -10, -10, 0, 0, -10]));
    expect(initial.scenario.bound).toBe('floor');
    expect(initial.rows.at(-1)).toMatchObject({ kind: 'clamp', name: 'floor of 40 %' });
    expect(initial.sentence).toContain('raised to the floor of 40 % of the legs alone');
  });

  test('tells a gap of the alts from an epicentre', () => {
    const alts = bookOf([0, 0, 50_000, 50_000, 50_000, 50_000]);
    const { initial } = explainMargin(parameters, alts);
    expect(initial.scenario).toMatchObject({ kind: 'altGap', epicentre: '' });
    expect(initial.sentence).toMatch(/^All alts gap down: /);
    expect(initial.rows.every(({ kind }) => kind === 'leg')).toBe(true);
  });

  test('of an empty account is empty, not wrong', () => {
    const view = explainMargin(parameters, bookOf([]));
    expect(view).toMatchObject({ initialUsd: 0, maintenanceUsd: 0, ratioPpm: 0, freeUsd: 100_000 * USD });
    expect(view.initial).toMatchObject({ rows: [], addOns: [], sentence: 'No position at risk' });
  });

  test('survives JSON unchanged', () => {
    const view = explainMargin(parameters, bookOf([100_000, -50_000, 20_000]));
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });
});
