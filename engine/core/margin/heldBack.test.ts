import { expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { creditCutUsd } from './credit.ts';
import { heldBackUsd } from './heldBack.ts';
import { createRiskParameters } from './parameters.ts';
import { addPosition, createPortfolio, NO_WINDOW, type Portfolio } from './portfolio.ts';

const USD = 1_000_000;
const parameters = createRiskParameters(sandboxRisk());

/** Standalone margins of the two rows: 2 000 and 500 USD. */
const standalone = Float64Array.of(2_000 * USD, 500 * USD);

function bookOf(gains: readonly [number, number]): Portfolio {
  const portfolio = createPortfolio();
  addPosition(portfolio, 0, 60_000 * USD);
  addPosition(portfolio, 1, 10_000 * USD);
  portfolio.hasWindow = true;
  portfolio.windowGain.set(gains.map((gain) => gain * USD));
  return portfolio;
}

test('what passes 60 % of the standalone margin is held back, row by row', () => {
  expect(heldBackUsd(parameters, bookOf([5_000, NO_WINDOW]), standalone)).toBe(3_800 * USD);
  expect(heldBackUsd(parameters, bookOf([5_000, 400]), standalone)).toBe(3_900 * USD);
});

test('a loss in one is not set against a gain in another', () => {
  expect(heldBackUsd(parameters, bookOf([5_000, -9_000]), standalone)).toBe(3_800 * USD);
});

test('a book without an isolated market holds nothing back', () => {
  expect(heldBackUsd(parameters, { ...bookOf([5_000, 400]), hasWindow: false }, standalone)).toBe(0);
});

test('new risk is cut by the larger of window and hour’s average, not by both', () => {
  const book = bookOf([5_000, NO_WINDOW]);
  expect(creditCutUsd(parameters, book, standalone)).toBe(3_000 * USD);
  book.averageGap[0] = -0.1;
  expect(creditCutUsd(parameters, book, standalone)).toBe(6_000 * USD);
});
