import { describe, expect, test } from 'vitest';
import { askedAccount, askedPanel, hasPanel, queryOf } from './pageQuery.ts';

describe('what an address says of a page', () => {
  test('the account and the panel are read back as they were written', () => {
    const query = queryOf('/trade/BTC-PERP', '', { account: 12, panel: 'fills' });
    expect(query).toBe('?account=12&panel=fills');
    expect(askedAccount(query)).toBe('12');
    expect(askedPanel(query)).toBe('fills');
  });

  test('orders are what stands there anyway, and nobody is nothing to say', () => {
    expect(
      queryOf('/trade/BTC-PERP', '?panel=fills&account=3', { account: undefined, panel: 'orders' }),
    ).toBe('');
    expect(askedAccount('')).toBeUndefined();
    expect(askedPanel('')).toBe('orders');
  });

  test('the sequence of a page of the past stays beside them', () => {
    expect(queryOf('/trade/BTC-PERP', '?asOf=150', { account: 3, panel: 'ledger' })).toBe(
      '?asOf=150&account=3&panel=ledger',
    );
  });

  test('only pages of one account say which, and only the trade screen says a panel', () => {
    expect(queryOf('/options', '', { account: 3, panel: 'fills' })).toBe('?account=3');
    expect(queryOf('/risk', '', { account: 3, panel: 'fills' })).toBe('?account=3');
    expect(queryOf('/desk', '?x=1', { account: 3, panel: 'fills' })).toBe('?x=1');
    expect(queryOf('/traders', '', { account: 3, panel: 'fills' })).toBe('');
    expect(hasPanel('/trade/ETH-PERP')).toBe(true);
    expect(hasPanel('/options')).toBe(false);
  });

  test('what names no panel opens the orders, and what is no account’s number is told as it is written', () => {
    expect(askedPanel('?panel=constructor')).toBe('orders');
    expect(askedAccount('?account=all')).toBe('all');
  });
});
