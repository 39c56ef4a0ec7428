// Goal: several moves are one change: what they lead to together is judged, and nothing is left of one that is refused.
// How: the sandbox's subaccounts, moves that no account could bear alone, and each refusal with the part it is of.
import { expect, test } from 'vitest';
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
import type { ChangePart, PortPosition, Transfer } from '../../protocol/commands/actions.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { positionLots } from '../accounts/positions.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { OUTSIDE, USDC } from '../ledger/systemAccounts.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { accountViewOf } from '../views/account.ts';

const USD = 1e6;
const FIRM = 1;

function move(usd: number, from = BASIS, to = ALTS): Transfer {
  return { kind: 'Transfer', from, to, asset: 'USDC', amount: usd * USD };
}

function port(lots: number, from = BASIS, to = ALTS, instrument = BTC): PortPosition {
  return { kind: 'PortPosition', from, to, instrument, lots, priceTicks: 0 };
}

function run(desk: Desk, ...parts: ChangePart[]): EngineEvent[] {
  return desk.run({ kind: 'Propose', firm: FIRM, action: { kind: 'ChangeSet', parts } });
}

/** Why it is refused and by which part, once it is sure that nothing of it was done. */
function refusalOf(desk: Desk, ...parts: ChangePart[]): [string | undefined, number, number] {
  const before = stateBesideTime(desk);
  const events = run(desk, ...parts);
  expect(stateBesideTime(desk)).toEqual(before);
  expect(events.map(({ kind }) => kind)).toEqual(['CommandApplied', 'ChangeSetRefused']);
  const { part, account } = only(events, 'ChangeSetRefused');
  return [desk.code, part, account];
}

/** Everything moves may change, without what counts commands. */
function stateBesideTime({ engine: { state } }: Desk): unknown {
  const { positions, accounts, reaches, exposures, nodes, limitedNodes } = state;
  const tables = [positions, accounts, reaches, exposures, nodes, limitedNodes].map(({ columns }) =>
    Object.values(columns).map((column) => [...column.subarray(0, 400)]),
  );
  const cash = Array.from({ length: 40 }, (_, account) =>
    [0, 1, 2].map((asset) => balanceOf(state, account, asset)),
  );
  return [tables, cash];
}

function equityOf(desk: Desk, account: number): number {
  return accountViewOf(desk.engine, account).margin.equityUsd;
}

/** Positive lots buy from the first participant. */
function trade(desk: Desk, account: number, lots: number, instrument = BTC, priceTicks = 600_000): void {
  const size = { sizeLots: Math.abs(lots), instrument, priceTicks };
  desk.place({ account: MAKER, side: lots > 0 ? 1 : 0, ...size });
  desk.place({ account, side: lots > 0 ? 0 : 1, ...size });
  expect(desk.code).toBeUndefined();
}

/** Five hundred bitcoin on an account that owns five million dollars and 25 of them. */
function loadedDesk(): Desk {
  const desk = openDesk();
  raiseOwnerCap(desk);
  trade(desk, BASIS, 5_000_000);
  return desk;
}

test('two moves that are only possible together pass: the money goes with the risk', () => {
  const desk = loadedDesk();
  const { state } = desk.engine;
  // All its dollars leave with nearly all it holds: either alone leaves somebody short.
  const [money, risk] = [move(4_900_000), port(4_900_000)] as const;
  const broke = loadedDesk();
  run(broke, move(4_900_000, ALTS, VOL), move(1, VOL, BASIS));
  expect(broke.code).toBeUndefined();
  for (const alone of [money, risk]) {
    broke.run({ kind: 'Propose', firm: FIRM, action: alone });
    expect(broke.code).toBe('margin.initialInsufficient');
  }
  run(broke, money, risk);
  expect(broke.code).toBeUndefined();
  const before = [BASIS, ALTS].map((account) => equityOf(desk, account));
  const events = run(desk, money, risk);
  expect(desk.code).toBeUndefined();
  expect(all(events, 'CollateralTransferred')).toHaveLength(1);
  expect(all(events, 'PositionPorted')).toHaveLength(2);
  expect(all(events, 'Traded')).toEqual([]);
  expect(positionLots(state, BASIS, BTC)).toBe(100_000);
  expect(positionLots(state, ALTS, BTC)).toBe(4_900_000);
  expect(equityOf(desk, BASIS)).toBe(before[0]! - 4_900_000 * USD);
  expect(equityOf(desk, ALTS)).toBe(before[1]! + 4_900_000 * USD);
  checkInvariants(state);
});

