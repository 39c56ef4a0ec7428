// Goal: who freezes a place of the tree has stopped all below it at once, and takes nobody's stop away. How: the
// sandbox's firm, orders of every kind that rest or wait, and the states one after another.
import { expect, test } from 'vitest';
import { list, spot } from '../../lab/fixtures/contracts.ts';
import { ALTS, all, BASIS, BTC, Desk, MAKER, only, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import type { SetNodeState } from '../../protocol/commands/actions.ts';
import type { PlaceOrder } from '../../protocol/commands/types.ts';
import { CancelReason, NodeState, OrderFlag } from '../../protocol/enums.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { checkInvariants } from '../invariants.ts';
import { beginUndo, rollBack } from '../memory/undo.ts';
import { stateHash } from '../snapshot.ts';
import { directoryOf } from '../views/directory.ts';
import { ordersOf } from '../views/order.ts';

const FIRM = 1;
const [ROOT, MACRO, VOLATILITY] = [0, 1, 2];
const REDUCE = { side: 1, flags: OrderFlag.reduceOnly } as const;

function set(desk: Desk, node: number, state: SetNodeState['state']): EngineEvent[] {
  return desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetNodeState', node, state } });
}

function codeOf(desk: Desk, terms: Partial<PlaceOrder>): string | undefined {
  desk.place(terms);
  return desk.code;
}

/** The trader's first account long one BTC. */
function longDesk(): Desk {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1 });
  desk.place({});
  return desk;
}

test('node.frozen: no order passes at a frozen place and below it; elsewhere and after it all do', () => {
  const desk = longDesk();
  expect(only(set(desk, MACRO, 'frozen'), 'NodeStateSet')).toMatchObject({
    node: MACRO,
    firm: FIRM,
    state: NodeState.frozen,
  });
  expect(codeOf(desk, { account: ALTS })).toBe('node.frozen');
  expect(codeOf(desk, { ...REDUCE, priceTicks: 610_000 })).toBe('node.frozen');
  expect(codeOf(desk, { account: VOL, priceTicks: 590_000 })).toBeUndefined();
  expect(directoryOf(desk.engine).nodes[MACRO]!.state).toBe('frozen');
  checkInvariants(desk.engine.state);
  set(desk, MACRO, 'normal');
  expect(codeOf(desk, { ...REDUCE, priceTicks: 610_000 })).toBeUndefined();
});

test('node.reduceOnly: only what is marked so, and sales of coins', () => {
  const desk = longDesk();
  const bitcoin = list(desk, spot());
  desk.prices({ 0: 60_000 });
  set(desk, ROOT, 'reduceOnly');
  expect(codeOf(desk, { side: 1, priceTicks: 610_000 })).toBe('node.reduceOnly');
  expect(codeOf(desk, { ...REDUCE, priceTicks: 610_000 })).toBeUndefined();
  expect(codeOf(desk, { instrument: bitcoin, priceTicks: 590_000 })).toBe('node.reduceOnly');
  expect(codeOf(desk, { instrument: bitcoin, side: 1, priceTicks: 610_000 })).toBeUndefined();
  checkInvariants(desk.engine.state);
});

test('what could open a position is cancelled at once; what only reduces stays, can be cancelled and fires', () => {
  const desk = longDesk();
  const bid = Desk.orderId(desk.place({ priceTicks: 590_000 }));
  const parked = Desk.orderId(
    desk.place({ account: ALTS, type: 2, timeInForce: 1, triggerTicks: 610_000, priceTicks: 0 }),
  );
  const stop = Desk.orderId(
    desk.place({ ...REDUCE, type: 2, timeInForce: 1, triggerTicks: 595_000, priceTicks: 0, sizeLots: 4_000 }),
  );
  const take = Desk.orderId(desk.place({ ...REDUCE, priceTicks: 620_000, sizeLots: 4_000 }));
  const cancelled = all(set(desk, MACRO, 'frozen'), 'OrderCancelled');
  expect(cancelled.map(({ orderId }) => orderId).sort()).toEqual([bid, parked].sort());
  expect(cancelled.every(({ reason }) => reason === CancelReason.nodeRestricted)).toBe(true);
  const amend = { kind: 'AmendOrder', account: BASIS, orderId: take, triggerTicks: 0 } as const;
  desk.run({ ...amend, priceTicks: 615_000, sizeLots: 0 });
  expect(desk.code).toBe('node.frozen');
  desk.accept({ kind: 'CancelOrder', account: BASIS, orderId: take });
  desk.place({ account: MAKER, priceTicks: 594_000 });
  const fired = desk.wait(1_000).prices({ 0: 59_450 });
  expect(only(fired, 'OrderTriggered')).toMatchObject({ orderId: stop });
  expect(all(fired, 'OrderFilled').find(({ account }) => account === BASIS)).toMatchObject({ lots: 4_000 });
  checkInvariants(desk.engine.state);
});

