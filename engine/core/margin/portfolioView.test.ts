import { expect, test } from 'vitest';
import { randomFrom } from '../../lab/sim/random.ts';
import { fillRandomBook, randomRisk } from '../../lab/twins/randomBook.ts';
import { liquidationDistance } from './distance.ts';
import { createRiskParameters } from './parameters.ts';
import { createPortfolio } from './portfolio.ts';
import { packPortfolio, unpackPortfolio } from './portfolioView.ts';
import { maintenanceMarginUsd } from './requirement.ts';

const BOOKS = 300;

test('a portfolio that was told as text has the margin and distance of the one it was taken from', () => {
  const random = randomFrom(77);
  const here = createPortfolio();
  // Filled again and again, so that what one book leaves behind would show in the next.
  const there = createPortfolio();
  for (let at = 0; at < BOOKS; at++) {
    const source = randomRisk(random, 2 + random.below(14));
    fillRandomBook(random, here, source.underlyings.length);
    unpackPortfolio(JSON.parse(JSON.stringify(packPortfolio(here))), there);
    const parameters = createRiskParameters(source);
    expect(maintenanceMarginUsd(parameters, there)).toBe(maintenanceMarginUsd(parameters, here));
    expect(liquidationDistance(parameters, there)).toEqual(liquidationDistance(parameters, here));
  }
});

test('orders and the owner’s other subaccounts are nobody’s business', () => {
  const random = randomFrom(78);
  const portfolio = createPortfolio();
  fillRandomBook(random, portfolio, 6);
  const { rows, options } = packPortfolio(portfolio);
  expect(Object.keys(rows)).toContain('notional');
  for (const name of ['bids', 'asks', 'othersLong', 'othersShort', 'openInterest'])
    expect(rows[name]).toBeUndefined();
  expect(options.orderCells).toBeUndefined();
});
