// Goal: a port changes who holds a position and nothing else: lots, cost and cash are the same in sum, and neither side
// gains at the mark. How: the sandbox's firm and its makers, every kind of position, each refusal alone.
import { expect, test } from 'vitest';
import {
  approachExpiry,
  CALL,
  EXPIRY_MS,
  FUTURE,
  future,
  list,
  openContractDesk,
  SPOT,
} from '../../lab/fixtures/contracts.ts';
import {
  ALTS,
  all,
  BASIS,
  BTC,
  type Desk,
  ETH,
  MAKER,
  OTHER,
  only,
  openDesk,
  raiseOwnerCap,
  VOL,
} from '../../lab/fixtures/desk.ts';
import type { PortPosition } from '../../protocol/commands/actions.ts';
import { LedgerReason, OrderFlag } from '../../protocol/enums.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { CLEARING, USDC } from '../ledger/systemAccounts.ts';
import { stateHash } from '../snapshot.ts';
import { accountViewOf } from '../views/account.ts';

const USD = 1e6;
const FIRM = 1;
const PORT: PortPosition = {
  kind: 'PortPosition',
  from: BASIS,
  to: ALTS,
  instrument: BTC,
  lots: 10_000,
  priceTicks: 0,
};

function port(desk: Desk, terms: Partial<PortPosition> = {}, firm = FIRM): EngineEvent[] {
  return desk.run({ kind: 'Propose', firm, action: { ...PORT, ...terms } });
}

function codeOf(desk: Desk, terms: Partial<PortPosition>, firm = FIRM): string | undefined {
  const events = port(desk, terms, firm);
  if (desk.code !== undefined) expect(events.map(({ kind }) => kind)).toEqual(['CommandApplied']);
  return desk.code;
}

/** Trades with the first participant: positive lots buy. */
function trade(
  desk: Desk,
  account: number,
  lots: number,
  terms: { instrument?: number; priceTicks?: number } = {},
): void {
  const size = { sizeLots: Math.abs(lots), ...terms };
  desk.place({ account: MAKER, side: lots > 0 ? 1 : 0, ...size });
  desk.place({ account, side: lots > 0 ? 0 : 1, ...size });
  expect(desk.code).toBeUndefined();
}

function equityOf(desk: Desk, account: number): number {
  return accountViewOf(desk.engine, account).margin.equityUsd;
}

function cashOf(desk: Desk, account: number): number {
  return balanceOf(desk.engine.state, account, USDC);
}

/** Long 3 BTC at 60 000, since when it has risen to 61 000. */
function risenDesk(): Desk {
  const desk = openDesk();
  trade(desk, BASIS, 30_000);
  desk.wait(3_000).prices({ 0: 61_000 });
  return desk;
}

test('at the mark a part goes with its cost, its gain is paid for, and neither side’s equity changes', () => {
  const desk = risenDesk();
  const { state } = desk.engine;
  const mark = state.instruments.columns.mark[BTC]!;
  const gain = 10_000 * mark - 60_000 * USD;
  const before = { basis: equityOf(desk, BASIS), alts: equityOf(desk, ALTS), cash: cashOf(desk, ALTS) };
  const [lastTicks, volume] = [
    state.instruments.columns.lastTicks[BTC],
    state.firmVolumes.columns.usd.slice(),
  ];
  const events = port(desk);
  expect(desk.code).toBeUndefined();
  expect(all(events, 'PositionPorted')).toMatchObject([
    {
      account: BASIS,
      otherAccount: ALTS,
      lots: -10_000,
      usdPerLot: mark,
      entryValue: -60_000 * USD,
      paid: gain,
      realizedPnl: 0,
      positionLots: 20_000,
      positionEntryValue: 120_000 * USD,
    },
    {
      account: ALTS,
      otherAccount: BASIS,
      lots: 10_000,
      usdPerLot: mark,
      entryValue: 60_000 * USD,
      paid: -gain,
      realizedPnl: 0,
      positionLots: 10_000,
      positionEntryValue: 60_000 * USD,
    },
  ]);
  const { portedPnl: reason } = LedgerReason;
  expect(only(events, 'LedgerPosted')).toMatchObject({
    debitAccount: ALTS,
    creditAccount: BASIS,
    amount: gain,
    reason,
    instrument: BTC,
  });
  expect([equityOf(desk, BASIS), equityOf(desk, ALTS)]).toEqual([before.basis, before.alts]);
  expect(cashOf(desk, ALTS)).toBe(before.cash - gain);
  // No print, no fee, no volume.
  expect(state.instruments.columns.lastTicks[BTC]).toBe(lastTicks);
  expect(state.firmVolumes.columns.usd).toEqual(volume);
  checkInvariants(state);
});

