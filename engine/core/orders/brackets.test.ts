import { expect, test } from 'vitest';
import { openContractDesk, SPOT } from '../../lab/fixtures/contracts.ts';
import { all, BASIS, BTC, Desk, MAKER, OTHER, only, openDesk } from '../../lab/fixtures/desk.ts';
import type { Bracket, PlaceOrder } from '../../protocol/commands/types.ts';
import { BracketRole, CancelReason, OrderFlag, OrderType, TimeInForce } from '../../protocol/enums.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { ordersOf } from '../views/order.ts';

const BRACKET: Bracket = {
  takeProfitTicks: 606_000,
  takeProfitLimitTicks: 0,
  stopLossTicks: 597_000,
  stopLossLimitTicks: 0,
};

/** A coin of 20 cents, one to a lot. */
const CENTS = 4;

/** Quotes far from the mark, for closing orders that fire at market. */
function withDepth(desk: Desk): Desk {
  desk.place({ account: MAKER, side: 0, priceTicks: 585_000, sizeLots: 500_000 });
  desk.place({ account: MAKER, side: 1, priceTicks: 615_000, sizeLots: 500_000 });
  return desk;
}

/** A bid for 1 BTC at 60,000 with a take-profit at 60,600 and a stop at 59,700. */
function enter(desk: Desk, terms: Partial<PlaceOrder> = {}): number {
  return Desk.orderId(desk.place({ bracket: BRACKET, ...terms }).filter(isEntry));
}

const isEntry = (event: EngineEvent): boolean => event.kind === 'OrderAccepted' && event.op === 0;

/** Somebody sells into the bid. */
function hit(desk: Desk, lots: number): EngineEvent[] {
  return desk.place({
    account: MAKER,
    side: 1,
    priceTicks: 600_000,
    sizeLots: lots,
    timeInForce: TimeInForce.ioc,
  });
}

/** Somebody bids over the entry. */
function bidOver(desk: Desk, priceTicks: number, lots: number): void {
  desk.place({ account: MAKER, side: 0, priceTicks, sizeLots: lots });
}

const closingOf = (desk: Desk) =>
  ordersOf(desk.engine.state, BASIS)
    .filter(({ role }) => role !== undefined)
    .map(({ role, openLots, triggerTicks, state }) => ({ role, openLots, triggerTicks, state }));

const held = (desk: Desk): number => positionLots(desk.engine.state, BASIS, BTC);

test('each fill of the entry opens or grows its take-profit and its stop', () => {
  const desk = withDepth(openDesk());
  const entryOrderId = enter(desk);
  expect(closingOf(desk)).toEqual([]);
  const opened = hit(desk, 4_000);
  expect(all(opened, 'BracketOrderOpened')).toMatchObject([
    { account: BASIS, entryOrderId, role: BracketRole.takeProfit },
    { account: BASIS, entryOrderId, role: BracketRole.stopLoss },
  ]);
  const grown = hit(desk, 6_000);
  expect(all(grown, 'OrderAmended').map(({ op, remainingLots }) => [op, remainingLots])).toEqual([
    [-1, 10_000],
    [-1, 10_000],
  ]);
  expect(closingOf(desk)).toEqual([
    { role: 'stopLoss', openLots: 10_000, triggerTicks: 597_000, state: 'parked' },
    { role: 'takeProfit', openLots: 10_000, triggerTicks: 606_000, state: 'parked' },
  ]);
  checkInvariants(desk.engine.state);
});

test('the take-profit closes the position and the stop is cancelled with its own reason', () => {
  const desk = withDepth(openDesk());
  enter(desk);
  hit(desk, 10_000);
  const events = desk.wait(1_000).prices({ 0: 60_700 });
  expect(only(events, 'OrderCancelled')).toMatchObject({ op: -1, reason: CancelReason.siblingFilled });
  expect(held(desk)).toBe(0);
  expect(ordersOf(desk.engine.state, BASIS)).toEqual([]);
  checkInvariants(desk.engine.state);
});

