// Goal: a place that has lost as much as it may in a day opens nothing more that day, and always may close and cancel.
// How: the sandbox's firm holds BTC bought at 60 000 USD, the price falls, ticks pass as they do on the desk.
import { expect, test } from 'vitest';
import { list, spot } from '../../lab/fixtures/contracts.ts';
import { ALTS, all, BASIS, BTC, Desk, ETH, MAKER, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import { FIRM } from '../../lab/fixtures/firmDesk.ts';
import type { Action, NodeLimits } from '../../protocol/commands/actions.ts';
import type { PlaceOrder } from '../../protocol/commands/types.ts';
import { OrderFlag } from '../../protocol/enums.ts';
import { DAY_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { accountRiskOf } from '../views/firmRisk.ts';
import { limitUsesOf } from './limitUses.ts';

const [ROOT, MACRO, VOLATILITY] = [0, 1, 2];
const usd = (dollars: number) => dollars * 1e6;
const coins = (count: number) => ({ sizeLots: count * 10_000 });

function ask(desk: Desk, action: Action): void {
  desk.accept({ kind: 'Propose', firm: FIRM, action });
}

function limit(desk: Desk, node: number, hard: NodeLimits, soft: NodeLimits = {}): void {
  ask(desk, { kind: 'SetLimits', node, limits: { soft, hard } });
}

/** Prices as they come, and the tick after them. */
function priced(desk: Desk, btcUsd: number): void {
  desk.wait(250).prices({ 0: btcUsd, 1: 3_000 });
  desk.accept({ kind: 'Tick' });
}

/** Ten coins long at Basis, bought at the mark; no coins of its own but dollars. */
function longDesk(): Desk {
  const desk = openDesk();
  desk.accept({ kind: 'Tick' });
  desk.place({ account: MAKER, side: 1, ...coins(10) });
  desk.place({ timeInForce: 1, ...coins(10) });
  priced(desk, 60_000);
  return desk;
}

function codeOf(desk: Desk, terms: Partial<PlaceOrder>): string | undefined {
  desk.place(terms);
  checkInvariants(desk.engine.state);
  return desk.code;
}

const lossOf = (desk: Desk, node: number): number => {
  const { state } = desk.engine;
  const row = state.nodes.columns.limits[node]!;
  return limitUsesOf(state, row).find(({ kind }) => kind === 'dayLoss')!.used;
};

/** Where the next lot is bought in a still book. */
const BID = { priceTicks: 580_000, sizeLots: 100 };

test('limit.dayLoss: up to the limit orders pass, past it nothing opens, and closing and cancelling always pass', () => {
  const desk = longDesk();
  limit(desk, MACRO, { dayLossUsd: usd(20_000) });
  const fee = lossOf(desk, MACRO);
  expect(fee).toBeGreaterThan(0);
  limit(desk, MACRO, { dayLossUsd: usd(10_000) + fee });
  priced(desk, 59_000);
  expect(lossOf(desk, MACRO)).toBeGreaterThan(fee);
  // Coins that the sandbox gave the account have lost as well.
  const lost = lossOf(desk, MACRO);
  limit(desk, MACRO, { dayLossUsd: lost });
  expect(codeOf(desk, BID)).toBeUndefined();
  limit(desk, MACRO, { dayLossUsd: lost - 1 });
  for (const account of [BASIS, ALTS]) expect(codeOf(desk, { account, ...BID })).toBe('limit.dayLoss');
  expect(codeOf(desk, { account: VOL, ...BID })).toBeUndefined();
  desk.accept({ kind: 'CancelAll', account: BASIS, instrument: BTC });
  expect(
    codeOf(desk, { side: 1, flags: OrderFlag.reduceOnly, priceTicks: 595_000, ...coins(4) }),
  ).toBeUndefined();
  // One that is not marked and opens nothing passes as well, and one lot more does not.
  expect(codeOf(desk, { side: 1, priceTicks: 596_000, ...coins(10.0001) })).toBe('limit.dayLoss');
  expect(codeOf(desk, { side: 1, priceTicks: 596_000, ...coins(10) })).toBeUndefined();
});

test('a purchase of coins is new risk although no sum counts it; a sale is none', () => {
  const desk = openDesk();
  const bitcoin = list(desk, spot());
  desk.prices({ 0: 60_000, 1: 3_000 });
  desk.accept({ kind: 'Tick' });
  limit(desk, MACRO, { dayLossUsd: 0 });
  priced(desk, 59_000);
  expect(codeOf(desk, { instrument: bitcoin, priceTicks: 585_000, sizeLots: 100 })).toBe('limit.dayLoss');
  expect(codeOf(desk, { instrument: bitcoin, side: 1, priceTicks: 596_000, sizeLots: 100 })).toBeUndefined();
});

test('a stop waits through the day and is judged when it fires; one that reduces fires all the same', () => {
  const desk = longDesk();
  limit(desk, MACRO, { dayLossUsd: 0 });
  priced(desk, 59_000);
  const stop = { type: 2, timeInForce: 1, priceTicks: 0 } as const;
  expect(codeOf(desk, { ...stop, triggerTicks: 600_000, ...coins(1) })).toBeUndefined();
  const closes = { ...stop, side: 1, triggerTicks: 585_000, flags: OrderFlag.reduceOnly } as const;
  expect(codeOf(desk, { ...closes, ...coins(10) })).toBeUndefined();
  desk.place({ account: MAKER, priceTicks: 580_000, ...coins(10) });
  desk.place({ account: MAKER, side: 1, priceTicks: 606_000, ...coins(10) });
  const fell = desk.wait(250).prices({ 0: 58_400, 1: 3_000 });
  expect(all(fell, 'OrderFilled').some(({ account, lots }) => account === BASIS && lots === 100_000)).toBe(
    true,
  );
  desk.accept({ kind: 'Tick' });
  const rose = desk.wait(250).prices({ 0: 60_300, 1: 3_000 });
  expect(all(rose, 'OrderTriggered')).toHaveLength(1);
  expect(all(rose, 'OrderCancelled')).toMatchObject([{ account: BASIS, remainingLots: 10_000 }]);
});

test('limit.softDayLoss asks for an approval, and with it the order passes; a hard one above is named first', () => {
  const desk = longDesk();
  limit(desk, MACRO, {}, { dayLossUsd: 0 });
  priced(desk, 59_000);
  expect(codeOf(desk, BID)).toBe('limit.softDayLoss');
  const over = {
    kind: 'PlaceOverLimit',
    account: BASIS,
    instrument: BTC,
    side: 'buy',
    timeInForce: 'gtc',
  } as const;
  ask(desk, { ...over, ...BID });
  limit(desk, ROOT, { dayLossUsd: 0 });
  expect(codeOf(desk, BID)).toBe('limit.dayLoss');
});

test('its place among the refusals: behind the terms of one order, before what could come to be held', () => {
  const desk = longDesk();
  limit(desk, MACRO, { dayLossUsd: 0, orderUsd: 0, assets: [{ underlying: 'BTC', grossUsd: 0 }] });
  priced(desk, 59_000);
  expect(codeOf(desk, BID)).toBe('limit.orderValue');
  limit(desk, MACRO, { dayLossUsd: 0, assets: [{ underlying: 'BTC', grossUsd: 0 }] });
  expect(codeOf(desk, BID)).toBe('limit.dayLoss');
});

test('what one account gains offsets what another loses, and a move takes its day along', () => {
  const desk = longDesk();
  desk.place({ account: MAKER, priceTicks: 600_000, ...coins(10) });
  desk.place({ account: VOL, side: 1, timeInForce: 1, ...coins(10) });
  for (const node of [ROOT, MACRO, VOLATILITY]) limit(desk, node, { dayLossUsd: usd(1e6) });
  const before = [ROOT, MACRO, VOLATILITY].map((node) => lossOf(desk, node));
  expect(before[0]).toBe(before[1]! + before[2]!);
  const node = desk.engine.state.accounts.columns.node[BASIS]!;
  ask(desk, { kind: 'MoveNode', node, parent: VOLATILITY });
  const after = [ROOT, MACRO, VOLATILITY].map((of) => lossOf(desk, of));
  expect(after[0]).toBe(before[0]);
  expect(after[1]).toBeLessThan(before[1]!);
  expect(after[2]).toBeGreaterThan(before[2]!);
  checkInvariants(desk.engine.state);
});

test('what is moved in or out is neither lost nor earned, coins before their first price included', () => {
  const desk = new Desk();
  desk.accept({ kind: 'Tick' });
  limit(desk, MACRO, { dayLossUsd: 1 });
  limit(desk, VOLATILITY, { dayLossUsd: 1 });
  desk.accept({ kind: 'CreditDeposit', account: BASIS, asset: 'BTC', amount: 7e8, reference: 'early' });
  desk.prices({ 0: 60_000, 1: 3_000 });
  desk.accept({ kind: 'Tick' });
  desk.accept({ kind: 'CreditDeposit', account: ALTS, asset: 'USDC', amount: usd(7), reference: 'x' });
  ask(desk, { kind: 'Transfer', from: BASIS, to: VOL, asset: 'USDC', amount: usd(5_000) });
  ask(desk, { kind: 'Transfer', from: BASIS, to: VOL, asset: 'BTC', amount: 12_345_678 });
  const opened = desk.accept({ kind: 'OpenPot', account: BASIS, underlying: 'BTC', label: 'Pot' });
  const pot = all(opened, 'PotOpened')[0]!.account;
  desk.accept({ kind: 'MoveCollateral', from: BASIS, to: pot, asset: 'USDC', amount: usd(1_000) });
  desk.accept({ kind: 'Tick' });
  checkInvariants(desk.engine.state);
  const { engine } = desk;
  expect([BASIS, ALTS, VOL, pot].map((account) => accountRiskOf(engine, account).dayPnlUsd)).toEqual([
    0, 0, 0, 0,
  ]);
  expect([MACRO, VOLATILITY].map((node) => lossOf(desk, node))).toEqual([0, 0]);
});

test('the first tick after 00:00 UTC begins the day for all at once, and people are told once a day of each limit', () => {
  const desk = longDesk();
  limit(desk, MACRO, { dayLossUsd: usd(15_000) }, { dayLossUsd: usd(5_000) });
  const fall = (btcUsd: number) => {
    desk.wait(250).prices({ 0: btcUsd, 1: 3_000 });
    return all(desk.accept({ kind: 'Tick' }), 'DayLossPassed').map(({ node, severity }) => [node, severity]);
  };
  const lostAt = (btcUsd: number) => {
    priced(desk, btcUsd);
    return lossOf(desk, MACRO);
  };
  const perDollar = lostAt(59_999) - lostAt(60_000);
  const at = (dollars: number) => 60_000 - Math.ceil(usd(dollars) / perDollar);
  expect(fall(at(6_000))).toEqual([[MACRO, 0]]);
  expect([fall(at(1_000)), fall(at(7_000))]).toEqual([[], []]);
  expect(fall(at(16_000))).toEqual([[MACRO, 1]]);
  expect(fall(at(17_000))).toEqual([]);
  expect(codeOf(desk, BID)).toBe('limit.dayLoss');
  desk.timeMs = Math.ceil(desk.timeMs / DAY_MS) * DAY_MS - 1;
  desk.prices({ 0: at(17_000), 1: 3_000 });
  desk.accept({ kind: 'Tick' });
  expect(codeOf(desk, BID)).toBe('limit.dayLoss');
  desk.wait(1);
  desk.accept({ kind: 'Tick' });
  expect(lossOf(desk, MACRO)).toBe(0);
  expect(codeOf(desk, BID)).toBeUndefined();
  expect(desk.engine.state.globals.columns.daySinceMs[0]).toBe(desk.timeMs);
  expect(fall(at(17_000 + 6_000))).toEqual([[MACRO, 0]]);
});

test('a port is new risk where it comes to, not where both sides stand', () => {
  const desk = longDesk();
  const port = { kind: 'PortPosition', from: BASIS, instrument: BTC, lots: 1_000, priceTicks: 0 } as const;
  limit(desk, MACRO, { dayLossUsd: 0 });
  limit(desk, VOLATILITY, { dayLossUsd: 0 });
  priced(desk, 59_000);
  ask(desk, { ...port, to: ALTS });
  desk.run({ kind: 'Propose', firm: FIRM, action: { ...port, to: VOL } });
  expect(desk.code).toBe('limit.dayLoss');
});

test('a restored desk refuses what the one before refused, and goes on to the same state', () => {
  const desk = longDesk();
  limit(desk, MACRO, { dayLossUsd: usd(5_000) });
  priced(desk, 59_000);
  const fork = new Desk(restoreState(saveState(desk.engine.state)));
  fork.timeMs = desk.timeMs;
  for (const each of [desk, fork]) {
    expect(codeOf(each, BID)).toBe('limit.dayLoss');
    priced(each, 59_500);
    each.timeMs = Math.ceil(each.timeMs / DAY_MS) * DAY_MS;
    priced(each, 59_400);
    expect(codeOf(each, { ...BID, instrument: ETH, priceTicks: 290_000 })).toBeUndefined();
  }
  expect(stateHash(fork.engine.state)).toBe(stateHash(desk.engine.state));
});

test('limits of a loss that are tried out leave no trace', () => {
  const desk = longDesk();
  limit(desk, MACRO, { dayLossUsd: usd(5_000) });
  desk.wait(250).prices({ 0: 59_000, 1: 3_000 });
  const before = stateHash(desk.engine.state);
  const limits = { soft: {}, hard: { dayLossUsd: 1 } };
  for (const node of [ROOT, MACRO])
    desk.tryOut({ kind: 'Propose', firm: FIRM, action: { kind: 'SetLimits', node, limits } });
  desk.tryOut({ kind: 'Tick' });
  expect(stateHash(desk.engine.state)).toBe(before);
});