test('margin is judged after the last part, in whichever order the parts stand', () => {
  for (const parts of [
    [move(4_900_000), port(4_900_000)],
    [port(4_900_000), move(4_900_000)],
  ]) {
    const desk = loadedDesk();
    run(desk, ...parts);
    expect(desk.code).toBeUndefined();
  }
});

test('margin names the part since which an account was short to the end, not one that was made good', () => {
  const desk = loadedDesk();
  const { movableUsd } = accountViewOf(desk.engine, BASIS);
  const all4 = { ...move(0), amount: movableUsd };
  // The first leaves nothing free and the second gives it back: it is the third that breaks it.
  const [, made, broken] = [all4, move(1_000, ALTS, BASIS), { ...move(2_000, BASIS, VOL) }];
  expect(refusalOf(desk, all4, made!, broken!)).toEqual(['margin.initialInsufficient', 3, BASIS]);
  // Short from the first on; what comes back later is not enough.
  const tooMuch = { ...all4, amount: movableUsd + 2 * USD };
  expect(refusalOf(desk, tooMuch, move(1, ALTS, BASIS), move(5, ALTS, VOL))).toEqual([
    'margin.initialInsufficient',
    1,
    BASIS,
  ]);
  run(desk, tooMuch, move(2, ALTS, BASIS));
  expect(desk.code).toBeUndefined();
});

test('who only receives collateral is asked for no margin, however short it is', () => {
  const desk = loadedDesk();
  const { movableUsd } = accountViewOf(desk.engine, BASIS);
  run(desk, { ...move(0), amount: movableUsd }, move(1, VOL, ALTS));
  desk.wait(3_000).prices({ 0: 59_000 });
  expect(accountViewOf(desk.engine, BASIS).margin.freeUsd).toBeLessThan(0);
  run(desk, move(1, ALTS, BASIS), move(1, VOL, BASIS));
  expect(desk.code).toBeUndefined();
});

test('coins and lots are there when a part takes them: what a part before it brought counts', () => {
  const desk = openDesk();
  trade(desk, BASIS, 30_000);
  const { state } = desk.engine;
  expect(refusalOf(desk, port(5_000, ALTS, VOL), port(5_000, BASIS, ALTS))).toEqual([
    'position.insufficient',
    1,
    -1,
  ]);
  run(desk, port(5_000, BASIS, ALTS), port(5_000, ALTS, VOL));
  expect(desk.code).toBeUndefined();
  expect([BASIS, ALTS, VOL].map((account) => positionLots(state, account, BTC))).toEqual([25_000, 0, 5_000]);
  const has = balanceOf(state, ALTS, USDC) / USD;
  expect(refusalOf(desk, move(has + 1, ALTS, VOL), move(1, BASIS, ALTS))).toEqual([
    'balance.insufficient',
    1,
    -1,
  ]);
  run(desk, move(1, BASIS, ALTS), move(has + 1, ALTS, VOL));
  expect(desk.code).toBeUndefined();
});

test('a place of the tree goes with what its accounts are given, or nothing of both is done', () => {
  const desk = openDesk();
  const { columns } = desk.engine.state.nodes;
  const nodeOf = (account: number) => desk.engine.state.accounts.columns.node[account]!;
  const [alts, vol] = [nodeOf(ALTS), nodeOf(VOL)];
  const [macro, volatility] = [columns.parent[alts]!, columns.parent[vol]!];
  const goes = (node: number, parent: number): ChangePart => ({ kind: 'MoveNode', node, parent });
  // The tree is as it was, too, where what comes after is refused.
  expect(refusalOf(desk, goes(alts, volatility), move(5_000_001))).toEqual(['balance.insufficient', 2, -1]);
  expect(columns.parent[alts]).toBe(macro);
  const cases: [string, ChangePart][] = [
    ['node.unknown', goes(900, macro)],
    ['node.isRoot', goes(0, macro)],
    ['node.notGroup', goes(alts, vol)],
    ['node.circular', goes(macro, macro)],
  ];
  for (const [code, part] of cases) expect(refusalOf(desk, move(1), part)).toEqual([code, 2, -1]);
  const before = balanceOf(desk.engine.state, ALTS, USDC);
  const events = run(desk, goes(alts, volatility), move(1_000, BASIS, ALTS));
  expect([desk.code, only(events, 'NodeMoved')]).toMatchObject([
    undefined,
    { node: alts, parent: volatility },
  ]);
  expect(columns.parent[alts]).toBe(volatility);
  expect(balanceOf(desk.engine.state, ALTS, USDC)).toBe(before + 1_000 * USD);
  checkInvariants(desk.engine.state);
  const { state } = desk.engine;
  expect(stateHash(restoreState(saveState(state)).state)).toBe(stateHash(state));
});