test('a losing short position goes to another owner: who gives it pays the loss, at the agreed price', () => {
  const desk = openDesk();
  trade(desk, BASIS, -30_000);
  desk.wait(3_000).prices({ 0: 61_000 });
  const mark = desk.engine.state.instruments.columns.mark[BTC]!;
  const before = [BASIS, MAKER].map((account) => equityOf(desk, account));
  const held = positionLots(desk.engine.state, OTHER, BTC);
  const events = port(desk, { to: OTHER, lots: 30_000, priceTicks: 610_500 });
  expect(desk.code).toBeUndefined();
  const [gave, took] = all(events, 'PositionPorted');
  // Sold at 60 000 and worth 61 050 a coin by agreement.
  expect(gave).toMatchObject({
    lots: 30_000,
    paid: -3 * 1_050 * USD,
    positionLots: 0,
    positionEntryValue: 0,
  });
  expect(took).toMatchObject({ account: OTHER, lots: -30_000, positionLots: held - 30_000 });
  const gained = 30_000 * (mark - 610_500 * 10);
  expect(equityOf(desk, BASIS)).toBe(before[0]! + gained);
  checkInvariants(desk.engine.state);
});

test('what meets an opposite position closes it: profit is booked there, cost and booked profit sum to the same', () => {
  const desk = risenDesk();
  const { state } = desk.engine;
  trade(desk, ALTS, -20_000, { priceTicks: 612_000 });
  const cleared = cashOf(desk, CLEARING);
  const before = [BASIS, ALTS].map((account) => equityOf(desk, account));
  const [, closed] = all(port(desk, { lots: 15_000 }), 'PositionPorted');
  // Sold at 61 200, closed by what was bought at 60 000.
  expect(closed).toMatchObject({
    realizedPnl: 1.5 * 1_200 * USD,
    positionLots: -5_000,
    positionEntryValue: -0.5 * 61_200 * USD,
  });
  expect(cashOf(desk, CLEARING)).toBe(cleared - 1.5 * 1_200 * USD);
  const [, turned] = all(port(desk, { lots: 15_000 }), 'PositionPorted');
  expect(turned).toMatchObject({
    realizedPnl: 0.5 * 1_200 * USD,
    positionLots: 10_000,
    positionEntryValue: 60_000 * USD,
  });
  expect([BASIS, ALTS].map((account) => equityOf(desk, account))).toEqual(before);
  expect(positionLots(state, BASIS, BTC)).toBe(0);
  checkInvariants(state);
});

test('futures and options move like perpetuals, spot leaves no position, and what has expired stays', () => {
  const desk = openContractDesk();
  for (const instrument of [FUTURE, CALL]) {
    const { mark, usdPerTickLot } = desk.engine.state.instruments.columns;
    const priceTicks = Math.round(mark[instrument]! / usdPerTickLot[instrument]!);
    trade(desk, BASIS, 10, { instrument, priceTicks });
    trade(desk, BASIS, instrument === CALL ? -25 : 10, { instrument, priceTicks });
    expect(codeOf(desk, { instrument, lots: 5, to: VOL })).toBeUndefined();
    expect(positionLots(desk.engine.state, VOL, instrument)).toBe(instrument === CALL ? -5 : 5);
  }
  expect(codeOf(desk, { instrument: SPOT, lots: 1 })).toBe('position.insufficient');
  checkInvariants(desk.engine.state);
  const late = openDesk();
  const dated = list(late, future());
  late.timeMs = EXPIRY_MS - 32 * 60_000;
  late.prices({ 0: 60_000 });
  trade(late, BASIS, 10, { instrument: dated });
  approachExpiry(late, () => 60_000);
  late.timeMs = EXPIRY_MS;
  expect(codeOf(late, { instrument: dated, lots: 5 })).toBe('instrument.expired');
});

