// Goal: a firm's limits hold for every order of every account below, and name themselves. How: the sandbox's firm with
// BTC at 60 000 and ETH at 3 000 USD, each limit alone, soft and hard, on the way up from the trader's first account.
import { expect, test } from 'vitest';
import { list, option, spot, surface } from '../../lab/fixtures/contracts.ts';
import {
  ALTS,
  all,
  BASIS,
  BTC,
  Desk,
  ETH,
  MAKER,
  ORDER,
  only,
  openDesk,
  SOL,
  VOL,
} from '../../lab/fixtures/desk.ts';
import type { NodeLimits } from '../../protocol/commands/actions.ts';
import type { PlaceOrder } from '../../protocol/commands/types.ts';
import { OptionType, OrderFlag } from '../../protocol/enums.ts';
import { checkInvariants } from '../invariants.ts';
import { previewOrders } from '../preview.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';

const FIRM = 1;
const [ROOT, MACRO, VOLATILITY] = [0, 1, 2];
/** Micro-USD. */
const usd = (dollars: number) => dollars * 1e6;
/** Lots of a tenth of a thousandth of a coin, and a thousandth. */
const btc = (coins: number) => ({ sizeLots: coins * 10_000 });
const eth = (coins: number) => ({ instrument: ETH, priceTicks: 300_000, sizeLots: coins * 1_000 });
const SELL = { side: 1, priceTicks: 610_000 } as const;
const EMPTY = { soft: {}, hard: {} };

function limit(desk: Desk, node: number, hard: NodeLimits, soft: NodeLimits = {}): void {
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetLimits', node, limits: { soft, hard } } });
}

function codeOf(desk: Desk, terms: Partial<PlaceOrder>): string | undefined {
  desk.place(terms);
  checkInvariants(desk.engine.state);
  return desk.code;
}

/** A desk with hard limits on Macro. */
function limited(hard: NodeLimits): Desk {
  const desk = openDesk();
  limit(desk, MACRO, hard);
  return desk;
}

test('limit.gross: positions and the worse side of open orders of all accounts below, to the last lot', () => {
  const desk = limited({ grossUsd: usd(600_000) });
  expect(codeOf(desk, btc(6))).toBeUndefined();
  expect(codeOf(desk, { account: ALTS, ...eth(80.001) })).toBe('limit.gross');
  expect(codeOf(desk, { account: ALTS, ...eth(80) })).toBeUndefined();
  // The other side of the same market is not added up to six coins: one of the two is held in the end.
  expect(codeOf(desk, { ...SELL, ...btc(6) })).toBeUndefined();
  expect(codeOf(desk, { ...SELL, sizeLots: 1 })).toBe('limit.gross');
  expect(codeOf(desk, { account: VOL, priceTicks: 590_000, ...btc(60) })).toBeUndefined();
});

test('a fill moves an order into the position, a cancel takes it out, an amendment counts once', () => {
  const desk = limited({ grossUsd: usd(600_000) });
  const orderId = Desk.orderId(desk.place(btc(10)));
  const amend = { kind: 'AmendOrder', account: BASIS, orderId, priceTicks: 0, triggerTicks: 0 } as const;
  desk.run({ ...amend, sizeLots: 100_001 });
  expect(desk.code).toBe('limit.gross');
  desk.accept({ ...amend, priceTicks: 599_000, sizeLots: 90_000 });
  desk.place({ account: MAKER, side: 1, priceTicks: 599_000, ...btc(4) });
  expect(codeOf(desk, { priceTicks: 598_000, ...btc(1.0001) })).toBe('limit.gross');
  desk.accept({ kind: 'CancelAll', account: BASIS, instrument: BTC });
  expect(codeOf(desk, { priceTicks: 598_000, ...btc(6) })).toBeUndefined();
});

test('an order that turns a position over is judged by what it leaves', () => {
  const desk = limited({ grossUsd: usd(600_000) });
  desk.place({ account: MAKER, side: 1, ...btc(10) });
  expect(codeOf(desk, btc(10))).toBeUndefined();
  desk.place({ account: MAKER, ...btc(25) });
  expect(codeOf(desk, { side: 1, timeInForce: 1, ...btc(21) })).toBe('limit.gross');
  expect(codeOf(desk, { side: 1, timeInForce: 1, ...btc(20) })).toBeUndefined();
});

