// Goal: an account or a branch of the tree is brought to nothing in one action, and what is left is said. How: books
// that take all, some and none of it.
import { expect, test } from 'vitest';
import { openContractDesk, PUT } from '../../lab/fixtures/contracts.ts';
import {
  ALTS,
  all,
  BASIS,
  BTC,
  type Desk,
  ETH,
  MAKER,
  only,
  openDesk,
  VOL,
} from '../../lab/fixtures/desk.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import { refusal } from '../../protocol/errors.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { stateHash } from '../snapshot.ts';
import { accountViewOf } from '../views/account.ts';

const FIRM = 1;

function act(desk: Desk, action: Action): EngineEvent[] {
  return desk.run({ kind: 'Propose', firm: FIRM, action });
}

/** Trades with the first participant: positive lots buy. */
function trade(desk: Desk, account: number, lots: number, instrument = BTC, priceTicks = 600_000): void {
  const terms = { instrument, priceTicks, sizeLots: Math.abs(lots) };
  desk.place({ account: MAKER, side: lots > 0 ? 1 : 0, ...terms });
  desk.place({ account, side: lots > 0 ? 0 : 1, ...terms });
  expect(desk.code).toBeUndefined();
}

/** A market of so many lots on each side, a tick around the mark. */
function quote(desk: Desk, lots: number, instrument = BTC, ticks = 600_000): void {
  desk.place({ account: MAKER, instrument, side: 0, priceTicks: ticks - 10, sizeLots: lots });
  desk.place({ account: MAKER, instrument, side: 1, priceTicks: ticks + 10, sizeLots: lots });
}

test('all orders end, positions close in the book, and the event counts them', () => {
  const desk = openDesk();
  trade(desk, BASIS, 20_000);
  trade(desk, BASIS, -5_000, ETH, 300_000);
  const bracket = {
    takeProfitTicks: 630_000,
    takeProfitLimitTicks: 0,
    stopLossTicks: 590_000,
    stopLossLimitTicks: 0,
  };
  desk.place({ sizeLots: 10_000, priceTicks: 599_000, bracket });
  desk.place({ side: 1, priceTicks: 620_000, sizeLots: 1_000 });
  quote(desk, 50_000);
  quote(desk, 50_000, ETH, 300_000);
  const events = act(desk, { kind: 'Unwind', account: BASIS });
  expect(desk.code).toBeUndefined();
  expect(only(events, 'AccountUnwound')).toMatchObject({
    account: BASIS,
    cancelledOrders: 2,
    closedPositions: 2,
    leftPositions: 0,
  });
  expect(all(events, 'Traded').map(({ lots, takerSide }) => [lots, takerSide])).toEqual([
    [20_000, 1],
    [5_000, 0],
  ]);
  const { positions, orders } = accountViewOf(desk.engine, BASIS);
  expect([positions.filter(({ lots }) => lots !== 0), orders]).toEqual([[], []]);
  checkInvariants(desk.engine.state);
});

test('what the book does not take is left and named: too little depth, none at all, a mark that is old', () => {
  const desk = openDesk();
  trade(desk, BASIS, 20_000);
  trade(desk, BASIS, 5_000, ETH, 300_000);
  quote(desk, 15_000);
  const events = act(desk, { kind: 'Unwind', account: BASIS });
  const { 'order.noLiquidity': none } = refusal;
  expect(all(events, 'PositionLeft').map(({ instrument, lots, code }) => [instrument, lots, code])).toEqual([
    [BTC, 5_000, none],
    [ETH, 5_000, none],
  ]);
  expect(only(events, 'AccountUnwound')).toMatchObject({ closedPositions: 0, leftPositions: 2 });
  desk.wait(60_000);
  const stale = act(desk, { kind: 'Unwind', account: BASIS });
  expect(all(stale, 'PositionLeft').map(({ code }) => code)).toEqual([310, 310]);
  expect(only(act(desk, { kind: 'Unwind', account: ALTS }), 'AccountUnwound').closedPositions).toBe(0);
});