test('each side pays funding for the samples it held through', () => {
  const desk = openDesk();
  trade(desk, BASIS, 10_000);
  const pass = (ms: number): EngineEvent[] => {
    const events: EngineEvent[] = [];
    for (const end = desk.timeMs + ms; desk.timeMs < end; ) {
      desk.wait(5_000).prices({ 0: 60_000 });
      events.push(...desk.run({ kind: 'Tick' }));
    }
    return events;
  };
  pass(1_800_000);
  port(desk);
  expect(desk.code).toBeUndefined();
  const paid = all(pass(1_810_000), 'FundingPaid').filter(({ instrument }) => instrument === BTC);
  const samples = Object.fromEntries(paid.map(({ account, lotSamples }) => [account, lotSamples / 10_000]));
  expect(samples[BASIS]! + samples[ALTS]!).toBe(-samples[MAKER]!);
  expect(samples[BASIS]).toBeGreaterThan(350);
  expect(samples[ALTS]).toBeGreaterThan(350);
  checkInvariants(desk.engine.state);
});

test('reduce-only orders that are left without their position end when they would trade', () => {
  const desk = openDesk();
  trade(desk, BASIS, 10_000);
  desk.place({ side: 1, priceTicks: 600_100, flags: OrderFlag.reduceOnly });
  port(desk, { lots: 7_000 });
  const events = desk.place({ account: MAKER, priceTicks: 600_100, sizeLots: 10_000, timeInForce: 1 });
  expect(all(events, 'Traded')).toMatchObject([{ lots: 3_000 }]);
  expect(all(events, 'OrderCancelled')).toContainEqual(
    expect.objectContaining({ account: BASIS, remainingLots: 7_000 }),
  );
  expect(positionLots(desk.engine.state, BASIS, BTC)).toBe(0);
  checkInvariants(desk.engine.state);
});

test('refusals that look at the terms, each alone', () => {
  const desk = risenDesk();
  const opened = desk.accept({ kind: 'OpenPot', account: ALTS, underlying: 'ETH', label: 'Pot' });
  const pot = only(opened, 'PotOpened').account;
  const cases: [string, Partial<PortPosition>][] = [
    ['account.unknown', { from: 3 }],
    ['account.unknown', { to: 900 }],
    ['move.sameAccount', { to: BASIS }],
    ['move.foreignAccount', { from: MAKER }],
    ['instrument.unknown', { instrument: 99 }],
    ['instrument.unknown', { instrument: -1 }],
    ['pot.otherUnderlying', { to: pot }],
    ['order.sizeZero', { lots: 0 }],
    ['order.sizeZero', { lots: 1.5 }],
    ['position.insufficient', { lots: 30_001 }],
    ['position.insufficient', { instrument: ETH, lots: 1 }],
    ['order.priceInvalid', { priceTicks: -1 }],
    ['order.priceInvalid', { priceTicks: 0.5 }],
    ['order.priceOutOfBand', { priceTicks: 700_000 }],
  ];
  for (const [code, terms] of cases) expect([codeOf(desk, terms), terms]).toEqual([code, terms]);
  desk.wait(60_000);
  expect(codeOf(desk, {})).toBe('oracle.stale');
  checkInvariants(desk.engine.state);
});

