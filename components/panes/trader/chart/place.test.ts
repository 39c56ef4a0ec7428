import { expect, test } from 'vitest';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { draftOf, orderOf, placeChoices } from './place.ts';

/** Says what it was asked. */
const worstOf = (_: unknown, side: string, fromUsdPerLot: number) => `${side} at ${fromUsdPerLot}`;

const labels = (ticks: number, markTicks: number | undefined, heldLots = 0) =>
  placeChoices(ticks, markTicks, heldLots).map(({ label }) => label);

test('above the mark a stop buys and a take-profit sells, below it the other way round', () => {
  expect(labels(630, 600)).toEqual([
    'Buy limit, takes at once',
    'Sell limit',
    'Buy stop',
    'Sell take profit',
  ]);
  expect(labels(570, 600)).toEqual([
    'Buy limit',
    'Sell limit, takes at once',
    'Sell stop',
    'Buy take profit',
  ]);
});

test('at the mark, or without one, nothing can wait for a trigger', () => {
  expect(labels(600, 600.2)).toHaveLength(2);
  expect(labels(600, undefined)).toEqual(['Buy limit', 'Sell limit']);
});

test('what closes the position may not open one', () => {
  const [, , stop, take] = placeChoices(570, 600, 5);
  expect([stop?.label, stop?.isReduceOnly]).toEqual(['Sell stop, closes the long', true]);
  expect([take?.label, take?.isReduceOnly]).toEqual(['Buy take profit', false]);
  expect(placeChoices(570, 600, -5)[3]?.label).toBe('Buy take profit, closes the short');
});

test('a choice is written into the ticket, or sent with one size', () => {
  const [limit, , stop] = placeChoices(570_005, 600_000, 5);
  expect(draftOf(limit!, btcPerp)).toEqual({
    side: 'buy',
    type: 'limit',
    isReduceOnly: false,
    priceText: '57000.5',
  });
  expect(draftOf(stop!, btcPerp)).toMatchObject({ type: 'stopMarket', triggerText: '57000.5' });
  expect(orderOf(limit!, 3, btcPerp, '5', worstOf)).toEqual({
    account: 3,
    instrument: 'BTC-PERP',
    side: 'buy',
    type: 'limit',
    size: '5',
    price: '57000.5',
  });
  const exit = orderOf(stop!, 3, btcPerp, '5', worstOf);
  expect(exit).toMatchObject({ triggerPrice: '57000.5', isReduceOnly: true });
  expect(exit).not.toHaveProperty('price');
});

test('a stop that may open has the worst price of its trigger', () => {
  const [, , stop] = placeChoices(570_000, 600_000, 0);
  expect(orderOf(stop!, 3, btcPerp, '5', worstOf)).toMatchObject({
    type: 'stopMarket',
    triggerPrice: '57000.0',
    price: 'sell at 5700000',
  });
});
