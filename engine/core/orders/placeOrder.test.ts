import { expect, test } from 'vitest';
import {
  ALTS,
  all,
  BASIS,
  BTC,
  Desk,
  MAKER,
  OTHER,
  only,
  openDesk,
  raiseOwnerCap,
} from '../../lab/fixtures/desk.ts';
import type { Genesis } from '../../protocol/commands/types.ts';
import { OrderFlag, OrderType, TimeInForce } from '../../protocol/enums.ts';
import { sandboxGenesis } from '../../sandbox/genesis.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { openEngine } from '../openEngine.ts';

// BTC: tick 0.1 USD, lot 0.0001 BTC. 600_000 ticks are 60 000 USD, 10_000 lots are 1 BTC.

test('a limit order that meets nobody rests with all its lots', () => {
  const desk = openDesk();
  const events = desk.place({});
  expect(desk.code).toBeUndefined();
  expect(only(events, 'OrderAccepted')).toMatchObject({
    account: BASIS,
    priceTicks: 600_000,
    sizeLots: 10_000,
  });
  expect(only(events, 'LevelChanged')).toMatchObject({
    side: 0,
    priceTicks: 600_000,
    lots: 10_000,
    orderCount: 1,
  });
  checkInvariants(desk.engine.state);
});

test('a market order takes the best prices first and pays the taker fee', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 600_100, sizeLots: 4_000 });
  desk.place({ account: OTHER, side: 1, priceTicks: 600_050, sizeLots: 3_000 });
  const events = desk.place({
    type: OrderType.market,
    timeInForce: TimeInForce.ioc,
    priceTicks: 0,
    sizeLots: 5_000,
  });
  const trades = all(events, 'Traded');
  expect(trades.map((t) => [t.priceTicks, t.lots])).toEqual([
    [600_050, 3_000],
    [600_100, 2_000],
  ]);
  const fills = all(events, 'OrderFilled').filter((fill) => fill.account === BASIS);
  // 3 000 lots × 600 050 ticks × 10 micro-USD = 18 001.50 USD, at 4.5 bp.
  expect(fills[0]!.fee).toBe(Math.ceil(18_001_500_000 * 0.00045));
  expect(positionLots(desk.engine.state, BASIS, BTC)).toBe(5_000);
  expect(positionLots(desk.engine.state, MAKER, BTC)).toBe(-2_000);
  checkInvariants(desk.engine.state);
});

test('a market order beyond the book is filled in part and the rest is cancelled', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 600_100, sizeLots: 4_000 });
  const events = desk.place({
    type: OrderType.market,
    timeInForce: TimeInForce.ioc,
    priceTicks: 0,
    sizeLots: 5_000,
  });
  expect(only(events, 'OrderCancelled')).toMatchObject({ remainingLots: 1_000, reason: 1 });
  checkInvariants(desk.engine.state);
});

test('a limit order trades what crosses and rests with what is left', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots: 4_000 });
  const events = desk.place({ sizeLots: 10_000 });
  expect(only(events, 'Traded').lots).toBe(4_000);
  const levels = all(events, 'LevelChanged');
  expect(levels).toContainEqual(
    expect.objectContaining({ side: 1, priceTicks: 600_000, lots: 0, orderCount: 0 }),
  );
  expect(levels).toContainEqual(
    expect.objectContaining({ side: 0, priceTicks: 600_000, lots: 6_000, orderCount: 1 }),
  );
  checkInvariants(desk.engine.state);
});

test('a reduce-only order never opens a position', () => {
  const desk = openDesk();
  desk.place({ flags: OrderFlag.reduceOnly });
  expect(desk.code).toBe('order.reduceOnlyWouldIncrease');
  desk.place({ account: MAKER, side: 1, sizeLots: 2_000 });
  desk.place({ sizeLots: 2_000 });
  desk.place({ account: MAKER, side: 0, priceTicks: 599_000, sizeLots: 9_000 });
  desk.place({
    side: 1,
    type: OrderType.market,
    timeInForce: TimeInForce.ioc,
    priceTicks: 0,
    sizeLots: 9_000,
    flags: OrderFlag.reduceOnly,
  });
  expect(positionLots(desk.engine.state, BASIS, BTC)).toBe(0);
  checkInvariants(desk.engine.state);
});

