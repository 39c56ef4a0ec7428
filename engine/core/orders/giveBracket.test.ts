// Goal: an entry is given a take-profit and a stop after it was placed, and rid of them, with room and reasons as if it
// had been placed so. How: one entry on the sandbox, amended before and after fills, in full and in small books.
import { expect, test } from 'vitest';
import {
  amend,
  BRACKET,
  closingOf,
  enter,
  entryOf,
  hit,
  legOf,
  sizesOf,
  smallDesk,
} from '../../lab/fixtures/bracketDesk.ts';
import { openContractDesk, SPOT } from '../../lab/fixtures/contracts.ts';
import { BASIS, BTC, MAKER, only, openDesk } from '../../lab/fixtures/desk.ts';
import { LEG_REMOVED } from '../../protocol/commands/types.ts';
import { OrderFlag, OrderType, TimeInForce } from '../../protocol/enums.ts';
import { positionLots } from '../accounts/positions.ts';
import { ordersOf } from '../views/order.ts';

test('a take-profit and a stop are given to an entry that had none, and close what it fills from then on', () => {
  const desk = openDesk();
  const orderId = enter(desk, { bracket: undefined });
  hit(desk, 4_000);
  const events = amend(desk, orderId, BRACKET);
  expect(desk.code).toBeUndefined();
  expect(only(events, 'OrderAmended')).toMatchObject({ orderId, keptPriority: 1 });
  expect(only(events, 'BracketSet')).toMatchObject({ takeProfitTicks: 606_000, stopLossTicks: 597_000 });
  expect(closingOf(desk)).toEqual([]);
  hit(desk, 1_000);
  expect(sizesOf(desk)).toEqual([1_000, 1_000]);
});

test('one that is added beside one that is open is opened at once, for the same lots', () => {
  const desk = openDesk();
  const orderId = enter(desk, { bracket: { ...BRACKET, takeProfitTicks: 0 } });
  hit(desk, 4_000);
  const events = amend(desk, orderId, { takeProfitTicks: 606_000, takeProfitLimitTicks: 605_000 });
  expect(only(events, 'BracketOrderOpened')).toMatchObject({ entryOrderId: orderId });
  expect(closingOf(desk)).toEqual([
    ['takeProfit', 606_000, 605_000],
    ['stopLoss', 597_000, 0],
  ]);
  expect(sizesOf(desk)).toEqual([4_000, 4_000]);
});

test('one that was cancelled is given again, also while the entry shrinks', () => {
  const desk = openDesk();
  const orderId = enter(desk);
  hit(desk, 4_000);
  desk.accept({ kind: 'CancelOrder', account: BASIS, orderId: legOf(desk, 'stopLoss').orderId });
  amend(desk, orderId, { stopLossTicks: 598_000 }, { sizeLots: 2_000 });
  expect(desk.code).toBeUndefined();
  expect(legOf(desk, 'stopLoss')).toMatchObject({ triggerTicks: 598_000, openLots: 4_000 });
});

test('one is taken away and the other stays; without both the entry is an order like any other', () => {
  const desk = openDesk();
  const orderId = enter(desk);
  amend(desk, orderId, { takeProfitTicks: LEG_REMOVED });
  expect(entryOf(desk)).toMatchObject({ stopLoss: { triggerTicks: 597_000, priceTicks: 0 } });
  expect(entryOf(desk)).not.toHaveProperty('takeProfit');
  const events = amend(desk, orderId, { stopLossTicks: LEG_REMOVED });
  expect(only(events, 'BracketSet')).toMatchObject({ takeProfitTicks: 0, stopLossTicks: 0 });
  expect(entryOf(desk)).not.toHaveProperty('stopLoss');
  hit(desk, 10_000);
  expect(closingOf(desk)).toEqual([]);
  expect(ordersOf(desk.engine.state, BASIS)).toEqual([]);
});

test('in one amendment one is taken away, the other set, and the entry moved', () => {
  const desk = openDesk();
  const orderId = enter(desk, { bracket: { ...BRACKET, stopLossTicks: 0 } });
  desk.place({ account: MAKER, side: 1, priceTicks: 600_500, sizeLots: 2_000 });
  const legs = { takeProfitTicks: LEG_REMOVED, stopLossTicks: 596_000 };
  amend(desk, orderId, legs, { priceTicks: 600_500 });
  expect(closingOf(desk)).toEqual([['stopLoss', 596_000, 0]]);
  expect(sizesOf(desk)).toEqual([2_000]);
});

test('a bracket that is given with a new price closes what trades at once, and one that is taken away does not', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 600_500, sizeLots: 2_000 });
  amend(desk, enter(desk, { bracket: undefined, sizeLots: 2_000 }), BRACKET, { priceTicks: 600_500 });
  expect(sizesOf(desk)).toEqual([2_000, 2_000]);
  const again = openDesk();
  again.place({ account: MAKER, side: 1, priceTicks: 600_500, sizeLots: 2_000 });
  const gone = { takeProfitTicks: LEG_REMOVED, stopLossTicks: LEG_REMOVED };
  amend(again, enter(again, { sizeLots: 2_000 }), gone, { priceTicks: 600_500 });
  expect(positionLots(again.engine.state, BASIS, BTC)).toBe(2_000);
  expect(ordersOf(again.engine.state, BASIS)).toEqual([]);
});

