import { expect, test } from 'vitest';
import { sandboxRisk } from '../../lab/fixtures/risk.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import { liquidationDistance } from '../margin/distance.ts';
import { createRiskParameters } from '../margin/parameters.ts';
import { addOrders, addPosition, createPortfolio } from '../margin/portfolio.ts';
import { distanceSigmasOf } from './distanceMemo.ts';

test('what is remembered is the distance of this book under these parameters, whatever was asked before', () => {
  const random = randomFrom(3);
  const desks = [3, 2].map((count) => createRiskParameters(sandboxRisk(count)));
  const books = Array.from({ length: 4 }, (_, at) => {
    const portfolio = createPortfolio();
    portfolio.usdc = 9_000e6;
    if (at > 0) addPosition(portfolio, at % 2, at * 20_000e6);
    return portfolio;
  });
  for (let turn = 0; turn < 200; turn++) {
    const parameters = desks[random.below(2)]!;
    const book = books[random.below(books.length)]!;
    if (random.chance(0.3)) addOrders(book, 0, 5e6, 0);
    if (random.chance(0.1)) book.usdc += 1e6;
    const { state, sigmas } = liquidationDistance(parameters, book);
    expect(distanceSigmasOf(parameters, book)).toBe(state === 'noRisk' ? -1 : sigmas);
  }
});
