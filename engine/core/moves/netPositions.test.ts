// Goal: crossing opposite positions changes nobody's equity and prints nothing. How: the sandbox's three subaccounts by
// hand, and random sizes against a plain twin in exact fractions.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../lab/house/propertySeed.ts';
import {
  ALTS,
  all,
  BASIS,
  BTC,
  Desk,
  ETH,
  MAKER,
  only,
  openDesk,
  raiseOwnerCap,
  VOL,
} from '../../lab/fixtures/desk.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { forkEngine, restoreState, saveState, stateHash } from '../snapshot.ts';
import { accountViewOf } from '../views/account.ts';
import { nettingShares } from './nettingShares.ts';

const FIRM = 1;

function act(desk: Desk, action: Action, firm = FIRM): EngineEvent[] {
  return desk.run({ kind: 'Propose', firm, action });
}

const rootOf = (desk: Desk, firm = FIRM) => desk.engine.state.firms.columns.root[firm]!;

function net(desk: Desk, instrument = BTC, node = rootOf(desk)): EngineEvent[] {
  return act(desk, { kind: 'NetPositions', node, instrument });
}

/** Trades with the first participant: positive lots buy. */
function trade(desk: Desk, account: number, lots: number, instrument = BTC, priceTicks = 600_000): void {
  const terms = { instrument, priceTicks, sizeLots: Math.abs(lots) };
  desk.place({ account: MAKER, side: lots > 0 ? 1 : 0, ...terms });
  desk.place({ account, side: lots > 0 ? 0 : 1, ...terms });
  expect(desk.code).toBeUndefined();
}

const lotsOf = (desk: Desk, instrument = BTC) =>
  [BASIS, ALTS, VOL].map((account) => positionLots(desk.engine.state, account, instrument));
const equityOf = (desk: Desk) =>
  [BASIS, ALTS, VOL].map((account) => accountViewOf(desk.engine, account).margin.equityUsd);

/** Two subaccounts long 3 and 1, one short 2, at 60 000; the mark is at 61 000. */
function crossDesk(): Desk {
  const desk = openDesk();
  trade(desk, BASIS, 30_000);
  trade(desk, ALTS, 10_000);
  trade(desk, VOL, -20_000);
  desk.wait(3_000).prices({ 0: 61_000 });
  return desk;
}

test('the smaller side goes whole, the larger pro rata, at the mark, and no equity changes', () => {
  const desk = crossDesk();
  const { state } = desk.engine;
  const mark = state.instruments.columns.mark[BTC]!;
  const before = equityOf(desk);
  const [volume, open] = [
    state.firmVolumes.columns.usd.slice(),
    state.instruments.columns.openInterest[BTC]!,
  ];
  const events = net(desk);
  expect(only(events, 'NettingDone')).toMatchObject({ lots: 20_000, usdPerLot: mark, accounts: 3 });
  expect(
    all(events, 'PositionNetted').map(({ account, lots, realizedPnl }) => [account, lots, realizedPnl]),
  ).toEqual([
    [BASIS, -15_000, 15_000 * (mark - 6_000_000)],
    [ALTS, -5_000, 5_000 * (mark - 6_000_000)],
    [VOL, 20_000, -20_000 * (mark - 6_000_000)],
  ]);
  expect(all(events, 'Traded')).toEqual([]);
  expect(lotsOf(desk)).toEqual([15_000, 5_000, 0]);
  expect(equityOf(desk)).toEqual(before);
  expect(state.firmVolumes.columns.usd).toEqual(volume);
  expect(state.instruments.columns.openInterest[BTC]).toBe(open - 20_000);
  checkInvariants(state);
});

test('only what is below the node is crossed, and pots stand apart', () => {
  const desk = crossDesk();
  const leaf = desk.engine.state.accounts.columns.node[BASIS]!;
  net(desk, BTC, leaf);
  expect(desk.code).toBe('netting.nothingToCross');
  const events = desk.accept({ kind: 'OpenPot', account: ALTS, underlying: 'ETH', label: 'Pot' });
  const pot = only(events, 'PotOpened').account;
  desk.accept({ kind: 'MoveCollateral', from: ALTS, to: pot, asset: 'USDC', amount: 1e12 });
  trade(desk, pot, 5_000, ETH, 300_000);
  trade(desk, VOL, -5_000, ETH, 300_000);
  net(desk, ETH);
  expect(desk.code).toBe('netting.nothingToCross');
});