test('the stop of a short entry fires when the mark rises', () => {
  const desk = withDepth(openDesk());
  const bracket = { ...BRACKET, takeProfitTicks: 594_000, stopLossTicks: 603_000 };
  desk.place({ side: 1, bracket });
  desk.place({ account: MAKER, priceTicks: 600_000, timeInForce: TimeInForce.ioc });
  expect(held(desk)).toBe(-10_000);
  desk.wait(1_000).prices({ 0: 60_400 });
  expect(held(desk)).toBe(0);
  expect(ordersOf(desk.engine.state, BASIS)).toEqual([]);
  checkInvariants(desk.engine.state);
});

test('what one has filled the other loses', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 0, priceTicks: 604_000, sizeLots: 3_000, timeInForce: 0 });
  desk.wait(1_000);
  const bracket = { ...BRACKET, takeProfitTicks: 606_000, takeProfitLimitTicks: 605_000 };
  desk.place({ account: MAKER, side: 1, priceTicks: 604_500, sizeLots: 10_000 });
  desk.place({ priceTicks: 604_500, bracket, type: OrderType.limit });
  desk.wait(1_000).prices({ 0: 60_700 });
  // The take-profit fired, found no bid at its limit, and rests: still both.
  expect(closingOf(desk)).toMatchObject([
    { role: 'stopLoss', openLots: 10_000, state: 'parked' },
    { role: 'takeProfit', openLots: 10_000, state: 'open' },
  ]);
  desk.place({ account: MAKER, side: 0, priceTicks: 605_000, sizeLots: 4_000, timeInForce: TimeInForce.ioc });
  expect(closingOf(desk)).toMatchObject([
    { role: 'stopLoss', openLots: 6_000 },
    { role: 'takeProfit', openLots: 6_000 },
  ]);
  expect(held(desk)).toBe(6_000);
  checkInvariants(desk.engine.state);
});

test('a taker that meets both of a bracket closes no more than the entry has filled', () => {
  const desk = openDesk();
  const bracket = {
    takeProfitTicks: 606_000,
    takeProfitLimitTicks: 612_000,
    stopLossTicks: 597_000,
    stopLossLimitTicks: 596_000,
  };
  // Twice the bracket's position, so that reduce-only alone would let both fill.
  desk.place({ account: MAKER, side: 1, sizeLots: 20_000 });
  desk.place({ bracket });
  desk.place({});
  desk.wait(1_000).prices({ 0: 60_700 });
  desk.wait(60_000).prices({ 0: 59_600 });
  expect(closingOf(desk)).toMatchObject([{ state: 'open' }, { state: 'open' }]);
  const swept = desk.place({ account: MAKER, priceTicks: 615_000, sizeLots: 15_000, timeInForce: 1 });
  expect(all(swept, 'Traded')).toMatchObject([{ lots: 10_000, priceTicks: 596_000 }]);
  expect(all(swept, 'OrderCancelled')[0]).toMatchObject({
    account: BASIS,
    remainingLots: 10_000,
    reason: CancelReason.siblingFilled,
  });
  expect(held(desk)).toBe(10_000);
  expect(closingOf(desk)).toEqual([]);
  checkInvariants(desk.engine.state);
});

test('a cancelled entry keeps what closes its fills; before any fill nothing is left', () => {
  const desk = withDepth(openDesk());
  const orderId = enter(desk);
  hit(desk, 2_500);
  desk.accept({ kind: 'CancelOrder', account: BASIS, orderId });
  expect(closingOf(desk)).toMatchObject([{ openLots: 2_500 }, { openLots: 2_500 }]);
  const unfilled = enter(desk, { priceTicks: 599_000 });
  desk.accept({ kind: 'CancelOrder', account: BASIS, orderId: unfilled });
  expect(closingOf(desk)).toHaveLength(2);
  checkInvariants(desk.engine.state);
});

