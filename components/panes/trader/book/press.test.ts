import { describe, expect, test } from 'vitest';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { LadderRow } from './Book.state.ts';
import { meaningOf, type Press } from './press.ts';
import { stillOpen } from './useCarried.ts';

const order = { orderId: 1, side: 'buy', state: 'open', priceTicks: 998, openLots: 2 } as OrderView;
const empty = { priceTicks: 998, bidLots: 7, askLots: 0 } as LadderRow;
const withOwn = {
  ...empty,
  ownBid: { lots: 2, orders: [order], lotsAhead: 3, pendingLots: 0 },
} as LadderRow;
const OWN_BID = 0;
const BID = 1;
const PRICE = 2;
const ASK = 3;

function press(change: Partial<Press>) {
  return meaningOf({
    column: BID,
    row: empty,
    button: 'first',
    carried: undefined,
    isArmed: false,
    freshness: { face: 'fresh', ageMs: 0 },
    ...change,
  });
}

describe('what a press means', () => {
  test('safe, it writes the ticket: the bid side buys, the ask side sells, the price names a price', () => {
    const written = [BID, PRICE, ASK].map((column) => press({ column }));
    expect(written).toEqual(
      ['buy', undefined, 'sell'].map((side) => ({ is: 'write', priceTicks: 998, side })),
    );
    expect(press({ button: 'second' })).toEqual({ is: 'nothing' });
  });

  test('armed, each button sends its size; the price column still only writes', () => {
    const sent = { is: 'place', priceTicks: 998, side: 'sell' };
    expect(press({ isArmed: true, column: ASK })).toEqual({ ...sent, size: 'first' });
    expect(press({ isArmed: true, column: ASK, button: 'second' })).toEqual({ ...sent, size: 'second' });
    expect(press({ isArmed: true, column: PRICE }).is).toBe('write');
    expect(press({ isArmed: true, column: OWN_BID }).is).toBe('write');
  });

  test('an own order is picked up, armed or not, and the next press puts it down', () => {
    for (const isArmed of [false, true]) {
      const carried = { side: 'buy' as const, fromTicks: 998, orders: [order] };
      expect(press({ isArmed, column: OWN_BID, row: withOwn })).toEqual({ is: 'pickUp', carried });
      expect(press({ isArmed, column: ASK, carried })).toEqual({ is: 'putDown', priceTicks: 998 });
    }
  });

  test('nothing goes out on a book that is not live, and it says why', () => {
    const freshness = { face: 'stale' as const, ageMs: 7_400, reason: 'The feed is silent.' };
    expect(press({ isArmed: true, freshness })).toEqual({
      is: 'refused',
      sentence: 'Nothing done: the book is 7.4 s old. The feed is silent. Cancels work.',
    });
    expect(press({ freshness: { face: 'unknown' } }).is).toBe('refused');
  });

  test('a middle press cancels what is ours there, on a stale book too, and nothing else', () => {
    const freshness = { face: 'stale' as const, ageMs: 7_400, reason: '' };
    const middle = { button: 'middle' as const, row: withOwn, freshness };
    expect(press(middle)).toEqual({ is: 'cancel', orders: [order] });
    expect(press({ ...middle, column: PRICE })).toEqual({ is: 'cancel', orders: [order] });
    expect(press({ ...middle, column: ASK })).toEqual({ is: 'nothing' });
  });
});

test('what was filled meanwhile is not carried any further, the rest is as it is now', () => {
  const second = { ...order, orderId: 2 };
  const picked = { side: 'buy' as const, fromTicks: 998, orders: [order, second] };
  const now = { ...second, openLots: 1 };
  expect(stillOpen(picked, [now])?.orders).toEqual([now]);
  expect(stillOpen(picked, [])).toBeUndefined();
});