test('a subaccount whose hedge it was is left out, and the rest is crossed', () => {
  const desk = openDesk();
  raiseOwnerCap(desk);
  trade(desk, BASIS, 2_000_000);
  trade(desk, VOL, -2_000_000);
  trade(desk, ALTS, 1_000_000);
  // Open sales of the second subaccount: without its position they would open a short one, and a larger one.
  desk.place({ account: ALTS, side: 1, priceTicks: 620_000, sizeLots: 2_000_000 });
  act(desk, { kind: 'Transfer', from: ALTS, to: BASIS, asset: 'ETH', amount: 300e8 });
  const { movableUsd } = accountViewOf(desk.engine, ALTS);
  act(desk, { kind: 'Transfer', from: ALTS, to: BASIS, asset: 'USDC', amount: movableUsd });
  expect(desk.code).toBeUndefined();
  const events = net(desk);
  expect(only(events, 'NettingDone')).toMatchObject({ lots: 2_000_000, accounts: 2 });
  expect(lotsOf(desk)).toEqual([0, 1_000_000, 0]);
  trade(desk, VOL, -500_000);
  const { movableUsd: rest } = accountViewOf(desk.engine, ALTS);
  act(desk, { kind: 'Transfer', from: ALTS, to: BASIS, asset: 'USDC', amount: rest });
  const refused = net(desk);
  expect(desk.code).toBe('margin.initialInsufficient');
  expect(refused.map(({ kind }) => kind)).toEqual(['CommandApplied']);
  checkInvariants(desk.engine.state);
});

test('refusals of NetPositions, each alone', () => {
  const desk = crossDesk();
  const codeOf = (instrument: number, node?: number) => {
    net(desk, instrument, node);
    return desk.code;
  };
  expect(codeOf(BTC, rootOf(desk, 2))).toBe('node.unknown');
  expect(codeOf(-1)).toBe('instrument.unknown');
  expect(codeOf(99)).toBe('instrument.unknown');
  expect(codeOf(ETH)).toBe('netting.nothingToCross');
  for (const usd of [55_000, 48_000, 42_000]) desk.wait(1_000).prices({ 0: usd });
  desk.accept({ kind: 'Tick' });
  expect(codeOf(BTC)).toBe('market.isolated');
  desk.wait(60_000);
  expect(codeOf(BTC)).toBe('oracle.stale');
});

test('shares are within a lot of their exact part, none passes its position, and both sides give up the same', () => {
  const sizes = fc.array(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(sizes, (positions) => {
      const shares = nettingShares(positions);
      const sideOf = (sign: number) =>
        positions.filter((lots) => lots * sign > 0).map((lots) => BigInt(Math.abs(lots)));
      const [long, short] = [1, -1].map((sign) => sideOf(sign).reduce((sum, lots) => sum + lots, 0n)) as [
        bigint,
        bigint,
      ];
      const crossed = [long, short].sort((a, b) => (a < b ? -1 : 1))[0]!;
      const given = { long: 0n, short: 0n };
      for (const [at, lots] of positions.entries()) {
        const share = BigInt(shares[at]!);
        const total = lots > 0 ? long : short;
        const size = BigInt(Math.abs(lots));
        expect(share >= 0n && share <= size).toBe(true);
        const off = share * total - crossed * size;
        expect(total === 0n || (off < total && off > -total)).toBe(true);
        given[lots > 0 ? 'long' : 'short'] += share;
      }
      expect(given).toEqual({ long: crossed, short: crossed });
    }),
    { numRuns: 300 },
  );
});

/** Prices and ticks four times a second for so long. */
function pass(desk: Desk, ms: number): EngineEvent[] {
  const events: EngineEvent[] = [];
  for (const end = desk.timeMs + ms; desk.timeMs < end; ) {
    desk.wait(5_000).prices({ 0: 61_000, 1: 3_000 });
    events.push(...desk.run({ kind: 'Tick' }));
  }
  return events;
}

const WINDOWS = ['NettingWindowStarted', 'NettingDone', 'NettingSkipped', 'NettingWindowEnded'];