test('what only reduces passes however far the limit is passed; what does not grow the measure passes too', () => {
  const desk = openDesk();
  desk.place({ account: MAKER, side: 1, ...btc(10) });
  desk.place(btc(10));
  limit(desk, ROOT, { grossUsd: 0, netUsd: 0, orderUsd: 0, kinds: [], ordersPerMinute: 0 });
  const reduces = { ...SELL, flags: OrderFlag.reduceOnly, ...btc(10) };
  expect(codeOf(desk, reduces)).toBeUndefined();
  expect(codeOf(desk, { ...reduces, flags: 0 })).toBe('limit.instrument');
  limit(desk, ROOT, { grossUsd: 0 });
  expect(codeOf(desk, { ...SELL, ...btc(10) })).toBeUndefined();
  expect(codeOf(desk, { ...SELL, sizeLots: 1 })).toBe('limit.gross');
});

test('limit.net: accounts offset each other; orders count as if all of their side filled', () => {
  const desk = limited({ netUsd: usd(300_000) });
  desk.place({ account: MAKER, side: 1, ...btc(20) });
  expect(codeOf(desk, btc(5))).toBeUndefined();
  expect(codeOf(desk, { sizeLots: 1 })).toBe('limit.net');
  desk.place({ account: MAKER, priceTicks: 595_000, ...btc(20) });
  // Ten coins sold turn five long into five short.
  expect(codeOf(desk, { account: ALTS, ...SELL, priceTicks: 595_000, ...btc(10.0001) })).toBe('limit.net');
  expect(codeOf(desk, { account: ALTS, ...SELL, priceTicks: 595_000, ...btc(10) })).toBeUndefined();
  expect(codeOf(desk, { ...btc(10) })).toBeUndefined();
});

test('limit.assetGross, limit.assetNet, limit.classGross, limit.classNet: of one coin, and of a class', () => {
  const share = { grossUsd: usd(60_000) };
  const net = { netUsd: usd(60_000) };
  const cases: [string, NodeLimits][] = [
    ['limit.assetGross', { assets: [{ underlying: 'BTC', ...share }] }],
    ['limit.assetNet', { assets: [{ underlying: 'BTC', ...net }] }],
    ['limit.classGross', { classes: [{ class: 'bitcoin', ...share }] }],
    ['limit.classNet', { classes: [{ class: 'bitcoin', ...net }] }],
  ];
  for (const [code, hard] of cases) {
    const desk = limited(hard);
    expect(codeOf(desk, { sizeLots: 10_001 })).toBe(code);
    expect(codeOf(desk, btc(1))).toBeUndefined();
    expect(codeOf(desk, { account: ALTS, sizeLots: 1_000 })).toBe(code);
    expect(codeOf(desk, eth(100))).toBeUndefined();
  }
});

test('limit.concentration: no asset grows past its share once gross is over the floor', () => {
  const desk = limited({ concentrationPpm: 500_000, concentrationFloorUsd: usd(300_000) });
  expect(codeOf(desk, btc(5))).toBeUndefined();
  expect(codeOf(desk, { sizeLots: 1_000 })).toBe('limit.concentration');
  expect(codeOf(desk, eth(100))).toBeUndefined();
  expect(codeOf(desk, { account: ALTS, ...eth(0.01) })).toBe('limit.concentration');
});

test('limit.orderValue at the index, limit.orderRate by the minute of the clock', () => {
  const desk = limited({ orderUsd: usd(60_000), ordersPerMinute: 3 });
  expect(codeOf(desk, { sizeLots: 10_001, priceTicks: 590_000 })).toBe('limit.orderValue');
  const orderId = Desk.orderId(desk.place(btc(1)));
  const stop = { type: 2, timeInForce: 1, triggerTicks: 610_000, priceTicks: 0 } as const;
  expect(codeOf(desk, { ...stop, sizeLots: 10_001 })).toBe('limit.orderValue');
  const parked = Desk.orderId(desk.place({ account: ALTS, ...stop }));
  const amend = { kind: 'AmendOrder', account: BASIS, orderId, triggerTicks: 0 } as const;
  desk.accept({ ...amend, priceTicks: 590_000, sizeLots: 0 });
  const late = { kind: 'AmendOrder', account: ALTS, orderId: parked, sizeLots: 0, priceTicks: 0 } as const;
  for (const run of [
    () => desk.place(btc(0.1)),
    () => desk.place({ account: ALTS, ...stop }),
    () => desk.run({ ...amend, priceTicks: 591_000, sizeLots: 0 }),
    () => desk.run({ ...late, triggerTicks: 611_000 }),
  ]) {
    run();
    expect(desk.code).toBe('limit.orderRate');
  }
  // One that shrinks is no order, and a cancel never is.
  desk.accept({ ...amend, priceTicks: 0, sizeLots: 9_000 });
  desk.accept({ kind: 'CancelAll', account: BASIS, instrument: BTC });
  desk.wait(60_000).prices({ 0: 60_000 });
  expect(codeOf(desk, btc(0.1))).toBeUndefined();
});

