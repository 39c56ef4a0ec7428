import { expect, test } from 'vitest';
import { ALTS, all, BASIS, BTC, Desk, ETH, only, openDesk } from '../../lab/fixtures/desk.ts';
import { ANY_INSTRUMENT } from '../../protocol/commands/types.ts';
import { OrderType } from '../../protocol/enums.ts';
import { checkInvariants } from '../invariants.ts';

const ID = { clientId0: 1, clientId1: 2, clientId2: 3, clientId3: 4 };

test('an order is cancelled by its id once', () => {
  const desk = openDesk();
  const orderId = Desk.orderId(desk.place({}));
  const events = desk.run({ kind: 'CancelOrder', account: BASIS, orderId });
  expect(only(events, 'OrderCancelled')).toMatchObject({ orderId, remainingLots: 10_000, reason: 0 });
  desk.run({ kind: 'CancelOrder', account: BASIS, orderId });
  expect(desk.code).toBe('order.unknown');
  checkInvariants(desk.engine.state);
});

test('an order is cancelled by the id its client gave it', () => {
  const desk = openDesk();
  const orderId = Desk.orderId(desk.place(ID));
  desk.run({ kind: 'CancelByClientId', account: ALTS, ...ID });
  expect(desk.code).toBe('order.unknown');
  const events = desk.run({ kind: 'CancelByClientId', account: BASIS, ...ID });
  expect(only(events, 'OrderCancelled').orderId).toBe(orderId);
  checkInvariants(desk.engine.state);
});

test('cancel all takes open and parked orders of one account, in one instrument or in all', () => {
  const desk = openDesk();
  desk.place({});
  desk.place({ instrument: ETH, priceTicks: 300_000, sizeLots: 1_000 });
  desk.place({ type: OrderType.stopLimit, triggerTicks: 610_000 });
  desk.place({ account: ALTS, side: 0, priceTicks: 590_000 });
  expect(
    all(desk.run({ kind: 'CancelAll', account: BASIS, instrument: BTC }), 'OrderCancelled'),
  ).toHaveLength(2);
  expect(
    all(desk.run({ kind: 'CancelAll', account: BASIS, instrument: ANY_INSTRUMENT }), 'OrderCancelled'),
  ).toHaveLength(1);
  expect(
    all(desk.run({ kind: 'CancelAll', account: ALTS, instrument: ANY_INSTRUMENT }), 'OrderCancelled'),
  ).toHaveLength(1);
  desk.run({ kind: 'CancelAll', account: BASIS, instrument: 900 });
  expect(desk.code).toBe('instrument.unknown');
  checkInvariants(desk.engine.state);
});

test('client ids that share a hash run stay reachable when one of them goes', () => {
  const desk = openDesk();
  for (let k = 1; k <= 400; k++) desk.place({ sizeLots: 100, clientId3: k });
  for (let k = 1; k <= 400; k += 2)
    desk.run({
      kind: 'CancelByClientId',
      account: BASIS,
      clientId0: 0,
      clientId1: 0,
      clientId2: 0,
      clientId3: k,
    });
  for (let k = 2; k <= 400; k += 2) {
    desk.run({
      kind: 'CancelByClientId',
      account: BASIS,
      clientId0: 0,
      clientId1: 0,
      clientId2: 0,
      clientId3: k,
    });
    expect(desk.code).toBeUndefined();
  }
  checkInvariants(desk.engine.state);
});