test('a bracket keeps what closes its fills when its entry is cancelled by a freeze', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, sizeLots: 3_000 });
  const bracket = {
    takeProfitTicks: 0,
    takeProfitLimitTicks: 0,
    stopLossTicks: 590_000,
    stopLossLimitTicks: 0,
  };
  desk.place({ bracket });
  set(desk, ROOT, 'frozen');
  expect(ordersOf(desk.engine.state, BASIS)).toMatchObject([{ isReduceOnly: true, openLots: 3_000 }]);
  checkInvariants(desk.engine.state);
});

test('under reduce-only an order is amended as long as it only reduces', () => {
  const desk = longDesk();
  const orderId = Desk.orderId(desk.place({ ...REDUCE, priceTicks: 620_000 }));
  set(desk, MACRO, 'reduceOnly');
  const amend = {
    kind: 'AmendOrder',
    account: BASIS,
    orderId,
    priceTicks: 615_000,
    sizeLots: 0,
    triggerTicks: 0,
  };
  desk.accept(amend as Parameters<Desk['accept']>[0]);
});

test('the strictest state on the way up holds, and a move brings an account under what holds there', () => {
  const desk = openDesk();
  const { node } = desk.engine.state.accounts.columns;
  const move = (parent: number) =>
    desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'MoveNode', node: node[VOL]!, parent } });
  set(desk, MACRO, 'frozen');
  set(desk, node[BASIS]!, 'reduceOnly');
  expect(codeOf(desk, REDUCE)).toBe('node.frozen');
  set(desk, MACRO, 'normal');
  expect(codeOf(desk, {})).toBe('node.reduceOnly');
  expect(codeOf(desk, { account: ALTS, priceTicks: 590_000 })).toBeUndefined();
  desk.place({ account: VOL, priceTicks: 590_000 });
  set(desk, MACRO, 'reduceOnly');
  expect(only(move(MACRO), 'OrderCancelled')).toMatchObject({ account: VOL });
  expect(codeOf(desk, { account: VOL })).toBe('node.reduceOnly');
  move(VOLATILITY);
  expect(codeOf(desk, { account: VOL, priceTicks: 590_000 })).toBeUndefined();
  checkInvariants(desk.engine.state);
});

test('an account or pot that is opened below a frozen group is frozen', () => {
  const desk = openDesk();
  set(desk, MACRO, 'frozen');
  const opens = { kind: 'OpenNode', parent: MACRO, label: 'Late', isAccount: true } as const;
  const { account } = only(desk.accept({ kind: 'Propose', firm: FIRM, action: opens }), 'SubaccountOpened');
  const events = desk.accept({ kind: 'OpenPot', account: BASIS, underlying: 'BTC', label: 'Pot' });
  expect(codeOf(desk, { account })).toBe('node.frozen');
  expect(codeOf(desk, { account: only(events, 'PotOpened').account, instrument: BTC })).toBe('node.frozen');
  checkInvariants(desk.engine.state);
});

test('refusals of the action, each alone; a freeze that is taken back leaves no trace', () => {
  const desk = longDesk();
  desk.place({ priceTicks: 590_000 });
  const before = stateHash(desk.engine.state);
  beginUndo(desk.engine.undo);
  set(desk, ROOT, 'frozen');
  rollBack(desk.engine.undo);
  expect(stateHash(desk.engine.state)).toBe(before);
  const ask = (action: unknown): string | undefined => {
    desk.run({ kind: 'Propose', firm: FIRM, action: action as SetNodeState });
    return desk.code;
  };
  const open = { kind: 'OpenNode', parent: ROOT, label: 'Old', isAccount: false } as const;
  const { node } = only(desk.accept({ kind: 'Propose', firm: FIRM, action: open }), 'NodeOpened');
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'ArchiveNode', node } });
  expect(ask({ kind: 'SetNodeState', node: 99, state: 'frozen' })).toBe('node.unknown');
  expect(ask({ kind: 'SetNodeState', node, state: 'normal' })).toBe('node.archived');
  for (const state of ['archived', 'Frozen', 2, 'toString'])
    expect(ask({ kind: 'SetNodeState', node: MACRO, state })).toBe('parameters.invalid');
});
