import { expect, test } from 'vitest';
import { ALTS, all, BASIS, Desk, MAKER, only, openDesk } from '../../lab/fixtures/desk.ts';
import type { AmendOrder } from '../../protocol/commands/types.ts';
import { OrderType, TimeInForce } from '../../protocol/enums.ts';
import { checkInvariants } from '../invariants.ts';

function amend(desk: Desk, orderId: number, terms: Partial<AmendOrder>, account = BASIS) {
  const events = desk.run({
    kind: 'AmendOrder',
    account,
    orderId,
    priceTicks: 0,
    sizeLots: 0,
    triggerTicks: 0,
    ...terms,
  });
  checkInvariants(desk.engine.state);
  return events;
}

test('an order that only shrinks keeps its place in the queue', () => {
  const desk = openDesk();
  const orderId = Desk.orderId(desk.place({ side: 1, sizeLots: 5_000 }));
  desk.place({ account: MAKER, side: 1, sizeLots: 5_000 });
  expect(only(amend(desk, orderId, { sizeLots: 2_000 }), 'OrderAmended')).toMatchObject({
    remainingLots: 2_000,
    keptPriority: 1,
  });
  const events = desk.place({ account: 12, sizeLots: 3_000 });
  expect(
    all(events, 'OrderFilled')
      .filter((fill) => fill.isMaker)
      .map((fill) => [fill.account, fill.lots]),
  ).toEqual([
    [BASIS, 2_000],
    [MAKER, 1_000],
  ]);
});

test('an order that grows stands behind those already there', () => {
  const desk = openDesk();
  const orderId = Desk.orderId(desk.place({ side: 1, sizeLots: 1_000 }));
  desk.place({ account: MAKER, side: 1, sizeLots: 1_000 });
  expect(only(amend(desk, orderId, { sizeLots: 2_000 }), 'OrderAmended').keptPriority).toBe(0);
  const events = desk.place({ account: 12, sizeLots: 1_000 });
  expect(all(events, 'OrderFilled').find((fill) => fill.isMaker)!.account).toBe(MAKER);
});

test('an amended price may trade at once, under the same id', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 600_100, sizeLots: 400 });
  const orderId = Desk.orderId(desk.place({ priceTicks: 600_000, sizeLots: 1_000 }));
  const events = amend(desk, orderId, { priceTicks: 600_100 });
  expect(only(events, 'Traded').lots).toBe(400);
  const levels = all(events, 'LevelChanged');
  expect(levels).toContainEqual(expect.objectContaining({ side: 0, priceTicks: 600_000, lots: 0 }));
  expect(levels).toContainEqual(expect.objectContaining({ side: 0, priceTicks: 600_100, lots: 600 }));
});

test('an amendment that fills the order whole ends it', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 600_100, sizeLots: 4_000 });
  const orderId = Desk.orderId(desk.place({ priceTicks: 600_000, sizeLots: 1_000, clientId3: 5 }));
  amend(desk, orderId, { priceTicks: 600_100 });
  amend(desk, orderId, { priceTicks: 600_000 });
  expect(desk.code).toBe('order.unknown');
  desk.place({ priceTicks: 600_000, sizeLots: 1_000, clientId3: 5 });
  expect(desk.code).toBeUndefined();
});

test('a parked order moves its trigger and does not bind margin', () => {
  const desk = openDesk();
  const terms = { side: 1 as const, type: OrderType.stopMarket, timeInForce: TimeInForce.ioc, priceTicks: 0 };
  const orderId = Desk.orderId(desk.place({ ...terms, triggerTicks: 590_000 }));
  amend(desk, orderId, { triggerTicks: 595_000 });
  expect(desk.code).toBeUndefined();
  amend(desk, orderId, { triggerTicks: 601_000 });
  expect(desk.code).toBe('order.triggerInvalid');
});

test.each([
  ['order.nothingToChange', {}],
  ['order.nothingToChange', { triggerTicks: 5 }],
  ['order.sizeTooLarge', { sizeLots: 2_000_000_000 }],
  ['order.priceInvalid', { priceTicks: 33_000_000 }],
  ['order.notionalTooSmall', { priceTicks: 1 }],
  ['order.priceOutOfBand', { priceTicks: 400_000 }],
] as const)('%s refuses an amendment and keeps the order', (code, terms) => {
  const desk = openDesk();
  const orderId = Desk.orderId(desk.place({}));
  amend(desk, orderId, terms);
  expect(desk.code).toBe(code);
  desk.run({ kind: 'CancelOrder', account: BASIS, orderId });
  expect(desk.code).toBeUndefined();
});

test('nobody amends the order of another account', () => {
  const desk = openDesk();
  const orderId = Desk.orderId(desk.place({}));
  amend(desk, orderId, { sizeLots: 1 }, ALTS);
  expect(desk.code).toBe('order.unknown');
});