test('a resting reduce-only order is cut to what its position still is', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, sizeLots: 5_000 });
  desk.place({ sizeLots: 5_000 });
  desk.place({ side: 1, priceTicks: 602_000, sizeLots: 5_000, flags: OrderFlag.reduceOnly });
  desk.place({ account: MAKER, side: 0, priceTicks: 599_000, sizeLots: 3_000 });
  desk.place({ side: 1, priceTicks: 599_000, sizeLots: 3_000 });
  expect(positionLots(desk.engine.state, BASIS, BTC)).toBe(2_000);
  const events = desk.place({ account: OTHER, priceTicks: 602_000, sizeLots: 4_000 });
  expect(only(events, 'Traded').lots).toBe(2_000);
  expect(only(events, 'OrderCancelled')).toMatchObject({ account: BASIS, remainingLots: 3_000, reason: 4 });
  expect(positionLots(desk.engine.state, BASIS, BTC)).toBe(0);
  checkInvariants(desk.engine.state);
});

test('orders of one firm do not trade with each other: the taker is expired', () => {
  const desk = openDesk();
  desk.place({ account: ALTS, side: 1, sizeLots: 1_000 });
  desk.place({});
  expect(desk.code).toBe('order.selfTrade');
});

test('expire maker takes the own order out and trades on', () => {
  const desk = openDesk();
  desk.place({ account: ALTS, side: 1, priceTicks: 600_000, sizeLots: 1_000 });
  desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots: 1_000 });
  const events = desk.place({ selfTrade: 2, sizeLots: 1_500 });
  expect(only(events, 'OrderCancelled')).toMatchObject({ account: ALTS, remainingLots: 1_000, reason: 2 });
  expect(only(events, 'Traded').lots).toBe(1_000);
  checkInvariants(desk.engine.state);
});

test('expire both takes both out', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 599_990, sizeLots: 500 });
  desk.place({ account: ALTS, side: 1, priceTicks: 600_000, sizeLots: 1_000 });
  const events = desk.place({ selfTrade: 3, sizeLots: 1_500 });
  expect(all(events, 'OrderCancelled').map((e) => [e.account, e.remainingLots])).toEqual([
    [ALTS, 1_000],
    [BASIS, 1_000],
  ]);
  checkInvariants(desk.engine.state);
});

test('an order that reduces risk passes when equity is under initial margin', () => {
  const desk = openDesk();
  raiseOwnerCap(desk);
  desk.place({ account: MAKER, side: 1, sizeLots: 6_000_000 });
  desk.place({ sizeLots: 6_000_000 });
  expect(desk.code).toBeUndefined();
  // 600 BTC lose 3 m USD: about 3.3 m of equity are left, under an initial margin of about 4.7 m.
  desk.wait(60_000).prices({ 0: 55_000 });
  desk.place({ sizeLots: 10_000, priceTicks: 550_000 });
  expect(desk.code).toBe('margin.initialInsufficient');
  desk.place({ account: MAKER, priceTicks: 545_000, sizeLots: 100_000 });
  desk.place({ side: 1, priceTicks: 545_000, sizeLots: 100_000 });
  expect(desk.code).toBeUndefined();
  checkInvariants(desk.engine.state);
});

const refusals: [string, Parameters<Desk['place']>[0]][] = [
  ['instrument.unknown', { instrument: 999 }],
  ['account.unknown', { account: 5_000 }],
  ['order.sizeZero', { sizeLots: 0 }],
  ['order.sizeTooLarge', { sizeLots: 2_147_483_647 }],
  ['order.priceInvalid', { priceTicks: 0 }],
  ['order.termsConflict', { timeInForce: TimeInForce.ioc, flags: OrderFlag.postOnly }],
  ['order.expiryPast', { timeInForce: TimeInForce.gtt, expiresAtMs: 1 }],
  ['order.triggerInvalid', { type: OrderType.stopLimit, triggerTicks: 590_000 }],
  ['order.notionalTooSmall', { sizeLots: 1, priceTicks: 100 }],
  ['order.priceOutOfBand', { priceTicks: 500_000 }],
  ['order.reduceOnlyWouldIncrease', { flags: OrderFlag.reduceOnly }],
  ['order.fokNotFillable', { timeInForce: TimeInForce.fok }],
  ['order.noLiquidity', { timeInForce: TimeInForce.ioc }],
];

test.each(refusals)('%s leaves the state as it was but for time and sequence', (code, terms) => {
  const desk = openDesk();
  const before = desk.engine.state.accounts.columns.orderCount[BASIS];
  const events = desk.place(terms);
  expect(desk.code).toBe(code);
  expect(events.map((event) => event.kind)).toEqual(['CommandApplied', 'OrderRejected']);
  expect(desk.engine.state.accounts.columns.orderCount[BASIS]).toBe(before);
  checkInvariants(desk.engine.state);
});

