// Goal: a place holds no larger multiple of what it is worth than it may. How: two subaccounts of one group in a still
// market, coins bought and ordered up to the limit and a lot past it; then worth comes, goes and is lost.
import { expect, test } from 'vitest';
import { ALTS, BASIS, Desk, MAKER, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import { FIRM } from '../../lab/fixtures/firmDesk.ts';
import type { NodeLimits } from '../../protocol/commands/actions.ts';
import type { PlaceOrder } from '../../protocol/commands/types.ts';
import { OrderFlag } from '../../protocol/enums.ts';
import { checkInvariants } from '../invariants.ts';
import { restoreState, saveState } from '../snapshot.ts';
import { limitUsesOf } from './limitUses.ts';

const [MACRO, MICRO_USD] = [1, 1e6];
const LOTS_PER_COIN = 10_000;
const ONCE = 1_000_000;

function limit(desk: Desk, hard: NodeLimits, soft: NodeLimits = {}): void {
  const action = { kind: 'SetLimits', node: MACRO, limits: { soft, hard } } as const;
  desk.accept({ kind: 'Propose', firm: FIRM, action });
}

function tick(desk: Desk, btcUsd = 60_000): void {
  desk.wait(250).prices({ 0: btcUsd, 1: 3_000 });
  desk.accept({ kind: 'Tick' });
}

function codeOf(desk: Desk, terms: Partial<PlaceOrder>): string | undefined {
  desk.place(terms);
  checkInvariants(desk.engine.state);
  return desk.code;
}

const row = (desk: Desk) => desk.engine.state.nodes.columns.limits[MACRO]!;
const worthOf = (desk: Desk) => desk.engine.state.limitedNodes.columns.worthUsd[row(desk)]!;
const usedOf = (desk: Desk) =>
  limitUsesOf(desk.engine.state, row(desk)).find(({ kind }) => kind === 'leverage')!.used;

/** A group that may hold as many coins at 60,000 USD as it may, to the lot. */
function deskFor(coins: number): Desk {
  const desk = openDesk();
  limit(desk, { leveragePpm: ONCE });
  tick(desk);
  const leveragePpm = Math.ceil((coins * 60_000 * MICRO_USD * ONCE) / worthOf(desk));
  limit(desk, { leveragePpm });
  return desk;
}

const bid = (coins: number, terms: Partial<PlaceOrder> = {}) => ({
  priceTicks: 580_000,
  sizeLots: Math.round(coins * LOTS_PER_COIN),
  ...terms,
});

test('limit.leverage: up to the multiple orders pass, a lot past it none does, of any account below', () => {
  const desk = deskFor(3);
  expect(codeOf(desk, bid(2))).toBeUndefined();
  expect(codeOf(desk, bid(1, { account: ALTS }))).toBeUndefined();
  expect(usedOf(desk)).toBeGreaterThan(0);
  for (const account of [BASIS, ALTS]) expect(codeOf(desk, bid(0.01, { account }))).toBe('limit.leverage');
  expect(codeOf(desk, bid(0.01, { account: VOL }))).toBeUndefined();
});

test('what only reduces and what is cancelled passes, however far it is passed', () => {
  const desk = deskFor(3);
  desk.place({ account: MAKER, side: 1, sizeLots: 3 * LOTS_PER_COIN });
  expect(codeOf(desk, { timeInForce: 1, sizeLots: 3 * LOTS_PER_COIN })).toBeUndefined();
  // What is held grows with the price, and what the place is worth by less.
  tick(desk, 61_000);
  expect(codeOf(desk, bid(0.01))).toBe('limit.leverage');
  const sell = { side: 1, priceTicks: 620_000, sizeLots: LOTS_PER_COIN } as const;
  expect(codeOf(desk, { ...sell, flags: OrderFlag.reduceOnly })).toBeUndefined();
  expect(codeOf(desk, sell)).toBeUndefined();
  desk.accept({ kind: 'CancelAll', account: BASIS, instrument: 0 });
});

test('what is deposited counts at once, what is lost with the next tick', () => {
  const desk = deskFor(3);
  expect(codeOf(desk, bid(3))).toBeUndefined();
  expect(codeOf(desk, bid(1))).toBe('limit.leverage');
  const worth = worthOf(desk);
  desk.accept({ kind: 'CreditDeposit', account: ALTS, asset: 'USDC', amount: worth, reference: 'more' });
  expect(worthOf(desk)).toBe(2 * worth);
  expect(codeOf(desk, bid(3))).toBeUndefined();
});

test('limit.softLeverage asks for an approval, and a hard one is named first', () => {
  const desk = deskFor(3);
  const { leveragePpm } = limitsNow(desk);
  limit(desk, { leveragePpm: leveragePpm! * 2 }, { leveragePpm: leveragePpm! });
  expect(codeOf(desk, bid(3.1))).toBe('limit.softLeverage');
  expect(codeOf(desk, bid(7))).toBe('limit.leverage');
  expect(codeOf(desk, bid(2.9))).toBeUndefined();
});

test('a place that is worth nothing opens nothing, and one without such a limit knows no multiple', () => {
  const desk = deskFor(3);
  limit(desk, { leveragePpm: 0 });
  expect(codeOf(desk, bid(0.01))).toBe('limit.leverage');
  limit(desk, { grossUsd: 1e15 });
  expect(codeOf(desk, bid(0.01))).toBeUndefined();
});

test('a restored desk refuses what the one before refused', () => {
  const desk = deskFor(3);
  expect(codeOf(desk, bid(3))).toBeUndefined();
  const fork = new Desk(restoreState(saveState(desk.engine.state)));
  fork.timeMs = desk.timeMs;
  expect(codeOf(fork, bid(0.01))).toBe('limit.leverage');
});

function limitsNow(desk: Desk): NodeLimits {
  const { leveragePpm } = desk.engine.state.nodeLimits.columns;
  return { leveragePpm: leveragePpm[row(desk) * 2 + 1]! };
}
