// Goal: whoever should be called is called once, at the level the account is at, and it stays known whether somebody has
// taken it on. How: the sandbox's firm; collateral is moved until maintenance margin is the share of equity a story needs.
import { expect, test } from 'vitest';
import { all, BASIS, type Desk, MAKER, only, openDesk, VOL } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Action, MarginCallLevel } from '../../protocol/commands/actions.ts';
import { Role } from '../../protocol/enums.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf } from '../ledger/post.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { requirementOf } from '../margin/requirement.ts';
import { highWater } from '../memory/table.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { marginCallOf } from '../views/marginCall.ts';
import { levelsAt } from './callLevels.ts';

const [ROOT, MACRO] = [0, 1];
const CALLED = [Role.trader, Role.portfolioManager];
const LEVELS: MarginCallLevel[] = [
  { ratioPpm: 300_000, roles: CALLED, prepare: 'nothing' },
  { ratioPpm: 500_000, roles: [...CALLED, Role.risk], prepare: 'transfer' },
];

function ratioOf({ engine }: Desk, account: number): number {
  return requirementOf(engine.risk.parameters(), engine.risk.portfolioOf(account)).ratioPpm;
}

function act(desk: Desk, action: Action): EngineEvent[] {
  return desk.accept({ kind: 'Propose', firm: FIRM, action });
}

/** Moves USDC until the account's maintenance margin is this share of its equity, and lets a tick look at it. */
function bring(desk: Desk, ratioPpm: number, account = BASIS): EngineEvent[] {
  const { equityUsd, maintenanceUsd } = requirementOf(
    desk.engine.risk.parameters(),
    desk.engine.risk.portfolioOf(account),
  );
  const amount = Math.round(equityUsd - (maintenanceUsd * 1e6) / ratioPpm);
  const [from, to] = amount > 0 ? [account, VOL] : [VOL, account];
  act(desk, { kind: 'Transfer', from, to, asset: 'USDC', amount: Math.abs(amount) });
  return look(desk);
}

function look(desk: Desk): EngineEvent[] {
  return desk.wait(250).accept({ kind: 'Tick' });
}

/** BASIS long ten BTC with nothing but dollars, at a mark that stays. */
function longDesk(): FirmDesk {
  const people = new FirmDesk();
  const { desk } = people;
  for (const [asset, name] of [
    [1, 'BTC'],
    [2, 'ETH'],
  ] as const) {
    const amount = balanceOf(desk.engine.state, BASIS, asset);
    if (amount > 0) act(desk, { kind: 'Transfer', from: BASIS, to: VOL, asset: name, amount });
  }
  desk.place({ account: MAKER, side: 1, sizeLots: 100_000 });
  desk.place({ sizeLots: 100_000 });
  expect(desk.code).toBeUndefined();
  return people;
}

test('an account is called once at each level it comes to, and eases five points under one', () => {
  const { desk } = longDesk();
  act(desk, { kind: 'SetMarginCalls', node: ROOT, levels: LEVELS });
  expect(all(bring(desk, 290_000), 'MarginCalled')).toEqual([]);
  const first = only(bring(desk, 320_000), 'MarginCalled');
  expect(first).toMatchObject({ call: 1, account: BASIS, level: 0 });
  expect(first.ratioPpm).toBeCloseTo(320_000, -2);
  expect(all(look(desk), 'MarginCalled')).toEqual([]);
  expect(only(bring(desk, 520_000), 'MarginCalled')).toMatchObject({ call: 1, level: 1 });
  expect(marginCallOf(desk.engine.state, BASIS)).toMatchObject({
    call: 1,
    level: 1,
    levelCount: 2,
    fromPpm: 500_000,
    endsPpm: 250_000,
    roles: LEVELS[1]!.roles,
    prepare: 'transfer',
    taken: null,
  });
  expect(marginCallOf(desk.engine.state, VOL)).toBeNull();
  expect(all(bring(desk, 455_000), 'MarginCallEased')).toEqual([]);
  expect(only(bring(desk, 445_000), 'MarginCallEased')).toMatchObject({ call: 1, level: 0 });
  expect(all(bring(desk, 255_000), 'MarginCallEnded')).toEqual([]);
  expect(only(bring(desk, 245_000), 'MarginCallEnded')).toMatchObject({ call: 1, account: BASIS });
  expect(only(bring(desk, 310_000), 'MarginCalled')).toMatchObject({ call: 2 });
});

