import { expect, test } from 'vitest';
import { all, BASIS, BTC, Desk, MAKER, OTHER, only, openDesk, START_MS } from '../../lab/fixtures/desk.ts';
import { CancelReason, OrderFlag, OrderType, TimeInForce } from '../../protocol/enums.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';

const MARKET = { priceTicks: 0, timeInForce: TimeInForce.ioc };

function withLong(desk: Desk, lots: number): void {
  desk.place({ account: MAKER, side: 1, sizeLots: lots });
  desk.place({ sizeLots: lots });
  desk.place({ account: MAKER, side: 0, priceTicks: 585_000, sizeLots: 100_000 });
  desk.place({ account: MAKER, side: 1, priceTicks: 615_000, sizeLots: 100_000 });
}

test('a stop sells when the mark has fallen to its trigger', () => {
  const desk = openDesk();
  withLong(desk, 2_000);
  desk.place({
    ...MARKET,
    side: 1,
    type: OrderType.stopMarket,
    triggerTicks: 595_000,
    sizeLots: 2_000,
    flags: OrderFlag.reduceOnly,
  });
  expect(all(desk.wait(1_000).prices({ 0: 59_600 }), 'OrderTriggered')).toHaveLength(0);
  const events = desk.wait(1_000).prices({ 0: 59_400 });
  expect(only(events, 'OrderTriggered').account).toBe(BASIS);
  expect(positionLots(desk.engine.state, BASIS, BTC)).toBe(0);
  checkInvariants(desk.engine.state);
});

test('a take sells when the mark has risen to its trigger, as a limit order that may rest', () => {
  const desk = openDesk();
  withLong(desk, 2_000);
  desk.place({
    side: 1,
    type: OrderType.takeLimit,
    triggerTicks: 605_000,
    priceTicks: 606_000,
    sizeLots: 2_000,
  });
  const events = desk.wait(1_000).prices({ 0: 60_600 });
  expect(all(events, 'OrderTriggered')).toHaveLength(1);
  expect(all(events, 'LevelChanged')).toContainEqual(
    expect.objectContaining({ side: 1, priceTicks: 606_000, lots: 2_000 }),
  );
  checkInvariants(desk.engine.state);
});

test('a trigger order that may not pass when it fires is cancelled and says so', () => {
  const desk = openDesk();
  desk.place({
    ...MARKET,
    side: 1,
    type: OrderType.stopMarket,
    triggerTicks: 595_000,
    flags: OrderFlag.reduceOnly,
  });
  const events = desk.wait(1_000).prices({ 0: 59_000 });
  expect(only(events, 'OrderCancelled')).toMatchObject({ account: BASIS, reason: 7 });
  checkInvariants(desk.engine.state);
});

test('nearest trigger first, then the earliest', () => {
  const desk = openDesk();
  const far = Desk.orderId(
    desk.place({ type: OrderType.stopLimit, triggerTicks: 604_000, priceTicks: 600_000 }),
  );
  const near = Desk.orderId(
    desk.place({ type: OrderType.stopLimit, triggerTicks: 602_000, priceTicks: 600_000 }),
  );
  const late = Desk.orderId(
    desk.place({ type: OrderType.stopLimit, triggerTicks: 602_000, priceTicks: 600_000 }),
  );
  const events = desk.wait(1_000).prices({ 0: 60_500 });
  expect(all(events, 'OrderTriggered').map((e) => e.orderId)).toEqual([near, late, far]);
  checkInvariants(desk.engine.state);
});

test('a GTT order leaves at its time, before any order that comes then could meet it', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, timeInForce: TimeInForce.gtt, expiresAtMs: START_MS + 5_000 });
  desk.place({
    account: MAKER,
    side: 1,
    timeInForce: TimeInForce.gtt,
    expiresAtMs: START_MS + 3_000,
    sizeLots: 500,
  });
  desk.wait(3_000);
  expect(only(desk.place({ sizeLots: 100, priceTicks: 590_000 }), 'OrderCancelled')).toMatchObject({
    remainingLots: 500,
    reason: 3,
  });
  desk.wait(2_000);
  const events = desk.place({ sizeLots: 100 });
  expect(only(events, 'OrderCancelled').reason).toBe(3);
  expect(all(events, 'Traded')).toHaveLength(0);
  checkInvariants(desk.engine.state);
});

test('of a thousand GTT orders that end at one time none is met, amended or fired by the command that reaches it', () => {
  const desk = openDesk();
  const gtt = { timeInForce: TimeInForce.gtt, expiresAtMs: START_MS + 1_000 };
  for (let k = 0; k < 500; k++) desk.place({ account: MAKER, side: 1, sizeLots: 100, ...gtt });
  for (let k = 0; k < 500; k++)
    desk.place({
      type: OrderType.stopLimit,
      triggerTicks: 602_000,
      priceTicks: 603_000,
      sizeLots: 100,
      ...gtt,
    });
  expect(desk.engine.state.globals.columns.expiryCount[0]).toBe(1_000);
  const events = desk.wait(1_000).place({ account: OTHER, sizeLots: 10_000 });
  expect(all(events, 'OrderCancelled').map(({ reason }) => reason)).toEqual(
    Array(1_000).fill(CancelReason.expired),
  );
  expect(all(events, 'Traded')).toHaveLength(0);
  expect(all(desk.prices({ 0: 60_500 }), 'OrderTriggered')).toHaveLength(0);
  checkInvariants(desk.engine.state);
});

test('many expiries in any order leave the heap in order', () => {
  const desk = openDesk();
  for (let k = 0; k < 300; k++) {
    desk.place({
      sizeLots: 100,
      timeInForce: TimeInForce.gtt,
      expiresAtMs: START_MS + 1 + ((k * 7_919) % 1_000),
    });
  }
  let left = 300;
  for (let at = 50; at <= 1_000; at += 50) {
    desk.timeMs = START_MS + at;
    left -= all(desk.run({ kind: 'Tick' }), 'OrderCancelled').length;
    checkInvariants(desk.engine.state);
  }
  expect(left).toBe(0);
});
