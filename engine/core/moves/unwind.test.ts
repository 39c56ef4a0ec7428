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
  raiseOwnerCap,
  VOL,
} from '../../lab/fixtures/desk.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import { refusal } from '../../protocol/errors.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { actionTrialOf } from '../proposals/actionTrial.ts';
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

test('nothing trades further from the mark than was said, and what is left is reported', () => {
  const desk = openDesk();
  trade(desk, BASIS, 20_000);
  for (const [priceTicks, sizeLots] of [
    [599_700, 5_000],
    [598_000, 7_000],
    [590_000, 50_000],
  ] as const)
    desk.place({ account: MAKER, side: 0, priceTicks, sizeLots });
  const act5 = act(desk, { kind: 'Unwind', account: BASIS, distancePpm: 5_000 });
  expect(all(act5, 'Traded').map(({ priceTicks, lots }) => [priceTicks, lots])).toEqual([
    [599_700, 5_000],
    [598_000, 7_000],
  ]);
  const { 'order.noLiquidity': none } = refusal;
  expect(only(act5, 'PositionLeft')).toMatchObject({ instrument: BTC, lots: 8_000, code: none });
  // Three hundredths of a percent: nothing is that near any more.
  expect(only(act(desk, { kind: 'Flatten', node: 0, distancePpm: 300 }), 'PositionLeft').lots).toBe(8_000);
  // As far as the band, as always.
  act(desk, { kind: 'Unwind', account: BASIS });
  expect(positionLots(desk.engine.state, BASIS, BTC)).toBe(0);
  for (const distancePpm of [-1, 0.5, 1_000_001]) {
    act(desk, { kind: 'Unwind', account: BASIS, distancePpm });
    expect(desk.code).toBe('parameters.invalid');
  }
  checkInvariants(desk.engine.state);
});

test('a position larger than one order is closed in slices, each under the same price', () => {
  const desk = openDesk();
  raiseOwnerCap(desk);
  desk.accept({ kind: 'RegisterMarketMaker', firm: FIRM, capMultiple: 1_000 });
  const { sizeLotsMax } = desk.engine.state.instruments.columns;
  trade(desk, BASIS, 50_000);
  quote(desk, 1_000_000);
  const before = sizeLotsMax[BTC]!;
  sizeLotsMax[BTC] = 20_000;
  const events = act(desk, { kind: 'Unwind', account: BASIS, distancePpm: 1_000 });
  expect(all(events, 'Traded').map(({ lots }) => lots)).toEqual([20_000, 20_000, 10_000]);
  expect(only(events, 'AccountUnwound').leftPositions).toBe(0);
  trade(desk, BASIS, 20_000);
  quote(desk, 1_000_000);
  sizeLotsMax[BTC] = 1_000;
  const many = act(desk, { kind: 'Unwind', account: BASIS });
  const { 'order.sizeTooLarge': tooLarge } = refusal;
  expect(only(many, 'PositionLeft')).toMatchObject({ lots: 4_000, code: tooLarge });
  sizeLotsMax[BTC] = before;
  checkInvariants(desk.engine.state);
});

test('what closing may cost at worst is told before, and no exit is worse than that', () => {
  const desk = openDesk();
  trade(desk, BASIS, 20_000);
  trade(desk, VOL, -10_000, ETH, 300_000);
  quote(desk, 12_000, BTC, 599_900);
  quote(desk, 50_000, ETH, 300_000);
  const { state } = desk.engine;
  const action: Action = { kind: 'Flatten', node: 0, distancePpm: 2_000 };
  const before = stateHash(state);
  const { exits } = actionTrialOf(desk.engine, { firm: FIRM, member: 0, action });
  expect(stateHash(state)).toBe(before);
  const { mark, usdPerTickLot } = state.instruments.columns;
  expect(
    exits.map(({ account, instrument, lots, leftLots }) => [account, instrument, lots, leftLots]),
  ).toEqual([
    [BASIS, BTC, 20_000, 8_000],
    [VOL, ETH, -10_000, 0],
  ]);
  const traded = all(act(desk, action), 'Traded');
  for (const { instrument, lots, worstTicks, worstCostUsd } of exits) {
    const own = traded.filter((each) => each.instrument === instrument);
    const sign = lots > 0 ? -1 : 1;
    expect(own.length).toBeGreaterThan(0);
    for (const { priceTicks } of own) expect(sign * (priceTicks - worstTicks)).toBeLessThanOrEqual(0);
    const cost = own.reduce(
      (sum, each) =>
        sum + sign * each.lots * (each.priceTicks * usdPerTickLot[instrument]! - mark[instrument]!),
      0,
    );
    expect(cost).toBeLessThanOrEqual(worstCostUsd);
    expect(worstCostUsd).toBeLessThanOrEqual(Math.abs(lots) * mark[instrument]! * 0.002 + 1);
  }
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