test('margin.initialInsufficient: resting orders count by what they could become', () => {
  const desk = openDesk();
  raiseOwnerCap(desk);
  desk.place({ sizeLots: 6_000_000 });
  expect(desk.code).toBeUndefined();
  desk.place({ sizeLots: 6_000_000 });
  expect(desk.code).toBe('margin.initialInsufficient');
  // The other side of the market is not the worst side: it fits beside the first.
  desk.place({ side: 1, sizeLots: 5_000_000, priceTicks: 610_000 });
  expect(desk.code).toBeUndefined();
  checkInvariants(desk.engine.state);
});

test('margin.bookTooLarge: no order takes a book to where sums are no longer exact', () => {
  // Nobody but the trader has money, so that one account may have over four billion, and markets are so deep that
  // three days of unwinding are more than that.
  const opening = sandboxGenesis()
    .filter((command) => command.kind !== 'CreditDeposit')
    .map((command) =>
      command.kind === 'ListUnderlying' ? { ...command, adv30Usd: command.adv30Usd * 10 } : command,
    );
  const desk = new Desk(openEngine(opening[0] as Genesis), opening);
  raiseOwnerCap(desk);
  desk.prices({ 0: 60_000 });
  desk.accept({
    kind: 'CreditDeposit',
    account: BASIS,
    asset: 'USDC',
    amount: 4.4e15,
    reference: 'all of it',
  });
  // 1 000 BTC are 60 m USD: forty orders are 2.4 bn, and past 4.5 bn when the price has doubled.
  for (let k = 0; k < 40; k++) desk.place({ sizeLots: 10_000_000 });
  expect(desk.code).toBeUndefined();
  desk.wait(60_000).prices({ 0: 120_000 });
  desk.place({ sizeLots: 10_000_000, priceTicks: 1_200_000 });
  expect(desk.code).toBe('margin.bookTooLarge');
  checkInvariants(desk.engine.state);
});

test('order.postOnlyWouldCross leaves the book as it was', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1 });
  desk.place({ flags: OrderFlag.postOnly });
  expect(desk.code).toBe('order.postOnlyWouldCross');
});

test('order.clientIdInUse: an open order owns its client id', () => {
  const desk = openDesk();
  desk.place({ clientId3: 7 });
  desk.place({ clientId3: 7 });
  expect(desk.code).toBe('order.clientIdInUse');
  desk.place({ account: ALTS, clientId3: 7 });
  expect(desk.code).toBeUndefined();
});

test('order.tooManyOpen: an account has a limit of open orders', () => {
  const desk = openDesk();
  const most = desk.engine.state.limits.ordersPerAccount;
  for (let k = 0; k < most; k++) desk.place({ sizeLots: 10 });
  expect(desk.code).toBeUndefined();
  desk.place({ sizeLots: 10 });
  expect(desk.code).toBe('order.tooManyOpen');
});

test('oracle.stale: no order passes on a mark older than ten seconds, a cancel does', () => {
  const desk = openDesk();
  const orderId = Desk.orderId(desk.place({}));
  desk.wait(10_001).place({});
  expect(desk.code).toBe('oracle.stale');
  desk.run({ kind: 'CancelOrder', account: BASIS, orderId });
  expect(desk.code).toBeUndefined();
});

test('refusals come in their documented order: bounds before terms before the market', () => {
  const desk = openDesk();
  const wrong = { instrument: 999, sizeLots: 0, priceTicks: 0, flags: OrderFlag.reduceOnly };
  desk.place(wrong);
  expect(desk.code).toBe('instrument.unknown');
  desk.place({ ...wrong, instrument: BTC });
  expect(desk.code).toBe('order.sizeZero');
  desk.place({ ...wrong, instrument: BTC, sizeLots: 1 });
  expect(desk.code).toBe('order.priceInvalid');
  desk.place({ ...wrong, instrument: BTC, sizeLots: 1, priceTicks: 1 });
  expect(desk.code).toBe('order.notionalTooSmall');
  desk.place({ ...wrong, instrument: BTC, sizeLots: 1_000_000, priceTicks: 1 });
  expect(desk.code).toBe('order.priceOutOfBand');
  desk.place({ ...wrong, instrument: BTC, sizeLots: 1_000, priceTicks: 600_000 });
  expect(desk.code).toBe('order.reduceOnlyWouldIncrease');
});