test('who takes a call on is kept until it comes to a worse level', () => {
  const people = longDesk();
  const { desk } = people;
  act(desk, { kind: 'SetMarginCalls', node: ROOT, levels: LEVELS });
  bring(desk, 320_000);
  const trader = people.memberOf('trader');
  const taken = { kind: 'AcknowledgeMarginCall', call: 1, member: trader } as const;
  expect(only(people.ask('trader', taken), 'MarginCallAcknowledged')).toMatchObject({
    account: BASIS,
    member: trader,
  });
  expect(desk.engine.state.directory.calls[0]).toMatchObject({
    acknowledgedBy: trader,
    acknowledgedMs: desk.timeMs,
  });
  people.ask('trader', taken);
  expect(people.code).toBe('call.taken');
  bring(desk, 520_000);
  expect(desk.engine.state.directory.calls[0]).toMatchObject({ acknowledgedBy: -1, acknowledgedMs: 0 });
  people.ask('risk', taken);
  expect(people.code).toBe('policy.denied');
  people.ask('auditor', { ...taken, member: people.memberOf('auditor') });
  expect(people.code).toBe('policy.denied');
  people.ask('risk', { ...taken, member: people.memberOf('risk') });
  expect(people.code).toBeUndefined();
  bring(desk, 200_000);
  people.ask('trader', taken);
  expect(people.code).toBe('call.unknown');
});

test('the nearest place with levels counts, and one without any takes those above', () => {
  const { desk } = longDesk();
  const { state } = desk.engine;
  const own: MarginCallLevel[] = [{ ratioPpm: 900_000, roles: [Role.risk], prepare: 'unwind' }];
  const node = state.accounts.columns.node[BASIS]!;
  act(desk, { kind: 'SetMarginCalls', node: ROOT, levels: LEVELS });
  act(desk, { kind: 'SetMarginCalls', node: MACRO, levels: own });
  expect(levelsAt(state, node)).toEqual(own);
  expect(all(bring(desk, 520_000), 'MarginCalled')).toEqual([]);
  const events = act(desk, { kind: 'SetMarginCalls', node: MACRO, levels: [] });
  expect(only(events, 'MarginCallsSet')).toMatchObject({ node: MACRO, firm: FIRM, levels: 0 });
  expect(levelsAt(state, node)).toEqual(LEVELS);
  expect(only(look(desk), 'MarginCalled')).toMatchObject({ account: BASIS, level: 1 });
  act(desk, { kind: 'SetMarginCalls', node: ROOT, levels: [] });
  expect(only(look(desk), 'MarginCallEnded')).toMatchObject({ account: BASIS });
  expect(look(desk).map(({ kind }) => kind)).not.toContain('MarginCallEnded');
});

test('calling earlier or more people is at once, calling later or fewer needs risk', () => {
  const people = new FirmDesk();
  const set = (levels: MarginCallLevel[], node = ROOT): Action => ({ kind: 'SetMarginCalls', node, levels });
  people.ask('portfolio manager', set(LEVELS));
  expect(people.code).toBeUndefined();
  expect(people.desk.engine.state.directory.callLevels).toEqual([{ node: ROOT, levels: LEVELS }]);
  const earlier = [{ ...LEVELS[0]!, ratioPpm: 250_000 }, LEVELS[1]!];
  people.ask('portfolio manager', set(earlier));
  expect(people.desk.engine.state.directory.callLevels[0]!.levels).toEqual(earlier);
  const proposal = people.open('portfolio manager', set([LEVELS[1]!]));
  people.approve('risk', proposal);
  expect(people.desk.engine.state.directory.callLevels[0]!.levels).toEqual([LEVELS[1]]);
  people.open('portfolio manager', set([]));
  people.ask('trader', set(LEVELS));
  expect(people.code).toBe('policy.denied');
});