test('a window opens at its minutes of the day, crosses an instrument a tick, says so and ends', () => {
  const desk = crossDesk();
  trade(desk, BASIS, 5_000, ETH, 300_000);
  trade(desk, ALTS, -3_000, ETH, 300_000);
  const node = rootOf(desk);
  const set = act(desk, { kind: 'SetNettingWindow', node, everyMinutes: 60, startMinuteUtc: 10 });
  const dueMs = desk.timeMs - (desk.timeMs % HOUR_MS) + 10 * MINUTE_MS;
  expect(only(set, 'NettingWindowSet')).toMatchObject({ node, everyMinutes: 60, startMinuteUtc: 10, dueMs });
  expect(pass(desk, 9 * MINUTE_MS).filter(({ kind }) => WINDOWS.includes(kind))).toEqual([]);
  const told = pass(desk, 2 * MINUTE_MS).filter(({ kind }) => WINDOWS.includes(kind));
  expect(told.map(({ kind }) => kind)).toEqual([
    'NettingWindowStarted',
    'NettingDone',
    'NettingDone',
    'NettingWindowEnded',
  ]);
  expect(only(told, 'NettingWindowEnded').nextDueMs).toBe(dueMs + HOUR_MS);
  expect(new Set(told.map(({ seq }) => seq)).size).toBe(3);
  expect([lotsOf(desk), lotsOf(desk, ETH)]).toEqual([
    [15_000, 5_000, 0],
    [2_000, 0, 0],
  ]);
  checkInvariants(desk.engine.state);
  const ended = act(desk, { kind: 'SetNettingWindow', node, everyMinutes: 0, startMinuteUtc: 0 });
  expect(only(ended, 'NettingWindowSet').everyMinutes).toBe(0);
  expect(pass(desk, HOUR_MS).filter(({ kind }) => WINDOWS.includes(kind))).toEqual([]);
  checkInvariants(desk.engine.state);
});

test('an instrument that cannot be crossed waits for the next window, and an event says why', () => {
  const desk = crossDesk();
  act(desk, { kind: 'SetNettingWindow', node: rootOf(desk), everyMinutes: 5, startMinuteUtc: 0 });
  desk.wait(6 * MINUTE_MS);
  const skipped = [desk.run({ kind: 'Tick' }), desk.run({ kind: 'Tick' })].flat();
  expect(only(skipped, 'NettingSkipped')).toMatchObject({ instrument: BTC, code: 310 });
  expect(lotsOf(desk)).toEqual([30_000, 10_000, -20_000]);
});

test('refusals of SetNettingWindow, each alone', () => {
  const desk = openDesk();
  const node = rootOf(desk);
  const leaf = desk.engine.state.accounts.columns.node[BASIS]!;
  const codeOf = (terms: { node?: number; everyMinutes?: number; startMinuteUtc?: number }) => {
    act(desk, { kind: 'SetNettingWindow', node, everyMinutes: 60, startMinuteUtc: 0, ...terms });
    return desk.code;
  };
  expect(codeOf({ node: rootOf(desk, 2) })).toBe('node.unknown');
  expect(codeOf({ node: leaf })).toBe('node.notGroup');
  act(desk, { kind: 'OpenNode', parent: node, label: 'Closed', isAccount: false });
  const closed = desk.engine.state.directory.nodes.length - 1;
  act(desk, { kind: 'ArchiveNode', node: closed });
  expect(codeOf({ node: closed })).toBe('node.archived');
  for (const everyMinutes of [1, 7, 1_441, -60, 7.5])
    expect(codeOf({ everyMinutes })).toBe('netting.windowInvalid');
  for (const startMinuteUtc of [-1, 1_440, 0.5])
    expect(codeOf({ startMinuteUtc })).toBe('netting.windowInvalid');
  expect(codeOf({ everyMinutes: 0 })).toBe('netting.windowUnknown');
  expect(codeOf({})).toBeUndefined();
  // Set again it is the same window with other times.
  expect(codeOf({ everyMinutes: 1_440 })).toBeUndefined();
  expect(codeOf({ everyMinutes: 0 })).toBeUndefined();
  checkInvariants(desk.engine.state);
});

test('an open window survives a snapshot, goes on in a fork, and is taken back whole', () => {
  const desk = crossDesk();
  const node = rootOf(desk);
  act(desk, { kind: 'SetNettingWindow', node, everyMinutes: 5, startMinuteUtc: 0 });
  pass(desk, 5 * MINUTE_MS - 5_000);
  desk.wait(5_000).prices({ 0: 61_000, 1: 3_000 });
  const before = stateHash(desk.engine.state);
  desk.tryOut({ kind: 'Tick' });
  desk.tryOut({ kind: 'Propose', firm: FIRM, action: { kind: 'NetPositions', node, instrument: BTC } });
  expect(stateHash(desk.engine.state)).toBe(before);
  expect(stateHash(restoreState(saveState(desk.engine.state)).state)).toBe(before);
  const fork = new Desk(forkEngine(desk.engine));
  fork.timeMs = desk.timeMs;
  expect(all(fork.run({ kind: 'Tick' }), 'NettingDone')).toHaveLength(1);
  expect(stateHash(desk.engine.state)).toBe(before);
  desk.run({ kind: 'Tick' });
  expect(stateHash(desk.engine.state)).toBe(stateHash(fork.engine.state));
});