test('a cancelled stop leaves the take-profit, and does not come back with later fills', () => {
  const desk = withDepth(openDesk());
  enter(desk);
  hit(desk, 4_000);
  const stop = ordersOf(desk.engine.state, BASIS).find(({ role }) => role === 'stopLoss')!;
  const events = desk.accept({ kind: 'CancelOrder', account: BASIS, orderId: stop.orderId });
  expect(only(events, 'BracketSet')).toMatchObject({ takeProfitTicks: 606_000, stopLossTicks: 0 });
  hit(desk, 2_000);
  expect(closingOf(desk)).toMatchObject([{ role: 'takeProfit', openLots: 6_000 }]);
  checkInvariants(desk.engine.state);
});

test('an entry that fills again after its take-profit is done opens both again', () => {
  const desk = withDepth(openDesk());
  const orderId = enter(desk);
  hit(desk, 4_000);
  bidOver(desk, 606_500, 4_000);
  desk.wait(1_000).prices({ 0: 60_700 });
  expect(held(desk)).toBe(0);
  expect(closingOf(desk)).toEqual([]);
  desk.wait(60_000).prices({ 0: 60_000 });
  hit(desk, 3_000);
  expect(closingOf(desk)).toMatchObject([
    { role: 'stopLoss', openLots: 3_000 },
    { role: 'takeProfit', openLots: 3_000 },
  ]);
  desk.accept({ kind: 'CancelOrder', account: BASIS, orderId });
  checkInvariants(desk.engine.state);
});

test('an amended trigger holds for what is open and for later fills', () => {
  const desk = withDepth(openDesk());
  enter(desk);
  hit(desk, 4_000);
  const stop = ordersOf(desk.engine.state, BASIS).find(({ role }) => role === 'stopLoss')!;
  const amend = { kind: 'AmendOrder', account: BASIS, orderId: stop.orderId } as const;
  desk.accept({ ...amend, priceTicks: 0, sizeLots: 0, triggerTicks: 599_000 });
  expect(closingOf(desk)[0]).toMatchObject({ openLots: 4_000, triggerTicks: 599_000 });
  desk.run({ ...amend, priceTicks: 0, sizeLots: 1_000, triggerTicks: 0 });
  expect(desk.code).toBe('bracket.sizeFollowsEntry');
  bidOver(desk, 600_500, 4_000);
  desk.wait(1_000).prices({ 0: 59_850 });
  expect(held(desk)).toBe(0);
  hit(desk, 1_000);
  expect(closingOf(desk)).toMatchObject([
    { role: 'stopLoss', triggerTicks: 599_000 },
    { role: 'takeProfit', triggerTicks: 606_000 },
  ]);
  checkInvariants(desk.engine.state);
});

test('an entry is not amended past what closes its fills', () => {
  const desk = withDepth(openDesk());
  const orderId = enter(desk);
  const amend = { kind: 'AmendOrder', account: BASIS, orderId, sizeLots: 0, triggerTicks: 0 } as const;
  desk.run({ ...amend, priceTicks: 597_000 });
  expect(desk.code).toBe('bracket.stopLossInvalid');
  desk.accept({ ...amend, priceTicks: 598_000 });
  desk.accept({ ...amend, priceTicks: 0, sizeLots: 5_000 });
  desk.wait(1_000).prices({ 0: 59_800 });
  desk.place({ account: MAKER, side: 1, priceTicks: 598_000, sizeLots: 9_000 });
  expect(closingOf(desk)).toMatchObject([{ openLots: 5_000 }, { openLots: 5_000 }]);
  checkInvariants(desk.engine.state);
});

test('a market entry is bracketed by what it filled, an unfilled one leaves nothing', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 600_100, sizeLots: 3_000 });
  const terms = { type: OrderType.market, priceTicks: 0, timeInForce: TimeInForce.ioc, bracket: BRACKET };
  const events = desk.place(terms);
  expect(all(events, 'OrderFilled').some(({ account }) => account === BASIS)).toBe(true);
  expect(closingOf(desk)).toMatchObject([{ openLots: 3_000 }, { openLots: 3_000 }]);
  desk.place(terms);
  expect(desk.code).toBe('order.noLiquidity');
  expect(closingOf(desk)).toHaveLength(2);
  checkInvariants(desk.engine.state);
});