test('the smallest order and orders of the same firm do not stand in its way', () => {
  const desk = openDesk();
  trade(desk, BASIS, 20_000);
  quote(desk, 50_000);
  trade(desk, VOL, 20_000);
  desk.place({ account: VOL, side: 1, priceTicks: 599_990, sizeLots: 19_999, timeInForce: 1 });
  expect(positionLots(desk.engine.state, VOL, BTC)).toBe(1);
  desk.place({ account: ALTS, side: 0, priceTicks: 599_995, sizeLots: 10_000 });
  for (const account of [BASIS, VOL]) {
    expect(only(act(desk, { kind: 'Unwind', account }), 'AccountUnwound').leftPositions).toBe(0);
  }
  checkInvariants(desk.engine.state);
});

test('options close too, no worse than the band around their mark', () => {
  const desk = openContractDesk();
  const { mark, usdPerTickLot } = desk.engine.state.instruments.columns;
  const ticks = Math.round(mark[PUT]! / usdPerTickLot[PUT]!);
  trade(desk, BASIS, -20, PUT, ticks);
  quote(desk, 50, PUT, ticks + 20);
  expect(only(act(desk, { kind: 'Unwind', account: BASIS }), 'AccountUnwound').closedPositions).toBe(1);
  checkInvariants(desk.engine.state);
});

test('a branch is flattened with all that is below it, pots and all, and nothing beside it', () => {
  const desk = openDesk();
  const { state } = desk.engine;
  const root = state.firms.columns.root[FIRM]!;
  const opened = desk.accept({ kind: 'OpenPot', account: ALTS, underlying: 'BTC', label: 'Pot' });
  const pot = only(opened, 'PotOpened').account;
  desk.accept({ kind: 'MoveCollateral', from: ALTS, to: pot, asset: 'USDC', amount: 1e12 });
  for (const account of [BASIS, ALTS, pot]) trade(desk, account, 10_000);
  trade(desk, VOL, -10_000);
  quote(desk, 100_000);
  const leaf = state.accounts.columns.node[ALTS]!;
  const events = act(desk, { kind: 'Flatten', node: leaf });
  expect(all(events, 'AccountUnwound').map(({ account }) => account)).toEqual([ALTS, pot]);
  const lots = () => [BASIS, ALTS, VOL, pot].map((account) => positionLots(state, account, BTC));
  expect(lots()).toEqual([10_000, 0, -10_000, 0]);
  // An order of one's own would be in the way of the others: all are cancelled first.
  desk.place({ account: VOL, priceTicks: 599_999, sizeLots: 500 });
  act(desk, { kind: 'Flatten', node: root });
  expect(lots()).toEqual([0, 0, 0, 0]);
  checkInvariants(state);
});

test('refusals of Unwind and Flatten, each alone, and no trace of what is taken back', () => {
  const desk = openDesk();
  trade(desk, BASIS, 20_000);
  quote(desk, 50_000);
  const codeOf = (action: Action) => {
    act(desk, action);
    return desk.code;
  };
  const root = desk.engine.state.firms.columns.root[FIRM]!;
  expect(codeOf({ kind: 'Unwind', account: 3 })).toBe('account.unknown');
  expect(codeOf({ kind: 'Unwind', account: MAKER })).toBe('move.foreignAccount');
  expect(codeOf({ kind: 'Flatten', node: desk.engine.state.firms.columns.root[2]! })).toBe('node.unknown');
  const before = stateHash(desk.engine.state);
  desk.tryOut({ kind: 'Propose', firm: FIRM, action: { kind: 'Unwind', account: BASIS } });
  desk.tryOut({ kind: 'Propose', firm: FIRM, action: { kind: 'Flatten', node: root } });
  expect(stateHash(desk.engine.state)).toBe(before);
});
