// Goal: what expires is settled to the unit, in bounded steps, and then costs nothing. How: a future traded between
// accounts, the last half hour played tick by tick. A failure means money is made or lost when a contract ends.
import { expect, test } from 'vitest';
import { approachExpiry, EXPIRY_MS, future, list, surface } from '../../lab/fixtures/contracts.ts';
import { ALTS, all, BASIS, Desk, MAKER, only, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import { ANY_INSTRUMENT } from '../../protocol/commands/types.ts';
import { CancelReason, LedgerReason } from '../../protocol/enums.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { CLEARING, USDC } from '../ledger/systemAccounts.ts';
import { directoryOf } from '../views/directory.ts';

/** A desk where BASIS is long 1 BTC of the future from 60 000 against MAKER. */
function tradedDesk(): { desk: Desk; instrument: number } {
  const desk = openDesk();
  const instrument = list(desk, future());
  desk.prices({ 0: 60_000 });
  desk.place({ account: MAKER, instrument, side: 1, priceTicks: 600_000, sizeLots: 100 });
  desk.place({ account: BASIS, instrument, side: 0, priceTicks: 600_000, sizeLots: 100 });
  expect(positionLots(desk.engine.state, BASIS, instrument)).toBe(100);
  return { desk, instrument };
}

test('a future is settled at the mean of the index over its last half hour', () => {
  const { desk, instrument } = tradedDesk();
  const before = balanceOf(desk.engine.state, BASIS, USDC);
  // A jump in the last minute moves the mean by a thirtieth of it.
  approachExpiry(desk, (msBefore) => (msBefore <= 60_000 ? 63_000 : 60_000));
  desk.prices({ 0: 63_000 });
  const events = desk.accept({ kind: 'Tick' });
  const expired = only(events, 'InstrumentExpired');
  expect(expired).toMatchObject({ instrument, samples: 360, settlement: 601_000_000 });
  const settled = all(events, 'PositionSettled');
  expect(settled.map(({ account, lots, realizedPnl }) => [account, lots, realizedPnl])).toEqual([
    [MAKER, -100, -100_000_000],
    [BASIS, 100, 100_000_000],
  ]);
  expect(all(events, 'LedgerPosted').every(({ reason }) => reason === LedgerReason.settlement)).toBe(true);
  expect(balanceOf(desk.engine.state, BASIS, USDC) - before).toBe(100_000_000);
  expect(only(events, 'InstrumentSettled')).toMatchObject({ instrument, settlement: 601_000_000 });
  expect(balanceOf(desk.engine.state, CLEARING, USDC)).toBe(0);
  expect(directoryOf(desk.engine).markets[instrument]).toMatchObject({
    stage: 'settled',
    settlementUsdPerLot: 601_000_000,
  });
  expect(only(events, 'MarkChanged')).toMatchObject({ instrument, mark: 601_000_000 });
  checkInvariants(desk.engine.state);
});

test('instrument.expired: from its expiry on only cancels pass, and what is open is cancelled', () => {
  const { desk, instrument } = tradedDesk();
  desk.timeMs = EXPIRY_MS - 20_000;
  desk.prices({ 0: 60_000 });
  const resting = Desk.orderId(desk.place({ account: VOL, instrument, priceTicks: 590_000, sizeLots: 5 }));
  const other = Desk.orderId(desk.place({ account: VOL, instrument, priceTicks: 589_000, sizeLots: 5 }));
  const parked = Desk.orderId(
    desk.place({
      account: BASIS,
      instrument,
      side: 1,
      type: 2,
      timeInForce: 1,
      priceTicks: 0,
      triggerTicks: 580_000,
      sizeLots: 5,
    }),
  );
  desk.timeMs = EXPIRY_MS;
  desk.prices({ 0: 57_000 });
  desk.place({ account: VOL, instrument, priceTicks: 570_000, sizeLots: 5 });
  expect(desk.code).toBe('instrument.expired');
  desk.run({
    kind: 'AmendOrder',
    account: VOL,
    orderId: resting,
    priceTicks: 0,
    sizeLots: 1,
    triggerTicks: 0,
  });
  expect(desk.code).toBe('instrument.expired');
  desk.accept({ kind: 'CancelOrder', account: VOL, orderId: other });
  const cancelled = all(desk.accept({ kind: 'Tick' }), 'OrderCancelled');
  expect(cancelled.map(({ orderId, reason }) => [orderId, reason])).toEqual([
    [resting, CancelReason.instrumentExpired],
    [parked, CancelReason.instrumentExpired],
  ]);
  desk.place({ account: VOL, instrument, priceTicks: 570_000, sizeLots: 5 });
  expect(desk.code).toBe('instrument.expired');
  desk.accept({ kind: 'CancelAll', account: VOL, instrument: ANY_INSTRUMENT });
  checkInvariants(desk.engine.state);
});

test('a desk that slept through the half hour settles at the first fresh index', () => {
  const { desk, instrument } = tradedDesk();
  desk.timeMs = EXPIRY_MS + 3_600_000;
  expect(all(desk.accept({ kind: 'Tick' }), 'InstrumentExpired')).toEqual([]);
  desk.place({ account: VOL, instrument, priceTicks: 600_000, sizeLots: 5 });
  expect(desk.code).toBe('instrument.expired');
  desk.prices({ 0: 58_000 });
  const events = desk.accept({ kind: 'Tick' });
  expect(only(events, 'InstrumentExpired')).toMatchObject({ samples: 1, settlement: 580_000_000 });
  expect(only(events, 'InstrumentSettled').instrument).toBe(instrument);
});

test('a large settlement takes several ticks, and the books balance between any two', () => {
  const { desk, instrument } = tradedDesk();
  desk.timeMs = EXPIRY_MS - 5_000;
  desk.prices({ 0: 60_000 });
  for (let order = 0; order < 300; order++)
    desk.place({
      account: order % 2 === 0 ? ALTS : VOL,
      instrument,
      priceTicks: 599_000 - order,
      sizeLots: 1,
    });
  desk.accept({ kind: 'Tick' });
  desk.timeMs = EXPIRY_MS;
  desk.prices({ 0: 61_000 });
  const first = desk.accept({ kind: 'Tick' });
  expect(all(first, 'OrderCancelled')).toHaveLength(256);
  expect(all(first, 'PositionSettled')).toHaveLength(0);
  checkInvariants(desk.engine.state);
  const second = desk.accept({ kind: 'Tick' });
  expect(all(second, 'OrderCancelled')).toHaveLength(44);
  expect(only(second, 'InstrumentSettled').instrument).toBe(instrument);
  checkInvariants(desk.engine.state);
  const third = desk.accept({ kind: 'Tick' });
  expect(third.filter((event) => 'instrument' in event && event.instrument === instrument)).toEqual([]);
});

test('a future pays no funding and is marked around its forward', () => {
  const { desk, instrument } = tradedDesk();
  desk.accept(surface({ forwardE8: 60_600e8 }));
  desk.wait(3_700_000).prices({ 0: 60_000 });
  const { index, samples } = desk.engine.state.instruments.columns;
  expect(index[instrument]).toBe(606_000_000);
  // The forward keeps its distance while the index moves.
  desk.wait(1_000).prices({ 0: 61_000 });
  expect(index[instrument]).toBe(616_100_000);
  const events = [1, 2, 3, 4].flatMap(() => desk.wait(5_000).accept({ kind: 'Tick' }));
  expect(all(events, 'FundingRateSet').some((event) => event.instrument === instrument)).toBe(false);
  expect(samples[instrument]).toBe(0);
});

test('a future’s mark goes over to the average of its last half hour', () => {
  const { desk, instrument } = tradedDesk();
  const { mark } = desk.engine.state.instruments.columns;
  approachExpiry(desk, (msBefore) => (msBefore > 600_000 ? 60_000 : 63_000));
  desk.timeMs = EXPIRY_MS - 1;
  desk.prices({ 0: 63_000 });
  // Twenty minutes at 60 000 and ten at 63 000.
  expect(Math.abs(mark[instrument]! - 610_000_000)).toBeLessThan(300_000);
  desk.timeMs = EXPIRY_MS;
  desk.prices({ 0: 63_000 });
  expect(only(desk.accept({ kind: 'Tick' }), 'InstrumentExpired').settlement).toBe(610_000_000);
});
