// Goal: nobody is shown the distance of another book. How: a portfolio is changed in one place after another,
// in every column there is; a column that is new and not compared fails here.
import { expect, test } from 'vitest';
import { RISK_CELLS } from '../../pricing/riskVector.ts';
import { addExpiryLeg, addOption } from './addLegs.ts';
import { addCollateral, addOrders, addPosition, copyPortfolio, createPortfolio } from './portfolio.ts';
import { isSameBook } from './sameBook.ts';

/** Open orders and what time brings: no part of the book. */
const IGNORED = new Set([
  'bids',
  'asks',
  'options.orderCells',
  'options.shortUsdMax',
  'fundingUsdPerDay',
  'thetaUsdPerDay',
  'interestUsdPerDay',
]);

function fullBook() {
  const portfolio = createPortfolio();
  addPosition(portfolio, 0, 5e9);
  addOption(portfolio, 0, new Float64Array(RISK_CELLS).fill(7), 0, -3, 0, 0, 11, 13);
  addExpiryLeg(portfolio, 0, 1_800_000_000_000, -2e9);
  addCollateral(portfolio, { underlying: 1, value: 1e9, weightPpm: 980_000 });
  return portfolio;
}

const otherThan = (value: number): number => -value / 2 - 1;

function changeFirst(column: Float64Array): void {
  column[0] = otherThan(column[0]!);
}

/** Every number of a portfolio by its path, and what changes it. */
function changesOf(holder: object, path = ''): [string, (holder: object) => void][] {
  return Object.entries(holder).flatMap(([key, value]): [string, (holder: object) => void][] => {
    const at = path === '' ? key : `${path}.${key}`;
    const within = (change: (inner: Record<string, unknown>) => void) => (outer: object) =>
      change(outer as Record<string, unknown>);
    if (value instanceof Float64Array || value instanceof Int32Array)
      return [[at, within((inner) => changeFirst(inner[key] as Float64Array))]];
    if (typeof value === 'boolean') return [[at, within((inner) => (inner[key] = !value))]];
    if (typeof value === 'number') return [[at, within((inner) => (inner[key] = otherThan(value)))]];
    return changesOf(value as object, at).map(([name, change]) => [
      name,
      within((inner) => change(inner[key] as object)),
    ]);
  });
}

test('a copy is the same book, orders or not', () => {
  const copy = createPortfolio();
  copyPortfolio(fullBook(), copy);
  addOrders(copy, 0, 1e9, 2e9);
  expect(isSameBook(fullBook(), copy)).toBe(true);
});

test.each(changesOf(fullBook()))(
  '%s makes it another book, unless it is of orders or of time',
  (path, change) => {
    const other = fullBook();
    change(other);
    expect(isSameBook(fullBook(), other)).toBe(IGNORED.has(path));
    expect(isSameBook(other, fullBook())).toBe(IGNORED.has(path));
  },
);
