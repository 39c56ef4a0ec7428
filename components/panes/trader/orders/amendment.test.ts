import { expect, test } from 'vitest';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { restingBid as order } from '../../../../lib/testOrder.ts';
import { amendDraftOf, areLegsShown, changeOf, legOfDraft } from './amendment.ts';

const context = { market: btcPerp, book: undefined, mark: undefined };

test('an amendment carries only what was changed', () => {
  const before = amendDraftOf(order, btcPerp);
  expect(before).toEqual({
    priceText: '63100.0',
    sizeText: '1.5',
    takeProfitText: '',
    stopLossText: '',
  });
  expect(changeOf(order, before, context)).toBeUndefined();
  expect(changeOf(order, { ...before, priceText: '61k' }, context)).toEqual({
    price: '61000',
  });
  expect(changeOf(order, { ...before, sizeText: '1' }, context)).toMatchObject({ size: '1' });
  expect(changeOf(order, { ...before, sizeText: 'x' }, context)).toBeUndefined();
});

test('a parked stop without a limit is amended at its trigger', () => {
  const waiting: OrderView = {
    ...order,
    type: 'stopMarket',
    priceTicks: 0,
    triggerTicks: 600_000,
    state: 'parked',
  };
  const before = amendDraftOf(waiting, btcPerp);
  expect(changeOf(waiting, { ...before, priceText: '59000' }, context)).toMatchObject({
    triggerPrice: '59000',
  });
});

const entry: OrderView = {
  ...order,
  takeProfit: { triggerTicks: 650_000, priceTicks: 649_000 },
};

test('exits are written as in the ticket: a price, a percentage, a limit behind a slash, or nothing', () => {
  const before = amendDraftOf(entry, btcPerp);
  expect(before).toMatchObject({ takeProfitText: '65000.0/64900.0', stopLossText: '' });
  const change = (edited: Partial<typeof before>) => changeOf(entry, { ...before, ...edited }, context);
  expect(change({ stopLossText: '62k' })).toEqual({ stopLoss: { triggerPrice: '62000' } });
  expect(change({ stopLossText: '1%' })).toEqual({ stopLoss: { triggerPrice: '62469.0' } });
  expect(change({ takeProfitText: '66000/65900' })).toEqual({
    takeProfit: { triggerPrice: '66000', price: '65900' },
  });
  expect(change({ takeProfitText: ' ' })).toEqual({ takeProfit: 'none' });
  expect(change({ stopLossText: 'low' })).toBeUndefined();
});

test('a percentage is measured from the price that is written with it', () => {
  const edited = { ...amendDraftOf(entry, btcPerp), priceText: '60000', stopLossText: '1%' };
  expect(changeOf(entry, edited, context)).toEqual({ price: '60000', stopLoss: { triggerPrice: '59400.0' } });
  expect(legOfDraft(entry, 'stopLoss', edited, context)).toMatchObject({ shown: '59,400.0' });
});

test('an answer is on the screen once the exits are there, or gone', () => {
  const stopLoss = { triggerPrice: '60000' };
  expect(areLegsShown({ price: '60000' }, order)).toBe(true);
  expect(areLegsShown({ stopLoss }, order)).toBe(false);
  expect(areLegsShown({ takeProfit: 'none' }, entry)).toBe(false);
  expect(areLegsShown({ takeProfit: 'none' }, order)).toBe(true);
  expect(areLegsShown({ stopLoss }, undefined)).toBe(true);
});