test('what waits for its trigger is an entry too', () => {
  const desk = openDesk();
  const stop = { type: OrderType.stopMarket, priceTicks: 0, timeInForce: TimeInForce.ioc } as const;
  const orderId = enter(desk, { ...stop, triggerTicks: 610_000, bracket: undefined });
  amend(desk, orderId, { stopLossTicks: 604_000 });
  expect(entryOf(desk)).toMatchObject({ state: 'parked', stopLoss: { triggerTicks: 604_000 } });
  amend(desk, orderId, { takeProfitTicks: 620_000 }, { triggerTicks: 611_000 });
  expect(entryOf(desk)).toMatchObject({ triggerTicks: 611_000, takeProfit: { triggerTicks: 620_000 } });
});

test('nobody needs a mark, or the right side of it, to take one away', () => {
  const desk = openDesk();
  const orderId = enter(desk);
  desk.prices({ 0: 59_600 });
  amend(desk, orderId, { stopLossTicks: 596_500 });
  expect(desk.code).toBe('bracket.stopLossInvalid');
  desk.wait(3_600_000);
  amend(desk, orderId, { takeProfitTicks: LEG_REMOVED });
  expect(desk.code).toBeUndefined();
  amend(desk, orderId, { stopLossTicks: LEG_REMOVED }, { sizeLots: 10 });
  expect(desk.code).toBeUndefined();
});

test('bracket.legUnknown: a closing order has none of its own, and what is not there is not taken away', () => {
  const desk = openDesk();
  const half = enter(desk, { bracket: { ...BRACKET, takeProfitTicks: 0 } });
  amend(desk, half, { takeProfitTicks: LEG_REMOVED });
  expect(desk.code).toBe('bracket.legUnknown');
  amend(desk, half, { stopLossLimitTicks: 590_000 });
  expect(desk.code).toBe('bracket.legUnknown');
  amend(desk, enter(desk, { bracket: undefined }), { stopLossTicks: LEG_REMOVED });
  expect(desk.code).toBe('bracket.legUnknown');
  hit(desk, 4_000);
  amend(desk, legOf(desk, 'stopLoss').orderId, { takeProfitTicks: 606_000 });
  expect(desk.code).toBe('bracket.legUnknown');
});

test('bracket.legIsOpen: what is an order of its own is taken away by cancelling it', () => {
  const desk = openDesk();
  const orderId = enter(desk);
  hit(desk, 4_000);
  amend(desk, orderId, { stopLossTicks: LEG_REMOVED });
  expect(desk.code).toBe('bracket.legIsOpen');
});

test('bracket.reduceOnly and bracket.spot: what opens no position is given nothing to close it', () => {
  const desk = openDesk();
  const held = enter(desk, { bracket: undefined, sizeLots: 1_000 });
  hit(desk, 1_000);
  expect(held).toBeGreaterThan(0);
  const reducing = { side: 1, priceTicks: 606_000, flags: OrderFlag.reduceOnly, bracket: undefined } as const;
  amend(desk, enter(desk, reducing), BRACKET);
  expect(desk.code).toBe('bracket.reduceOnly');
  const spot = openContractDesk();
  amend(spot, enter(spot, { instrument: SPOT, sizeLots: 100, bracket: undefined }), {
    stopLossTicks: 590_000,
  });
  expect(spot.code).toBe('bracket.spot');
});

test('order.triggerInvalid: one that would open and fire in the same breath is not added', () => {
  const desk = openDesk();
  const orderId = enter(desk, { bracket: { ...BRACKET, takeProfitTicks: 0 } });
  hit(desk, 4_000);
  desk.prices({ 0: 60_700 });
  amend(desk, orderId, { takeProfitTicks: 606_000 });
  expect(desk.code).toBe('order.triggerInvalid');
  amend(desk, orderId, { takeProfitTicks: 608_000 });
  expect(desk.code).toBeUndefined();
});

test('order.tooManyOpen: what is added counts among the orders an account may have', () => {
  const desk = smallDesk({ ordersPerAccount: 3 });
  const orderId = enter(desk, { bracket: undefined });
  desk.place({ priceTicks: 590_000 });
  amend(desk, orderId, BRACKET);
  expect(desk.code).toBe('order.tooManyOpen');
  amend(desk, orderId, { stopLossTicks: 597_000 });
  expect(desk.code).toBeUndefined();
  amend(desk, orderId, { takeProfitTicks: 606_000 });
  expect(desk.code).toBe('order.tooManyOpen');
  // What waits already is only changed, and counts as it did.
  amend(desk, orderId, { stopLossTicks: 596_000 });
  expect(desk.code).toBeUndefined();
});

test('engine.full: room is promised for what is added, and given back for what is taken away', () => {
  const desk = smallDesk({ orders: 5 });
  const orderId = enter(desk, { bracket: undefined });
  for (const priceTicks of [590_000, 590_001]) desk.place({ account: MAKER, priceTicks });
  const fill = () => desk.place({ account: MAKER, priceTicks: 590_002 });
  amend(desk, orderId, BRACKET);
  expect(desk.code).toBeUndefined();
  fill();
  expect(desk.code).toBe('engine.full');
  amend(desk, orderId, { takeProfitTicks: LEG_REMOVED });
  fill();
  expect(desk.code).toBeUndefined();
  for (const terms of [{}, { sizeLots: 500 }, { priceTicks: 599_000 }]) {
    amend(desk, orderId, { takeProfitTicks: 606_000 }, terms);
    expect(desk.code).toBe('engine.full');
  }
  hit(desk, 1_000);
  expect(closingOf(desk)).toEqual([['stopLoss', 597_000, 0]]);
});
