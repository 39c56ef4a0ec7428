import { describe, expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { createRiskParameters } from './parameters.ts';
import { addPosition, createPortfolio } from './portfolio.ts';
import { maintenanceMarginUsd } from './requirement.ts';
import { timeToLiquidation } from './time.ts';

const USD = 1_000_000;
const parameters = createRiskParameters(sandboxRisk());

function bookWith(surplusUsd: number) {
  const book = createPortfolio();
  addPosition(book, 0, 100_000 * USD);
  book.usdc = maintenanceMarginUsd(parameters, book) + surplusUsd * USD;
  return book;
}

describe('time to liquidation', () => {
  test('is what is left over what a day costs, the dearest reason first', () => {
    const book = bookWith(8_000);
    book.fundingUsdPerDay = -200 * USD;
    book.thetaUsdPerDay = -600 * USD;
    const view = timeToLiquidation(parameters, book);
    expect(view).toMatchObject({ state: 'measured', days: 10, netUsdPerDay: -800 * USD });
    expect(view.reasons.map(({ name }) => name)).toEqual(['time value of options', 'funding']);
  });

  test('never comes where the book earns more than it pays', () => {
    const book = bookWith(100);
    book.fundingUsdPerDay = 50 * USD;
    book.interestUsdPerDay = -20 * USD;
    expect(timeToLiquidation(parameters, book)).toMatchObject({ state: 'never', netUsdPerDay: 30 * USD });
  });

  test('is none for an account at its maintenance margin', () => {
    expect(timeToLiquidation(parameters, bookWith(0)).state).toBe('liquidatable');
  });
});