test('limit.instrument: only what is named may be traded; coins may be sold', () => {
  const desk = openDesk();
  const bitcoin = list(desk, spot());
  desk.prices({ 0: 60_000, 1: 3_000 });
  limit(desk, MACRO, { underlyings: ['BTC', 'SOL'], kinds: ['perpetual'] });
  expect(codeOf(desk, eth(1))).toBe('limit.instrument');
  expect(codeOf(desk, { instrument: bitcoin, priceTicks: 590_000 })).toBe('limit.instrument');
  expect(codeOf(desk, { instrument: bitcoin, ...SELL })).toBeUndefined();
  expect(codeOf(desk, { instrument: SOL, priceTicks: 150_000, sizeLots: 1_000 })).toBeUndefined();
});

test('an option counts as its coins, and a put against them', () => {
  const desk = openDesk();
  const put = list(desk, option(60_000, OptionType.put));
  desk.accept(surface());
  desk.prices({ 0: 60_000 });
  limit(desk, MACRO, { netUsd: usd(60_000) });
  expect(codeOf(desk, btc(1))).toBeUndefined();
  expect(codeOf(desk, { instrument: put, priceTicks: 100, sizeLots: 101 })).toBe('limit.net');
  expect(codeOf(desk, { instrument: put, priceTicks: 100, sizeLots: 100 })).toBeUndefined();
});

test('a soft limit asks for an approval, with it the order passes; a hard one above is named first', () => {
  const one: NodeLimits = {
    grossUsd: 0,
    netUsd: 0,
    orderUsd: 0,
    ordersPerMinute: 0,
    concentrationPpm: 0,
    kinds: [],
    classes: [{ class: 'bitcoin', grossUsd: 0, netUsd: 0 }],
    assets: [{ underlying: 'BTC', grossUsd: 0, netUsd: 0 }],
  };
  const { grossUsd, netUsd, orderUsd, ordersPerMinute, concentrationPpm, kinds } = one;
  const cases: [string, NodeLimits][] = [
    ['limit.softInstrument', { kinds }],
    ['limit.softOrderValue', { orderUsd }],
    ['limit.softOrderRate', { ordersPerMinute }],
    ['limit.softAssetGross', { assets: [{ underlying: 'BTC', grossUsd: 0 }] }],
    ['limit.softAssetNet', { assets: [{ underlying: 'BTC', netUsd: 0 }] }],
    ['limit.softClassGross', { classes: [{ class: 'bitcoin', grossUsd: 0 }] }],
    ['limit.softClassNet', { classes: [{ class: 'bitcoin', netUsd: 0 }] }],
    ['limit.softGross', { grossUsd }],
    ['limit.softNet', { netUsd }],
    ['limit.softConcentration', { concentrationPpm }],
  ];
  const desk = openDesk();
  const { intent } = desk.engine;
  const hardCode = (code: string) => `limit.${code.charAt(10).toLowerCase()}${code.slice(11)}`;
  for (const [code, soft] of cases) {
    limit(desk, MACRO, {}, soft);
    expect(codeOf(desk, {})).toBe(code);
    limit(desk, ROOT, soft);
    expect(codeOf(desk, {})).toBe(hardCode(code));
    limit(desk, ROOT, {});
    intent.isApproved = true;
    expect(codeOf(desk, {})).toBeUndefined();
    intent.isApproved = false;
    desk.accept({ kind: 'CancelAll', account: BASIS, instrument: BTC });
  }
});

