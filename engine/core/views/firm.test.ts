// Goal: what a firm's people read of it is what the engine judges by. How: the sandbox's firm, its limits written and
// read back, its proposals with who sits where, and actions tried out of which nothing stays.
import { expect, test } from 'vitest';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import { openVault } from '../../lab/fixtures/vault.ts';
import type { Action, NodeLimits } from '../../protocol/commands/actions.ts';
import type { Group, Rule } from '../../protocol/commands/policy.ts';
import { Role } from '../../protocol/enums.ts';
import { policyHash } from '../../protocol/typed/actionHash.ts';
import { addressOf } from '../../sandbox/people.ts';
import { highWater } from '../memory/table.ts';
import { standardPolicy } from '../policy/standardPolicy.ts';
import { actionTrialOf, proposalTrialOf } from '../proposals/actionTrial.ts';
import { stateHash } from '../snapshot.ts';
import { firmViewOf, proposalsViewOf } from './firm.ts';

const [MACRO, BASIS, ALTS] = [1, 8, 9];
const large: Action = { kind: 'Transfer', from: BASIS, to: ALTS, asset: 'USDC', amount: 300_000_000_000 };

/** A new kind of limit that is not read back fails to compile here. */
const every: Required<NodeLimits> = {
  grossUsd: 9e12,
  netUsd: 5e12,
  classes: [{ class: 'bitcoin', grossUsd: 4e12 }],
  assets: [{ underlying: 'BTC', grossUsd: 3e12, netUsd: 2e12 }],
  orderUsd: 1e12,
  ordersPerMinute: 60,
  leveragePpm: 3_000_000,
  dayLossUsd: 25e10,
  concentrationPpm: 500_000,
  concentrationFloorUsd: 1e9,
  underlyings: ['BTC', 'ETH'],
  kinds: ['perpetual'],
};

test('a member reads tree, people and rules, and limits as they were set', () => {
  const firm = new FirmDesk();
  const limits = { soft: { orderUsd: 5e11 }, hard: every };
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetLimits', node: MACRO, limits } });
  const view = firmViewOf(firm.desk.engine, firm.memberOf('trader'));
  expect(view).toMatchObject({ firm: FIRM, label: 'Ballast Sandbox', member: firm.memberOf('trader') });
  expect(view.nodes.map(({ label }) => label)).toEqual([
    'Ballast Sandbox',
    'Macro',
    'Vol',
    'Macro / BTC-basis',
    'Macro / Alts',
    'Vol',
  ]);
  expect(view.nodes[MACRO]!.limits).toEqual(limits);
  expect(view.nodes[0]!.limits).toBeNull();
  expect(view.members).toHaveLength(15);
  expect(view.policy).toEqual({
    version: 1,
    hash: policyHash(standardPolicy.rules),
    rules: standardPolicy.rules,
  });
});

test('a group says when positions below it are crossed, and whoever shows that hears of a change', () => {
  const { desk } = new FirmDesk();
  const set = (everyMinutes: number, startMinuteUtc: number) => {
    const action: Action = { kind: 'SetNettingWindow', node: MACRO, everyMinutes, startMinuteUtc };
    desk.accept({ kind: 'Propose', firm: FIRM, action });
    const { nodes } = firmViewOf(desk.engine, 0);
    return [nodes[MACRO]!.nettingWindow, proposalsViewOf(desk.engine, FIRM).firmStamp] as const;
  };
  expect(firmViewOf(desk.engine, 0).nodes.every(({ nettingWindow }) => nettingWindow === null)).toBe(true);
  const [window, stamp] = set(60, 5);
  const [later, laterStamp] = set(30, 10);
  const [never, neverStamp] = set(0, 0);
  expect([window, later, never]).toEqual([
    { everyMinutes: 60, startMinuteUtc: 5 },
    { everyMinutes: 30, startMinuteUtc: 10 },
    null,
  ]);
  expect(new Set([stamp, laterStamp, neverStamp]).size).toBe(3);
});