test('a stop entry attaches its bracket when it has fired and filled', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, priceTicks: 603_000, sizeLots: 8_000 });
  const events = desk.place({
    type: OrderType.stopLimit,
    triggerTicks: 602_000,
    priceTicks: 604_000,
    bracket: { ...BRACKET, stopLossTicks: 601_000 },
  });
  const [entry] = ordersOf(desk.engine.state, BASIS);
  expect(entry).toMatchObject({
    orderId: Desk.orderId(events),
    state: 'parked',
    takeProfit: { triggerTicks: 606_000, priceTicks: 0 },
    stopLoss: { triggerTicks: 601_000, priceTicks: 0 },
  });
  desk.wait(1_000).prices({ 0: 60_300 });
  expect(closingOf(desk)).toMatchObject([{ openLots: 8_000 }, { openLots: 8_000 }]);
  checkInvariants(desk.engine.state);
});

test('a closing order with a limit rests at it once it has fired, and grows with later fills', () => {
  const desk = openDesk();
  const bracket = { ...BRACKET, takeProfitLimitTicks: 609_000 };
  enter(desk, { bracket });
  hit(desk, 2_000);
  desk.wait(1_000).prices({ 0: 60_700 });
  hit(desk, 3_000);
  expect(closingOf(desk)).toMatchObject([
    { role: 'stopLoss', openLots: 5_000, state: 'parked' },
    { role: 'takeProfit', openLots: 5_000, state: 'open' },
  ]);
  checkInvariants(desk.engine.state);
});

test('a closing order that meets too little ends like any market order; the other stays for the rest', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 0, priceTicks: 596_000, sizeLots: 3_000 });
  enter(desk);
  desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots: 10_000 });
  const events = desk.wait(1_000).prices({ 0: 59_600 });
  expect(only(events, 'OrderCancelled')).toMatchObject({
    reason: CancelReason.iocRemainder,
    remainingLots: 7_000,
  });
  expect(closingOf(desk)).toMatchObject([{ role: 'takeProfit', openLots: 7_000 }]);
  expect(held(desk)).toBe(7_000);
  checkInvariants(desk.engine.state);
});

test('the rest of the entry does not stand in the way of its stop', () => {
  const desk = withDepth(openDesk());
  const orderId = enter(desk);
  hit(desk, 4_000);
  const events = desk.wait(1_000).prices({ 0: 59_600 });
  expect(all(events, 'OrderCancelled')).toContainEqual(
    expect.objectContaining({ orderId, remainingLots: 6_000, reason: CancelReason.selfTrade }),
  );
  expect(held(desk)).toBe(0);
  expect(ordersOf(desk.engine.state, BASIS)).toEqual([]);
  checkInvariants(desk.engine.state);
});

test('once the position is closed otherwise, the first that fires ends both', () => {
  const desk = withDepth(openDesk());
  enter(desk);
  hit(desk, 10_000);
  desk.place({ side: 1, priceTicks: 585_000, timeInForce: TimeInForce.ioc });
  expect(held(desk)).toBe(0);
  expect(closingOf(desk)).toHaveLength(2);
  const events = desk.wait(1_000).prices({ 0: 60_700 });
  expect(all(events, 'OrderCancelled').map(({ reason }) => reason)).toEqual([
    CancelReason.triggerRefused,
    CancelReason.siblingFilled,
  ]);
  expect(held(desk)).toBe(0);
  checkInvariants(desk.engine.state);
});