test('the order of the refusals: behind the caps, before margin, each in its place', () => {
  const order = [
    ['limit.instrument', { kinds: [] }],
    ['limit.orderValue', { orderUsd: 0 }],
    ['limit.orderRate', { ordersPerMinute: 0 }],
    ['limit.assetGross', { assets: [{ underlying: 'BTC', grossUsd: 0, netUsd: 0 }] }],
    ['limit.assetNet', { assets: [{ underlying: 'BTC', netUsd: 0 }] }],
    ['limit.classGross', { classes: [{ class: 'bitcoin', grossUsd: 0, netUsd: 0 }] }],
    ['limit.classNet', { classes: [{ class: 'bitcoin', netUsd: 0 }] }],
    ['limit.gross', { grossUsd: 0 }],
    ['limit.net', { netUsd: 0 }],
    ['limit.concentration', { concentrationPpm: 0 }],
  ] as [string, NodeLimits][];
  const desk = openDesk();
  const dollars = { kind: 'Transfer', from: BASIS, to: VOL, asset: 'USDC', amount: usd(5_000_000) } as const;
  desk.accept({ kind: 'Propose', firm: FIRM, action: dollars });
  for (const [at, [code]] of order.entries()) {
    limit(
      desk,
      MACRO,
      Object.assign(
        {},
        ...order
          .slice(at)
          .reverse()
          .map(([, limits]) => limits),
      ),
    );
    expect(codeOf(desk, btc(400))).toBe(code);
    expect(codeOf(desk, btc(500))).toBe('cap.ownerShare');
  }
  limit(desk, MACRO, {});
  expect(codeOf(desk, btc(400))).toBe('margin.initialInsufficient');
});

test('a scale is judged as a whole, and a trigger when it fires', () => {
  const desk = limited({ grossUsd: usd(60_000) });
  const scale = {
    kind: 'PlaceScale',
    account: BASIS,
    instrument: BTC,
    side: 1,
    selfTrade: 1,
    flags: 0,
    fromTicks: 610_000,
    toTicks: 611_000,
    count: 4,
    sizeRatioMilli: 1_000,
    clientId0: 0,
    clientId1: 0,
    clientId2: 0,
    clientId3: 0,
  } as const;
  desk.run({ ...scale, sizeLots: 10_004 });
  expect(desk.code).toBe('limit.gross');
  const stop = { type: 2, timeInForce: 1, triggerTicks: 605_000, priceTicks: 0 } as const;
  expect(codeOf(desk, { ...stop, ...btc(2) })).toBeUndefined();
  desk.place({ account: MAKER, ...SELL, priceTicks: 605_000, ...btc(3) });
  const fired = desk.wait(1_000).prices({ 0: 60_600 });
  expect(all(fired, 'OrderCancelled')).toMatchObject([{ account: BASIS, remainingLots: 20_000 }]);
  checkInvariants(desk.engine.state);
});

test('a move brings an account under what holds there, and what it has counts at once', () => {
  const desk = limited({ grossUsd: usd(60_000) });
  desk.place({ account: VOL, priceTicks: 590_000, ...btc(2) });
  const node = desk.engine.state.accounts.columns.node[VOL]!;
  const move = (parent: number) =>
    desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'MoveNode', node, parent } });
  move(MACRO);
  expect(codeOf(desk, { sizeLots: 1_000 })).toBe('limit.gross');
  const opened = desk.accept({ kind: 'OpenPot', account: BASIS, underlying: 'BTC', label: 'Pot' });
  const pot = only(opened, 'PotOpened').account;
  desk.accept({ kind: 'MoveCollateral', from: BASIS, to: pot, asset: 'USDC', amount: usd(1_000_000) });
  expect(codeOf(desk, { account: pot, sizeLots: 1_000 })).toBe('limit.gross');
  move(VOLATILITY);
  expect(codeOf(desk, { account: pot, sizeLots: 1_000 })).toBeUndefined();
});

test('limits that are tried out leave no trace, and saved ones come back', () => {
  const desk = limited({ grossUsd: usd(600_000) });
  desk.place(btc(3));
  const { state } = desk.engine;
  const before = stateHash(state);
  for (const limits of [EMPTY, { soft: { netUsd: 5 }, hard: { grossUsd: 1 } }])
    for (const node of [ROOT, MACRO])
      desk.tryOut({ kind: 'Propose', firm: FIRM, action: { kind: 'SetLimits', node, limits } });
  expect(stateHash(state)).toBe(before);
  const restored = restoreState(saveState(state));
  expect(stateHash(restored.state)).toBe(before);
  const fork = new Desk(restored);
  fork.timeMs = desk.timeMs;
  expect(codeOf(fork, btc(8))).toBe('limit.gross');
});

test('a preview says which limit refuses', () => {
  const desk = limited({ grossUsd: usd(600_000) });
  const look = (coins: number) => previewOrders(desk.engine, 0, [{ ...ORDER, ...btc(coins) }]).refusal?.code;
  expect([look(10), look(11)]).toEqual([undefined, 'limit.gross']);
});