test('margin.initialInsufficient: both sides must cover initial margin, and a refused port leaves no trace', () => {
  const desk = openDesk();
  trade(desk, BASIS, 1_000_000);
  // A receiver that owns too little.
  const { state } = desk.engine;
  desk.accept({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'Transfer', from: ALTS, to: VOL, asset: 'USDC', amount: 5_000_000 * USD },
  });
  desk.accept({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'Transfer', from: ALTS, to: VOL, asset: 'ETH', amount: 299e8 },
  });
  const before = [stateHash(state).length, cashOf(desk, ALTS), positionLots(state, BASIS, BTC)];
  expect(codeOf(desk, { lots: 500_000 })).toBe('margin.initialInsufficient');
  expect([stateHash(state).length, cashOf(desk, ALTS), positionLots(state, BASIS, BTC)]).toEqual(before);
  // A giver whose open sales would then open a short position, and a larger one.
  const selling = openDesk();
  raiseOwnerCap(selling);
  trade(selling, BASIS, 3_000_000);
  selling.place({ side: 1, priceTicks: 620_000, sizeLots: 5_000_000 });
  const transfer = { kind: 'Transfer', from: BASIS, to: ALTS } as const;
  selling.accept({ kind: 'Propose', firm: FIRM, action: { ...transfer, asset: 'BTC', amount: 25e8 } });
  const { movableUsd } = accountViewOf(selling.engine, BASIS);
  selling.accept({ kind: 'Propose', firm: FIRM, action: { ...transfer, asset: 'USDC', amount: movableUsd } });
  expect(codeOf(selling, { lots: 3_000_000 })).toBe('margin.initialInsufficient');
  checkInvariants(selling.engine.state);
});

test('cap.ownerShare and cap.leverage hold for what a port brings, not for what it takes away', () => {
  const desk = openDesk();
  raiseOwnerCap(desk);
  trade(desk, BASIS, 5_000_000);
  desk.wait(1).accept({ kind: 'RegisterMarketMaker', firm: 1, capMultiple: 1 });
  // Within the owner nothing grows.
  expect(codeOf(desk, { lots: 1_000_000 })).toBeUndefined();
  const taker = desk.engine.state.directory.accounts.length - 1;
  expect(codeOf(desk, { to: taker, lots: 4_000_000 })).toBeUndefined();
  expect(codeOf(desk, { from: ALTS, to: taker, lots: 1_000_000 })).toBe('cap.ownerShare');
  desk.accept({ kind: 'SetLeverageCap', account: VOL, underlying: '', leverageMilli: 500 });
  expect(codeOf(desk, { from: ALTS, to: VOL, lots: 1_000_000 })).toBe('cap.leverage');
  expect(codeOf(desk, { from: ALTS, to: VOL, lots: 200_000 })).toBeUndefined();
  checkInvariants(desk.engine.state);
});

test('market.isolated: nothing grows by a port while its market stands alone, but it may shrink', () => {
  const desk = risenDesk();
  trade(desk, ALTS, -10_000, { priceTicks: 610_000 });
  // A move of more than two ranges within a minute.
  for (const usd of [55_000, 48_000, 42_000]) desk.wait(1_000).prices({ 0: usd });
  desk.accept({ kind: 'Tick' });
  expect(codeOf(desk, { to: VOL })).toBe('market.isolated');
  expect(codeOf(desk, { lots: 10_001 })).toBe('market.isolated');
  expect(codeOf(desk, { lots: 10_000 })).toBeUndefined();
  checkInvariants(desk.engine.state);
});

test('a frozen book takes nothing, one that may only reduce takes what reduces it; both may give', () => {
  const desk = risenDesk();
  trade(desk, ALTS, -10_000, { priceTicks: 610_000 });
  const node = desk.engine.state.accounts.columns.node[ALTS]!;
  const setState = (state: 'frozen' | 'reduceOnly') =>
    desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetNodeState', node, state } });
  setState('frozen');
  expect(codeOf(desk, { lots: 5_000 })).toBe('node.frozen');
  expect(codeOf(desk, { from: ALTS, to: VOL, lots: 1_000 })).toBeUndefined();
  setState('reduceOnly');
  expect(codeOf(desk, { lots: 9_001 })).toBe('node.reduceOnly');
  expect(codeOf(desk, { lots: 9_000 })).toBeUndefined();
  checkInvariants(desk.engine.state);
});

test('a port that is applied and taken back leaves no trace', () => {
  const desk = risenDesk();
  const before = stateHash(desk.engine.state);
  desk.tryOut({ kind: 'Propose', firm: FIRM, action: PORT });
  expect(stateHash(desk.engine.state)).toBe(before);
});