test('a policy that was set is the next version', () => {
  const firm = new FirmDesk();
  const rules = [...standardPolicy.rules].reverse();
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetPolicy', rules } });
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetPolicy', rules } });
  const { policy } = firmViewOf(firm.desk.engine, 0);
  expect(policy).toEqual({ version: 3, hash: policyHash(rules), rules });
});

test('an open proposal says who has agreed, in whose place, and who may still agree or object', () => {
  const firm = new FirmDesk();
  const rise: Action = { kind: 'SetNodeState', node: MACRO, state: 'normal' };
  firm.ask('risk', { ...rise, state: 'frozen' });
  const proposal = firm.open('ops-maker', rise);
  firm.approve('second admin', proposal);
  const { proposals, people } = proposalsViewOf(firm.desk.engine, FIRM);
  const [open] = proposals;
  const [risk, admin] = [firm.memberOf('risk'), firm.memberOf('second admin')];
  expect(open?.seats).toEqual([
    { group: 0, member: null, eligible: [risk, firm.memberOf('second risk')] },
    { group: 1, member: admin, eligible: [] },
  ]);
  const { directory, globals } = firm.desk.engine.state;
  const [approval] = open!.approvals;
  expect(approval).toEqual({
    member: admin,
    agent: firm.walletOf(addressOf('second admin')),
    wallet: addressOf('second admin'),
    seq: globals.columns.seq[0],
    timeMs: firm.desk.timeMs,
  });
  expect(directory.proposals[0]!.approvals).toEqual([approval]);
  expect(open?.approvers).toContain(risk);
  expect(open?.approvers).not.toContain(admin);
  expect(open?.vetoers).toContain(admin);
  expect(people.find(({ member }) => member === risk)).toMatchObject({ firm: FIRM, label: 'Risk 1' });
  expect(proposalsViewOf(firm.desk.engine, 2).proposals).toEqual([]);
});

test('a seat is open to the wallet that owns, whatever its role, and to nobody else of that role', () => {
  const firm = new FirmDesk();
  const { desk } = firm;
  openVault(desk);
  const [owner, other] = [firm.memberOf('firm owner'), firm.memberOf('second risk')];
  const become = (member: number, role: Role) =>
    desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'ChangeMember', member, role, nodes: [] } });
  become(owner, Role.auditor);
  become(other, Role.firmOwner);
  const deadlineMs = desk.timeMs + 86_400_000;
  const payout = {
    account: BASIS,
    asset: 'USDC',
    amount: 1_000_000,
    to: addressOf('firm owner'),
    deadlineMs,
  };
  firm.open('portfolio manager', { kind: 'Withdraw', ...payout });
  const [open] = proposalsViewOf(desk.engine, FIRM).proposals;
  const words = open!.seats.find(({ group }) => open!.needs.groups[group]!.roles.includes(Role.firmOwner));
  expect(words?.eligible).toEqual([owner]);
  expect(open!.approvers).not.toContain(other);
});

test('a firm of one is asked by its only member, whatever the role', () => {
  const firm = new FirmDesk();
  const { engine } = firm.desk;
  const to = highWater(engine.state.accounts) - 1;
  const sole = firm.memberOf('counterparty trader');
  firm.open('portfolio manager', { ...large, to });
  const [open] = proposalsViewOf(engine, FIRM).proposals;
  const seat = open!.seats.find(({ group }) => open!.needs.groups[group]!.side === 'to');
  expect(engine.state.directory.members[sole]!.role).not.toBe(Role.portfolioManager);
  expect(seat?.eligible).toEqual([sole]);
});

