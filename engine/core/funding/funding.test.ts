import { expect, test } from 'vitest';
import { ALTS, all, BASIS, BTC, type Desk, MAKER, OTHER, openDesk } from '../../lab/fixtures/desk.ts';
import { HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { DUST, FEES, INSURANCE, USDC } from '../ledger/systemAccounts.ts';
import { rateOfEightHours } from './fundingRate.ts';

/** Ticks every five seconds through a stretch of time, with prices that stand still. */
function pass(desk: Desk, ms: number): void {
  for (const end = desk.timeMs + ms; desk.timeMs < end; ) {
    desk.wait(5_000).prices({ 0: 60_000 });
    desk.run({ kind: 'Tick' });
  }
}

function quote(desk: Desk, bid: number, ask: number): void {
  desk.place({ account: OTHER, side: 0, priceTicks: bid, sizeLots: 100_000 });
  desk.place({ account: OTHER, side: 1, priceTicks: ask, sizeLots: 100_000 });
}

test('the rate is the premium pulled toward 0.01 % by 0.05 % at most', () => {
  expect(rateOfEightHours(0, 720)).toBe(100_000);
  expect(rateOfEightHours(720 * 300_000, 720)).toBe(100_000);
  expect(rateOfEightHours(720 * 2_000_000, 720)).toBe(1_500_000);
  expect(rateOfEightHours(720 * -2_000_000, 720)).toBe(-1_500_000);
  expect(rateOfEightHours(720 * 1_000_000_000, 720)).toBe(320_000_000);
  expect(rateOfEightHours(0, 0)).toBe(0);
});

test('longs pay shorts for the samples they held through, to the unit', () => {
  const desk = openDesk();
  quote(desk, 599_990, 600_010);
  pass(desk, HOUR_MS / 2);
  desk.place({ account: MAKER, side: 1, sizeLots: 10_000 });
  desk.place({ sizeLots: 10_000 });
  const before = [BASIS, MAKER, DUST, FEES].map((account) => balanceOf(desk.engine.state, account, USDC));
  pass(desk, HOUR_MS / 2 + 10_000);
  const after = [BASIS, MAKER, DUST, FEES].map((account) => balanceOf(desk.engine.state, account, USDC));
  const [paid, received, dust, fees] = after.map((amount, k) => amount - before[k]!);
  // 1 BTC at 60 000 for half an hour at 0.01 % in eight: 0.375 USD, short of the samples around the trade.
  expect(-paid!).toBeGreaterThan(370_000);
  expect(-paid!).toBeLessThanOrEqual(375_000);
  expect(paid! + received! + dust!).toBe(0);
  expect(fees).toBe(0);
  checkInvariants(desk.engine.state);
});

test('a position opened and closed between two samples pays nothing', () => {
  const desk = openDesk();
  quote(desk, 599_990, 600_010);
  pass(desk, 60_000);
  desk.place({ account: MAKER, side: 1, sizeLots: 10_000 });
  desk.place({ sizeLots: 10_000 });
  desk.place({ account: MAKER, sizeLots: 10_000 });
  desk.place({ side: 1, sizeLots: 10_000 });
  const before = balanceOf(desk.engine.state, BASIS, USDC);
  pass(desk, HOUR_MS);
  expect(balanceOf(desk.engine.state, BASIS, USDC)).toBe(before);
  checkInvariants(desk.engine.state);
});

test('each tick pays one instrument at most', () => {
  const desk = openDesk();
  desk.wait(HOUR_MS).prices({ 0: 60_000 });
  for (let k = 0; k < 12; k++) {
    expect(all(desk.run({ kind: 'Tick' }), 'FundingRateSet').map((e) => e.instrument)).toEqual([k]);
  }
  expect(all(desk.run({ kind: 'Tick' }), 'FundingRateSet')).toHaveLength(0);
});

test('owed USDC pays interest each hour to the insurance fund, and nobody else pays any', () => {
  const desk = openDesk();
  // 5 m USDC and 25 BTC: a loss of 300 BTC × 20 000 leaves about a million owed against the coins.
  desk.place({ account: MAKER, side: 1, sizeLots: 3_000_000 });
  desk.place({ sizeLots: 3_000_000 });
  let price = 60_000;
  while (price > 42_500) {
    price = Math.round(price * 0.97);
    desk.wait(1_000).prices({ 0: price });
  }
  const ticks = price * 10;
  desk.place({ account: MAKER, priceTicks: ticks, sizeLots: 3_000_000 });
  desk.place({ side: 1, priceTicks: ticks, sizeLots: 3_000_000 });
  expect(desk.code).toBeUndefined();
  const owed = -balanceOf(desk.engine.state, BASIS, USDC);
  expect(owed).toBeGreaterThan(0);
  desk.wait(HOUR_MS).prices({ 0: price });
  const charged = Array.from({ length: 14 }, () => all(desk.run({ kind: 'Tick' }), 'InterestCharged')).flat();
  expect(charged.map((event) => [event.account, event.ratePpmYear])).toEqual([[BASIS, 50_000]]);
  expect(charged[0]!.amount).toBe(Math.ceil((owed * 0.05) / 8_760));
  expect(balanceOf(desk.engine.state, INSURANCE, USDC)).toBe(charged[0]!.amount);
  checkInvariants(desk.engine.state);
});

test('margin.debtLimit: an account that owes more than its coins allow takes no new risk', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, sizeLots: 3_000_000 });
  desk.place({ sizeLots: 3_000_000 });
  let price = 60_000;
  while (price > 40_000) {
    price = Math.round(price * 0.97);
    // Slowly enough that the market does not come to stand alone.
    desk.wait(MINUTE_MS).prices({ 0: price });
  }
  desk.place({ account: MAKER, priceTicks: price * 10, sizeLots: 3_000_000 });
  desk.place({ side: 1, priceTicks: price * 10, sizeLots: 3_000_000 });
  expect(-balanceOf(desk.engine.state, BASIS, USDC)).toBeGreaterThan(0.5 * 25 * price * 1e6);
  desk.place({ account: MAKER, side: 1, priceTicks: price * 10, sizeLots: 1_000 });
  desk.place({ priceTicks: price * 10, sizeLots: 1_000 });
  expect(desk.code).toBe('margin.debtLimit');
  expect(balanceOf(desk.engine.state, ALTS, USDC)).toBe(5_000_000_000_000);
  checkInvariants(desk.engine.state);
});

test('open interest is the sum of longs', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, sizeLots: 300 });
  desk.place({ sizeLots: 300 });
  expect(desk.engine.state.instruments.columns.openInterest[BTC]).toBe(300);
  desk.place({ account: OTHER, sizeLots: 200 });
  desk.place({ side: 1, sizeLots: 200 });
  expect(desk.engine.state.instruments.columns.openInterest[BTC]).toBe(300);
});