test('after a part of the position was closed otherwise, a closing order closes the rest and no more', () => {
  const desk = withDepth(openDesk());
  enter(desk);
  hit(desk, 10_000);
  desk.place({ side: 1, priceTicks: 585_000, sizeLots: 7_000, timeInForce: TimeInForce.ioc });
  desk.wait(1_000).prices({ 0: 60_700 });
  expect(held(desk)).toBe(0);
  expect(ordersOf(desk.engine.state, BASIS)).toEqual([]);
  checkInvariants(desk.engine.state);
});

test('a fill smaller than the smallest order is closed all the same', () => {
  const desk = openDesk();
  // A lot is worth 20 cents, the smallest order 1 USD.
  const { mark, usdPerTickLot } = desk.engine.state.instruments.columns;
  const ticks = mark[CENTS]! / usdPerTickLot[CENTS]!;
  const at = (share: number): number => Math.round(ticks * share);
  const bracket = { ...BRACKET, takeProfitTicks: at(1.02), stopLossTicks: at(0.98) };
  desk.place({ instrument: CENTS, account: OTHER, priceTicks: at(1.001), sizeLots: 97 });
  desk.place({ instrument: CENTS, priceTicks: ticks, sizeLots: 100, bracket });
  desk.place({ instrument: CENTS, account: MAKER, side: 1, priceTicks: ticks, sizeLots: 100 });
  expect(positionLots(desk.engine.state, BASIS, CENTS)).toBe(3);
  desk.place({ instrument: CENTS, account: OTHER, priceTicks: at(1.01), sizeLots: 100 });
  desk.wait(1_000).prices({ 4: 0.206 });
  expect(positionLots(desk.engine.state, BASIS, CENTS)).toBe(0);
  checkInvariants(desk.engine.state);
});

test.each([
  ['bracket.reduceOnly', { flags: OrderFlag.reduceOnly }],
  ['bracket.takeProfitInvalid', { bracket: { ...BRACKET, takeProfitTicks: 600_000 } }],
  ['bracket.stopLossInvalid', { bracket: { ...BRACKET, stopLossTicks: 600_000 } }],
  // Against the mark, which it would pay, not against its limit.
  ['bracket.stopLossInvalid', { priceTicks: 610_000, bracket: { ...BRACKET, stopLossTicks: 605_000 } }],
  ['bracket.takeProfitInvalid', { side: 1, bracket: { ...BRACKET, stopLossTicks: 601_000 } }],
  [
    'bracket.takeProfitInvalid',
    {
      type: OrderType.market,
      priceTicks: 0,
      timeInForce: 1,
      bracket: { ...BRACKET, takeProfitTicks: 599_000 },
    },
  ],
  ['order.termsConflict', { bracket: { ...BRACKET, takeProfitTicks: 0, stopLossTicks: 0 } }],
  ['order.termsConflict', { bracket: { ...BRACKET, takeProfitTicks: 0, takeProfitLimitTicks: 5 } }],
  ['order.priceInvalid', { bracket: { ...BRACKET, stopLossLimitTicks: -1 } }],
  ['order.priceInvalid', { bracket: { ...BRACKET, takeProfitTicks: 2_000_000_000 } }],
] as const)('%s', (code, terms) => {
  const desk = openDesk();
  desk.place({ bracket: BRACKET, ...terms });
  expect(desk.code).toBe(code);
  checkInvariants(desk.engine.state);
});

test('the terms are looked at before the sides', () => {
  const desk = openDesk();
  desk.place({ flags: OrderFlag.reduceOnly, bracket: { ...BRACKET, stopLossTicks: 700_000 } });
  expect(desk.code).toBe('bracket.reduceOnly');
  desk.place({ bracket: { ...BRACKET, takeProfitTicks: 5, stopLossTicks: 700_000 } });
  expect(desk.code).toBe('bracket.takeProfitInvalid');
});

test('coins that are bought leave no position to bracket', () => {
  const desk = openContractDesk();
  desk.place({ instrument: SPOT, sizeLots: 10, bracket: BRACKET });
  expect(desk.code).toBe('bracket.spot');
});