test.each<[string, string, Partial<{ node: number; levels: unknown }>]>([
  ['a place that is not there', 'node.unknown', { node: 90 }],
  ['another firm’s place', 'node.unknown', { node: 8 }],
  ['a ratio of nothing', 'parameters.invalid', { levels: [{ ...LEVELS[0], ratioPpm: 0 }] }],
  ['a ratio past liquidation', 'parameters.invalid', { levels: [{ ...LEVELS[0], ratioPpm: 1_000_001 }] }],
  ['levels that do not rise', 'parameters.invalid', { levels: [LEVELS[1], LEVELS[0]] }],
  ['nobody to call', 'parameters.invalid', { levels: [{ ...LEVELS[0], roles: [] }] }],
  ['a role twice', 'parameters.invalid', { levels: [{ ...LEVELS[0], roles: [1, 1] }] }],
  ['a role that is none', 'parameters.invalid', { levels: [{ ...LEVELS[0], roles: [99] }] }],
  ['something else laid ready', 'parameters.invalid', { levels: [{ ...LEVELS[0], prepare: 'prayer' }] }],
  [
    'a fifth level',
    'parameters.invalid',
    { levels: [1, 2, 3, 4, 5].map((ratioPpm) => ({ ...LEVELS[0], ratioPpm })) },
  ],
])('%s is refused', (_, code, terms) => {
  const desk = openDesk();
  const before = desk.engine.state.directory.callLevels;
  const action = { kind: 'SetMarginCalls', node: ROOT, levels: LEVELS, ...terms } as Action;
  desk.run({ kind: 'Propose', firm: FIRM, action });
  expect(desk.code).toBe(code);
  expect(desk.engine.state.directory.callLevels).toBe(before);
});

test('an archived place has no levels to set', () => {
  const desk = openDesk();
  act(desk, { kind: 'OpenNode', parent: ROOT, label: 'Closed', isAccount: false });
  const node = highWater(desk.engine.state.nodes) - 1;
  act(desk, { kind: 'ArchiveNode', node });
  desk.run({ kind: 'Propose', firm: FIRM, action: { kind: 'SetMarginCalls', node, levels: LEVELS } });
  expect(desk.code).toBe('node.archived');
});

test('calls are part of the state: undone by a preview, kept by a snapshot', () => {
  const { desk } = longDesk();
  act(desk, { kind: 'SetMarginCalls', node: ROOT, levels: LEVELS });
  bring(desk, 290_000);
  const before = stateHash(desk.engine.state);
  desk.tryOut({ kind: 'Tick' });
  expect(stateHash(desk.engine.state)).toBe(before);
  bring(desk, 320_000);
  checkInvariants(desk.engine.state);
  const restored = restoreState(saveState(desk.engine.state));
  expect(restored.state.directory.calls).toEqual(desk.engine.state.directory.calls);
});

test('after a round of looks every account is at the level its margin says', () => {
  const { desk } = longDesk();
  act(desk, { kind: 'SetMarginCalls', node: ROOT, levels: LEVELS });
  for (const ratio of [520_000, 310_000, 480_000, 260_000, 560_000, 240_000, 330_000]) {
    bring(desk, ratio);
    const { state } = desk.engine;
    for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++) {
      const levels = levelsAt(state, state.accounts.columns.node[account]!);
      const call = state.directory.calls.find((each) => each.account === account);
      const now = ratioOf(desk, account);
      const worse = levels[(call?.level ?? -1) + 1];
      expect(worse === undefined || now < worse.ratioPpm).toBe(true);
      expect(call === undefined || now >= levels[call.level]!.ratioPpm - 50_000).toBe(true);
    }
  }
});
