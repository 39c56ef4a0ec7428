import { expect, test } from 'vitest';
import { list, spot } from '../../lab/fixtures/contracts.ts';
import { ALTS, all, BASIS, type Desk, MAKER, OTHER, only, openDesk } from '../../lab/fixtures/desk.ts';
import { LedgerReason } from '../../protocol/enums.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { CLEARING, USDC } from '../ledger/systemAccounts.ts';
import { accountViewOf } from '../views/account.ts';

const BTC_ASSET = 1;

/** BASIS owns 25 BTC; MAKER and ALTS none. */
function spotDesk(): { desk: Desk; instrument: number } {
  const desk = openDesk();
  const instrument = list(desk, spot());
  desk.prices({ 0: 60_000 });
  return { desk, instrument };
}

test('a spot trade moves coins against dollars at once and leaves no position', () => {
  const { desk, instrument } = spotDesk();
  const { state } = desk.engine;
  const before = [BASIS, MAKER].map((account) => balanceOf(state, account, USDC));
  desk.place({ account: BASIS, instrument, side: 1, priceTicks: 600_000, sizeLots: 20_000 });
  const events = desk.place({ account: MAKER, instrument, side: 0, priceTicks: 600_000, sizeLots: 5_000 });
  expect(balanceOf(state, MAKER, BTC_ASSET)).toBe(50_000_000);
  expect(balanceOf(state, BASIS, BTC_ASSET)).toBe(2_450_000_000);
  // 0.5 BTC at 60 000, the taker's fee at 4.5 bp and the maker's at 1.5 bp.
  expect(balanceOf(state, MAKER, USDC) - before[1]!).toBe(-30_000_000_000 - 13_500_000);
  expect(balanceOf(state, BASIS, USDC) - before[0]!).toBe(30_000_000_000 - 4_500_000);
  expect([USDC, BTC_ASSET].map((asset) => balanceOf(state, CLEARING, asset))).toEqual([0, 0]);
  expect(all(events, 'LedgerPosted').filter(({ reason }) => reason === LedgerReason.spotTrade)).toHaveLength(
    4,
  );
  for (const fill of all(events, 'OrderFilled'))
    expect(fill).toMatchObject({ positionLots: 0, entryValue: 0, realizedPnl: 0 });
  expect(accountViewOf(desk.engine, MAKER).positions).toEqual([]);
  expect(accountViewOf(desk.engine, MAKER).margin.equityUsd).toBeGreaterThan(0);
  checkInvariants(state);
});

test('spot.balanceInsufficient: a sale never borrows, whether it trades now or rests', () => {
  const { desk, instrument } = spotDesk();
  desk.place({ account: BASIS, instrument, side: 1, priceTicks: 600_000, sizeLots: 200_000 });
  expect(desk.code).toBeUndefined();
  desk.place({ account: BASIS, instrument, side: 1, priceTicks: 600_000, sizeLots: 50_001 });
  expect(desk.code).toBe('spot.balanceInsufficient');
  desk.place({ account: BASIS, instrument, side: 1, priceTicks: 600_000, sizeLots: 50_000 });
  expect(desk.code).toBeUndefined();
  desk.place({ account: ALTS, instrument, side: 1, priceTicks: 600_000, sizeLots: 1 });
  expect(desk.code).toBe('spot.balanceInsufficient');
  checkInvariants(desk.engine.state);
});

test('open bids set dollars aside: more than the account could owe are refused', () => {
  const { desk, instrument } = spotDesk();
  const codes: (string | undefined)[] = [];
  // 5 M USDC and half of what 300 ETH count for: five bids of 1.2 M pass that.
  for (let order = 0; order < 5; order++) {
    desk.place({ account: ALTS, instrument, side: 0, priceTicks: 600_000, sizeLots: 200_000 });
    codes.push(desk.code);
  }
  expect(codes).toEqual([undefined, undefined, undefined, undefined, 'margin.debtLimit']);
  checkInvariants(desk.engine.state);
});

test('margin sees the coins: buying them hedges a short perpetual', () => {
  const { desk, instrument } = spotDesk();
  desk.place({ account: MAKER, instrument: 0, side: 0, priceTicks: 600_000, sizeLots: 50_000 });
  desk.place({ account: OTHER, instrument: 0, side: 1, priceTicks: 600_000, sizeLots: 50_000 });
  const naked = accountViewOf(desk.engine, OTHER).margin.initialUsd;
  desk.place({ account: BASIS, instrument, side: 1, priceTicks: 600_000, sizeLots: 50_000 });
  const events = desk.place({ account: OTHER, instrument, side: 0, priceTicks: 600_000, sizeLots: 50_000 });
  expect(only(events, 'OrderAccepted').account).toBe(OTHER);
  expect(accountViewOf(desk.engine, OTHER).margin.initialUsd).toBeLessThan(naked);
  checkInvariants(desk.engine.state);
});

test('a reduce-only order has no position to reduce on a spot pair', () => {
  const { desk, instrument } = spotDesk();
  desk.place({ account: BASIS, instrument, side: 1, priceTicks: 600_000, sizeLots: 10, flags: 2 });
  expect(desk.code).toBe('order.reduceOnlyWouldIncrease');
});
