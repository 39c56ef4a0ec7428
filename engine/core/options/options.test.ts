// Goal: an option on the desk is worth what the model says, is margined by its vector, and ends at its intrinsic
// value. How: one call and one put at 60 000 on a level surface. A failure means premium, margin or settlement is off.
import { expect, test } from 'vitest';
import { approachExpiry, EXPIRY_MS, list, option, surface } from '../../lab/fixtures/contracts.ts';
import { all, BASIS, type Desk, MAKER, OTHER, only, openDesk } from '../../lab/fixtures/desk.ts';
import { black76 } from '../../pricing/black76.ts';
import { RISK_CELLS } from '../../pricing/riskVector.ts';
import { OptionType } from '../../protocol/enums.ts';
import { DAY_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { previewOrders } from '../preview.ts';
import { stateHash } from '../snapshot.ts';
import { accountViewOf } from '../views/account.ts';
import { optionTermsOf } from './optionTerms.ts';
import { REPRICED_MAX } from './reprice.ts';

const STRIKE = 60_000;

function optionDesk(): { desk: Desk; call: number; put: number } {
  const desk = openDesk();
  const call = list(desk, option(STRIKE, OptionType.call));
  const put = list(desk, option(STRIKE, OptionType.put));
  desk.accept(surface());
  desk.prices({ 0: 60_000 });
  return { desk, call, put };
}

test('the mark is Black-76 to the micro-dollar, call and put alike on their strike', () => {
  const { desk, call, put } = optionDesk();
  const { mark, index } = desk.engine.state.instruments.columns;
  const { forward, strike, volatility, years } = optionTermsOf(desk.engine.state, call);
  expect([forward, strike]).toEqual([60_000, 60_000]);
  expect(volatility).toBeCloseTo(0.5, 4);
  const usd = black76(forward, strike, volatility, years, true);
  expect(mark[call]).toBe(Math.round(usd * 10_000));
  expect(mark[put]).toBe(mark[call]);
  expect(index[call]).toBe(600_000_000);
});

test('oracle.stale: without a surface an option has no mark and takes no order', () => {
  const desk = openDesk();
  const call = list(desk, option(STRIKE, OptionType.call));
  desk.prices({ 0: 60_000 });
  desk.place({ instrument: call, priceTicks: 10_000, sizeLots: 1 });
  expect(desk.code).toBe('oracle.stale');
});

test('a bought call loses its premium at most, a sold one is margined by its tail', () => {
  const { desk, call } = optionDesk();
  const mark = desk.engine.state.instruments.columns.mark[call]!;
  const ticks = Math.round(mark / 1_000);
  const before = [OTHER, MAKER].map((account) => accountViewOf(desk.engine, account).margin);
  desk.place({ account: MAKER, instrument: call, side: 1, priceTicks: ticks, sizeLots: 1_000 });
  const filled = desk.place({
    account: BASIS,
    instrument: call,
    side: 0,
    priceTicks: ticks,
    sizeLots: 1_000,
  });
  expect(all(filled, 'OrderFilled')).toHaveLength(2);
  const [buyer, seller] = [OTHER, MAKER].map((account) => accountViewOf(desk.engine, account).margin);
  const premium = 1_000 * mark;
  expect(buyer!.initialUsd - before[0]!.initialUsd).toBeLessThan(premium);
  expect(seller!.initialUsd - before[1]!.initialUsd).toBeGreaterThan(0.05 * 10 * 60_000e6);
  checkInvariants(desk.engine.state);
});

test('an option settles at what exercise would bring', () => {
  const { desk, call, put } = optionDesk();
  const ticks = Math.round(desk.engine.state.instruments.columns.mark[call]! / 1_000);
  for (const instrument of [call, put]) {
    desk.place({ account: MAKER, instrument, side: 1, priceTicks: ticks, sizeLots: 100 });
    desk.place({ account: BASIS, instrument, side: 0, priceTicks: ticks, sizeLots: 100 });
  }
  const before = balanceOf(desk.engine.state, BASIS, USDC);
  approachExpiry(desk, () => 62_000);
  desk.prices({ 0: 62_000 });
  const events = desk.accept({ kind: 'Tick' });
  expect(all(events, 'InstrumentExpired').map(({ settlement }) => settlement)).toEqual([20_000_000, 0]);
  expect(all(events, 'InstrumentSettled')).toHaveLength(2);
  // One BTC of each: 2 000 USD from the call, nothing from the put, less both premiums.
  const paid = 2 * 100 * ticks * 1_000;
  expect(balanceOf(desk.engine.state, BASIS, USDC) - before).toBe(2_000_000_000 - paid);
  checkInvariants(desk.engine.state);
});

test('one report makes at most 25 vectors again, and soon all are fresh', () => {
  const desk = openDesk();
  const strikes = Array.from({ length: 40 }, (_, k) => 40_000 + k * 1_000);
  const options = strikes.map((strike) => list(desk, option(strike, OptionType.call)));
  desk.accept(surface());
  const { vectorMs } = desk.engine.state.options.columns;
  const made = () => options.filter((row) => vectorMs[row] === desk.timeMs).length;
  desk.wait(1_000).prices({ 0: 60_000 });
  expect(made()).toBe(REPRICED_MAX);
  desk.wait(1_000).prices({ 0: 60_000 });
  expect(made()).toBe(options.length - REPRICED_MAX);
  desk.wait(1_000).prices({ 0: 60_000 });
  expect(made()).toBe(0);
  // Ten basis points are not a move yet; eleven are.
  desk.wait(1_000).prices({ 0: 60_060 });
  expect(made()).toBe(0);
  desk.wait(1_000).prices({ 0: 60_066 });
  expect(made()).toBe(REPRICED_MAX);
});

test('an order makes the stale vector of its own option again first, and a preview takes that back', () => {
  const { desk, call } = optionDesk();
  const { options, riskCells, instruments } = desk.engine.state;
  desk.wait(6_000);
  const priceTicks = Math.round(instruments.columns.mark[call]! / 1_000);
  const before = stateHash(desk.engine.state);
  const order = { ...ORDER, instrument: call, priceTicks };
  expect(previewOrders(desk.engine, desk.timeMs, [order]).refusal).toBeUndefined();
  expect(stateHash(desk.engine.state)).toBe(before);
  expect(options.columns.vectorMs[call]).not.toBe(desk.timeMs);
  desk.place(order);
  expect(options.columns.vectorMs[call]).toBe(desk.timeMs);
  const cells = riskCells.columns.change.subarray(call * RISK_CELLS, (call + 1) * RISK_CELLS);
  expect(cells.some((cell) => cell !== 0)).toBe(true);
});

const ORDER = {
  kind: 'PlaceOrder',
  account: BASIS,
  instrument: 0,
  side: 0,
  type: 0,
  timeInForce: 0,
  selfTrade: 1,
  flags: 0,
  priceTicks: 0,
  sizeLots: 10,
  triggerTicks: 0,
  expiresAtMs: 0,
  clientId0: 0,
  clientId1: 0,
  clientId2: 0,
  clientId3: 0,
} as const;

test('the price band of an option is a share of its forward, however little it is worth', () => {
  const desk = openDesk();
  const instrument = list(desk, option(200_000, OptionType.call));
  desk.accept(surface());
  desk.prices({ 0: 60_000 });
  expect(desk.engine.state.instruments.columns.mark[instrument]).toBe(0);
  desk.place({ instrument, side: 0, priceTicks: 29_999, sizeLots: 1 });
  expect(only(desk.place({ instrument, priceTicks: 100, sizeLots: 1 }), 'OrderAccepted').priceTicks).toBe(
    100,
  );
  desk.place({ instrument, side: 0, priceTicks: 30_001, sizeLots: 1 });
  expect(desk.code).toBe('order.priceOutOfBand');
});

test('time passes for an option: its mark decays to its intrinsic value', () => {
  const { desk, call } = optionDesk();
  const { mark } = desk.engine.state.instruments.columns;
  const first = mark[call]!;
  desk.timeMs = EXPIRY_MS - DAY_MS;
  desk.accept(surface({ aE8: 68_493 }));
  desk.prices({ 0: 60_000 });
  const last = mark[call]!;
  expect(last).toBeLessThan(first);
  expect(last).toBeGreaterThan(0);
});

/** Prices and ticks every five seconds from 31 minutes before the expiry; what the call was marked at so many ms before it. */
function lastHalfHour(desk: Desk, instrument: number, btcUsdAt: (msBefore: number) => number) {
  const marks = new Map<number, number>();
  desk.timeMs = EXPIRY_MS - 31 * 60_000;
  for (; desk.timeMs < EXPIRY_MS; desk.wait(5_000)) {
    const msBefore = EXPIRY_MS - desk.timeMs;
    desk.prices({ 0: btcUsdAt(msBefore) });
    desk.accept({ kind: 'Tick' });
    marks.set(msBefore, desk.engine.state.instruments.columns.mark[instrument]!);
  }
  return marks;
}

test('in the last half hour the mark goes over to the average, and ends at the settlement price', () => {
  const desk = openDesk();
  const call = list(desk, option(STRIKE, OptionType.call));
  desk.accept(surface({ aE8: 3_000 }));
  // 61 000 for twenty minutes, then 64 000: the average is 62 000.
  const marks = lastHalfHour(desk, call, (msBefore) => (msBefore > 600_000 ? 61_000 : 64_000));
  desk.prices({ 0: 64_000 });
  const expired = only(desk.accept({ kind: 'Tick' }), 'InstrumentExpired');
  expect(expired.settlement).toBe(20_000_000);
  // The moment after the jump two thirds of the average are fixed: 62 000 is expected, and 4 000 no longer.
  expect(marks.get(600_000)! / 1e4).toBeCloseTo(2_000, -1);
  expect(marks.get(605_000)! / 1e4).toBeCloseTo(1_000, -1);
  expect(Math.abs(marks.get(5_000)! - expired.settlement) / 1e4).toBeLessThan(15);
});

test('oracle.stale: a surface older than ten minutes is not traded on, and its mark moves on', () => {
  const { desk, call } = optionDesk();
  desk.wait(600_001).prices({ 0: 61_000 });
  desk.wait(5_000).prices({ 0: 61_000 });
  const { mark } = desk.engine.state.instruments.columns;
  const ticks = Math.round(mark[call]! / 1_000);
  expect(mark[call]).toBeGreaterThan(10_000_000);
  desk.wait(6_000).prices({ 0: 61_000 });
  desk.place({ instrument: call, priceTicks: ticks, sizeLots: 1 });
  expect(desk.code).toBe('oracle.stale');
  desk.accept(surface());
  desk.prices({ 0: 61_000 });
  expect(
    only(desk.place({ instrument: call, priceTicks: ticks, sizeLots: 1 }), 'OrderAccepted').sizeLots,
  ).toBe(1);
});
