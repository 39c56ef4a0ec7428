import { describe, expect, test } from 'vitest';
import {
  addCollateral,
  addOrders,
  addOtherSubaccount,
  addPosition,
  BOOK_USD_MAX,
  clearPortfolio,
  copyPortfolio,
  createPortfolio,
  isBookTooLarge,
  NO_UNDERLYING,
  rowOf,
} from './portfolio.ts';

describe('a portfolio', () => {
  test('keeps its rows in ascending underlying, whatever came first', () => {
    const portfolio = createPortfolio();
    for (const underlying of [5, 1, 9, 3, 1]) addPosition(portfolio, underlying, 10 * underlying);
    expect(Array.from(portfolio.underlying.subarray(0, portfolio.count))).toEqual([1, 3, 5, 9]);
    expect(Array.from(portfolio.notional.subarray(0, portfolio.count))).toEqual([20, 30, 50, 90]);
  });

  test('nets the legs of one underlying', () => {
    const portfolio = createPortfolio();
    addPosition(portfolio, 2, 700);
    addPosition(portfolio, 2, -300);
    expect(portfolio.notional[rowOf(portfolio, 2)]).toBe(400);
  });

  test('moves orders and other subaccounts along when a row is put before them', () => {
    const portfolio = createPortfolio();
    addOrders(portfolio, 4, 11, 22);
    addOtherSubaccount(portfolio, 4, 33);
    addOtherSubaccount(portfolio, 4, -44);
    addPosition(portfolio, 0, 1);
    const row = rowOf(portfolio, 4);
    const { bids, asks, othersLong, othersShort } = portfolio;
    expect([bids[row], asks[row], othersLong[row], othersShort[row]]).toEqual([11, 22, 33, 44]);
    expect([bids[0], asks[0], othersLong[0], othersShort[0]]).toEqual([0, 0, 0, 0]);
  });

  test('makes collateral in an underlying a leg of it, and a stable coin none', () => {
    const portfolio = createPortfolio();
    addCollateral(portfolio, { underlying: 0, value: 500, weightPpm: 980_000 });
    addCollateral(portfolio, { underlying: NO_UNDERLYING, value: 900, weightPpm: 990_000 });
    expect(portfolio.count).toBe(1);
    expect(portfolio.notional[0]).toBe(500);
    expect(portfolio.collateralCount).toBe(2);
  });

  test('is empty again after it was cleared, and equal after it was copied', () => {
    const portfolio = createPortfolio();
    addPosition(portfolio, 3, 5);
    addCollateral(portfolio, { underlying: 1, value: 7, weightPpm: 1 });
    portfolio.usdc = 9;
    const copy = createPortfolio();
    copyPortfolio(portfolio, copy);
    expect(copy).toEqual(portfolio);
    clearPortfolio(portfolio);
    addPosition(portfolio, 3, 0);
    expect([portfolio.count, portfolio.notional[0], portfolio.usdc, portfolio.collateralCount]).toEqual([
      1, 0, 0, 0,
    ]);
    expect(copy.notional[1]).toBe(5);
  });
});

describe('a book is too large', () => {
  test('when its buys could take an underlying to $4.5 bn', () => {
    const portfolio = createPortfolio();
    addPosition(portfolio, 0, BOOK_USD_MAX - 100);
    addOrders(portfolio, 0, 99, 0);
    expect(isBookTooLarge(portfolio)).toBe(false);
    addOrders(portfolio, 0, 1, 0);
    expect(isBookTooLarge(portfolio)).toBe(true);
  });

  test('when its sells could take it as far the other way', () => {
    const portfolio = createPortfolio();
    addPosition(portfolio, 0, -BOOK_USD_MAX + 100);
    addOrders(portfolio, 0, 0, 100);
    expect(isBookTooLarge(portfolio)).toBe(true);
  });
});