test('who agreed moves over where another could sit in their place', () => {
  const firm = new FirmDesk();
  const { desk } = firm;
  const [risk, admin] = [firm.memberOf('second risk'), firm.memberOf('admin')];
  const groups: Group[] = [
    { roles: [Role.risk, Role.admin], side: 'from', min: 1 },
    { roles: [Role.risk], side: 'from', min: 1 },
  ];
  const verdict = { is: 'approve' as const, groups, vetoRoles: [], delayMs: 0, expiryMs: 3_600_000 };
  const rules: Rule[] = [...standardPolicy.rules, { id: 'BOTH', when: { actions: ['RenameNode'] }, verdict }];
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetPolicy', rules } });
  const proposal = firm.open('ops-maker', { kind: 'RenameNode', node: MACRO, label: 'Makro' });
  firm.approve('second risk', proposal);
  const [open] = proposalsViewOf(desk.engine, FIRM).proposals;
  expect(open!.seats[0]).toEqual({ group: 0, member: risk, eligible: [] });
  // Another of risk fills the second place, an admin the first while risk moves over.
  expect(open!.seats[1]!.eligible).toContain(firm.memberOf('risk'));
  expect(open!.seats[1]!.eligible).toContain(admin);
  firm.approve('admin', proposal);
  expect(desk.engine.state.directory.proposals).toEqual([]);
});

test('an action is tried with what it does to margin, and nothing of it stays', () => {
  const firm = new FirmDesk();
  const { engine } = firm.desk;
  const before = stateHash(engine.state);
  const member = firm.memberOf('portfolio manager');
  const trial = actionTrialOf(engine, { firm: FIRM, member, action: large });
  expect(trial).toMatchObject({ verdict: 'approve', rules: ['TRANSFER'], refusal: null, lost: [] });
  expect(trial.accounts.map(({ account }) => account)).toEqual([BASIS, ALTS]);
  const [giver, taker] = trial.accounts;
  expect(giver!.before.equityUsd - giver!.after.equityUsd).toBe(large.amount);
  expect(taker!.after.equityUsd - taker!.before.equityUsd).toBe(large.amount);
  const asking = { firm: FIRM, member: firm.memberOf('auditor'), action: large };
  expect(actionTrialOf(engine, asking)).toMatchObject({
    verdict: 'deny',
    refusal: { code: 'policy.denied' },
  });
  const tooMuch = { firm: FIRM, member, action: { ...large, amount: 9e15 } };
  expect(actionTrialOf(engine, tooMuch).refusal?.code).toBe('balance.insufficient');
  expect(stateHash(engine.state)).toBe(before);
});

test('an open proposal is tried as it would be carried out now', () => {
  const firm = new FirmDesk();
  const { engine } = firm.desk;
  firm.open('portfolio manager', large);
  const member = firm.memberOf('risk');
  const [open] = engine.state.directory.proposals;
  expect(proposalTrialOf(engine, member, open!)).toMatchObject({ verdict: 'approve', refusal: null });
  const rest = { ...large, amount: 4_800_000_000_000 };
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: rest });
  expect(proposalTrialOf(engine, member, open!).refusal?.code).toBe('balance.insufficient');
});

test('who would be missed is said before they leave', () => {
  const firm = new FirmDesk();
  const member = firm.memberOf('admin');
  const maker = firm.memberOf('ops-maker');
  const leave = (who: number) =>
    actionTrialOf(firm.desk.engine, { firm: FIRM, member, action: { kind: 'RemoveMember', member: who } });
  const whole = (action: string) => ({ action, overUsd: 0, upToUsd: null });
  expect(leave(firm.memberOf('second risk')).lost).toEqual([whole('Unwind'), whole('Flatten')]);
  // Two approvers are needed for large withdrawals alone: the small ones go on.
  const large = [{ action: 'Withdraw', overUsd: 1_000_000, upToUsd: null }];
  expect(leave(firm.memberOf('second treasury signer')).lost).toEqual(large);
  expect(leave(firm.memberOf('second ops-approver')).lost).toEqual(
    expect.arrayContaining([...large, whole('ListDestination')]),
  );
  expect(leave(firm.memberOf('auditor')).lost).toEqual([]);
  // The only one who may propose rules and people.
  expect(leave(maker)).toMatchObject({ refusal: { code: 'policy.lockout' } });
});