test('change.countInvalid: 2 to 16 parts, and none of them is looked at before', () => {
  const desk = openDesk();
  const one = move(1);
  for (const count of [0, 1, 17, 40]) {
    const events = run(desk, ...Array<ChangePart>(count).fill(one));
    expect([desk.code, count]).toEqual(['change.countInvalid', count]);
    expect(all(events, 'ChangeSetRefused')).toEqual([]);
  }
  for (const count of [2, 16]) {
    const events = run(desk, ...Array<ChangePart>(count).fill(one));
    expect([desk.code, all(events, 'CollateralTransferred').length]).toEqual([undefined, count]);
  }
});

test('what a part is refused for alone refuses the set, with its number, wherever it stands', () => {
  const desk = openDesk();
  trade(desk, BASIS, 30_000);
  trade(desk, VOL, -10_000, ETH, 300_000);
  const archived = only(
    desk.accept({
      kind: 'Propose',
      firm: FIRM,
      action: { kind: 'OpenNode', parent: 1, label: 'Gone', isAccount: true },
    }),
    'NodeOpened',
  );
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'ArchiveNode', node: archived.node } });
  const frozen = desk.engine.state.accounts.columns.node[ALTS]!;
  const cases: [string, ChangePart][] = [
    ['account.unknown', move(1, BASIS, 900)],
    ['account.unknown', move(1, BASIS, OUTSIDE)],
    ['account.unknown', port(1, BASIS, 8.5)],
    ['move.sameAccount', move(1, BASIS, BASIS)],
    ['move.sameAccount', port(1, VOL, VOL, ETH)],
    ['move.foreignAccount', move(1, MAKER, BASIS)],
    ['node.archived', move(1, BASIS, archived.account)],
    ['asset.unknown', { ...move(1), asset: 'XAU' }],
    ['amount.invalid', move(0)],
    ['balance.insufficient', move(5_000_001)],
    ['instrument.unknown', port(1, BASIS, ALTS, 900)],
    ['order.sizeZero', port(0)],
    ['position.insufficient', port(30_001)],
    ['order.priceOutOfBand', { ...port(1), priceTicks: 900_000 }],
  ];
  const fine: ChangePart[] = [move(1, BASIS, VOL), port(10, BASIS, VOL), port(10, VOL, BASIS, ETH)];
  for (const [code, part] of cases) {
    for (let at = 0; at <= fine.length; at++) {
      const parts = fine.toSpliced(at, 0, part);
      expect(refusalOf(desk, ...parts)).toEqual([code, at + 1, -1]);
    }
  }
  desk.accept({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'SetNodeState', node: frozen, state: 'frozen' },
  });
  expect(refusalOf(desk, ...fine, port(10))).toEqual(['node.frozen', 4, -1]);
  desk.accept({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'SetNodeState', node: frozen, state: 'reduceOnly' },
  });
  expect(refusalOf(desk, port(10), ...fine)).toEqual(['node.reduceOnly', 1, -1]);
  desk.wait(60_000);
  expect(refusalOf(desk, move(1, ALTS, VOL), port(10, BASIS, VOL))).toEqual(['oracle.stale', 2, -1]);
});

test('a set that is applied and taken back leaves no trace', () => {
  const desk = openDesk();
  trade(desk, BASIS, 30_000);
  const before = stateHash(desk.engine.state);
  const action = { kind: 'ChangeSet', parts: [port(20_000), move(100_000), port(5_000, ALTS, VOL)] } as const;
  desk.tryOut({ kind: 'Propose', firm: FIRM, action: { ...action, parts: [...action.parts] } });
  expect(desk.code).toBeUndefined();
  expect(stateHash(desk.engine.state)).toBe(before);
});
