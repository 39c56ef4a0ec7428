import { describe, expect, test } from 'vitest';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { checkMove, moveOperation, openOperation, parentOf, potIn } from './Isolate.state.ts';

const USD = 1_000_000;
const account = (number: number, label: string, change: Partial<AccountView> = {}) =>
  ({
    account: number,
    label,
    potOf: null,
    pots: [],
    movableUsd: 500 * USD,
    margin: { freeUsd: 800 * USD, equityUsd: 1_000 * USD },
    ...change,
  }) as unknown as AccountView;
const pot = account(20, 'Vol ETH', {
  potOf: { account: 10, underlying: 'ETH' },
  movableUsd: 40 * USD,
});
const parent = account(10, 'Vol', { pots: [{ account: 20, underlying: 'ETH', label: 'Vol ETH' }] });
const accounts = [parent, pot];
const isolation = { parent, pot, underlying: 'ETH' };

test('a pot stands for the account it belongs to', () => {
  expect(parentOf(accounts, 20)).toBe(parent);
  expect(parentOf(accounts, 10)).toBe(parent);
  expect(parentOf(accounts, 5)).toBeUndefined();
  expect(potIn(accounts, parent, 'ETH')).toBe(pot);
  expect(potIn(accounts, parent, 'BTC')).toBeUndefined();
});

describe('a move of USDC', () => {
  test('says what may leave before an amount is written, of the side it leaves', () => {
    expect(checkMove('', 'in', isolation).text).toBe('500.00 USDC may leave Vol now.');
    expect(checkMove('', 'out', isolation).text).toBe('40.00 USDC may leave Vol ETH now.');
  });

  test('says what it leaves on both sides, to the last cent that may leave', () => {
    expect(checkMove('500', 'in', isolation)).toEqual({
      amount: '500',
      text: 'Leaves 300.00 free in Vol; Vol ETH then has 1,500.00 of equity.',
    });
  });

  test('is blocked a millionth above what may leave, and says so', () => {
    const { amount, text } = checkMove('500.000001', 'in', isolation);
    expect(amount).toBeUndefined();
    expect(text).toBe('Only 500.00 USDC may leave Vol now: positions and orders there need the rest.');
  });

  test('is blocked without a pot, and for what is no amount', () => {
    expect(checkMove('5', 'in', { ...isolation, pot: undefined }).text).toBe('Open the pot first.');
    for (const typed of ['0', 'x', '-1', '1.0000001'])
      expect(checkMove(typed, 'in', isolation)).toEqual({
        amount: undefined,
        text: 'Not an amount of USDC.',
      });
  });

  test('goes the way it was asked', () => {
    expect(moveOperation('5', 'in', isolation)).toMatchObject({ from: 10, to: 20, amount: '5' });
    expect(moveOperation('5', 'out', isolation)).toMatchObject({ from: 20, to: 10 });
    expect(openOperation(isolation)).toMatchObject({ account: 10, underlying: 'ETH', label: 'Vol ETH' });
  });
});
