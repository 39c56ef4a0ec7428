// Goal: money leaves a firm only to its owner and to addresses of its book, no more in a day than it lets out, and nobody
// signs a deadline that cannot be kept. How: the sandbox's firm and its firm of one, with a vault.
import { expect, test } from 'vitest';
import { BASIS, only } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import { openVault } from '../../lab/fixtures/vault.ts';
import type { Action, Withdraw } from '../../protocol/commands/actions.ts';
import { errorOfDeadline } from '../../protocol/errorOfDeadline.ts';
import { addressOf } from '../../sandbox/people.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { highWater } from '../memory/table.ts';
import { actionTrialOf } from '../proposals/actionTrial.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { actionFacets } from '../views/actionFacets.ts';
import { bookOf, withdrawalLimitsOf } from './destinations.ts';

const USD = 1_000_000;
const OWNER = addressOf('firm owner');
const SOLE = addressOf('counterparty trader');
const [HERE, THERE] = [`0x${'ab'.repeat(20)}`, `0x${'cd'.repeat(20)}`];

/** The counterparty's firm of one, whose owner needs nobody else, with an address the vault pays to. */
function firmOfOne() {
  const firm = new FirmDesk();
  openVault(firm.desk);
  const { desk } = firm;
  const account = highWater(desk.engine.state.accounts) - 1;
  const own = desk.engine.state.accounts.columns.firm[account]!;
  for (const to of [HERE, THERE]) desk.accept({ kind: 'NoteWhitelist', account, to, fromMs: desk.timeMs });
  const ask = (action: Action) => {
    desk.wait(1);
    desk.run({ kind: 'Propose', firm: own, action }, firm.walletOf(SOLE), desk.timeMs);
    return desk.code;
  };
  const list = (to: string, dayUsd = 0) => ask({ kind: 'ListDestination', to, label: 'Custodian', dayUsd });
  const limit = (dayUsd: number, destinationDayUsd: number) =>
    ask({ kind: 'SetWithdrawalLimits', dayUsd, destinationDayUsd });
  const withdraw = (usd: number, to = SOLE, terms: Partial<Withdraw> = {}) => {
    const deadlineMs = desk.timeMs + DAY_MS;
    return ask({
      ...{ kind: 'Withdraw', account, asset: 'USDC', amount: Math.round(usd * USD), to, deadlineMs },
      ...terms,
    });
  };
  return { firm, desk, own, ask, list, limit, withdraw };
}

test('an address that the vault pays to is withdrawn to once the firm’s book has it, and no more when it is out', () => {
  const { desk, own, ask, list, withdraw } = firmOfOne();
  expect(withdraw(1, HERE)).toBe('withdrawal.notInBook');
  expect(list(HERE)).toBeUndefined();
  expect(withdraw(1, HERE)).toBeUndefined();
  expect(withdraw(1, THERE)).toBe('withdrawal.notInBook');
  expect(ask({ kind: 'UnlistDestination', to: HERE })).toBeUndefined();
  expect(withdraw(1, HERE)).toBe('withdrawal.notInBook');
  expect(withdraw(1)).toBeUndefined();
  expect(bookOf(desk.engine.state, own)).toEqual([]);
  checkInvariants(desk.engine.state);
});

test('the book does not stand in for the vault: what only the firm listed is not paid', () => {
  const { list, withdraw } = firmOfOne();
  const nowhere = `0x${'ef'.repeat(20)}`;
  expect(list(nowhere)).toBeUndefined();
  expect(withdraw(1, nowhere)).toBe('withdrawal.notListed');
});

test('no more leaves in a day than the firm lets out, in all and to each address, until 00:00 UTC', () => {
  const { desk, list, limit, withdraw } = firmOfOne();
  for (const to of [HERE, THERE]) list(to);
  expect(limit(100 * USD, 60 * USD)).toBeUndefined();
  expect(withdraw(60.000001, HERE)).toBe('withdrawal.destinationLimit');
  expect(withdraw(40, HERE)).toBeUndefined();
  expect(withdraw(20.000001, HERE)).toBe('withdrawal.destinationLimit');
  expect(withdraw(20, HERE)).toBeUndefined();
  expect(withdraw(40.000001, THERE)).toBe('withdrawal.dayLimit');
  expect(withdraw(40)).toBeUndefined();
  expect(withdraw(0.000001)).toBe('withdrawal.dayLimit');
  desk.wait(DAY_MS - (desk.timeMs % DAY_MS));
  desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
  expect(withdraw(60, HERE)).toBeUndefined();
  expect(desk.engine.state.directory.settlement.sent).toHaveLength(1);
});

test('an address has a limit of its own beside the firm’s, and coins count at the index', () => {
  const { desk, list, limit, withdraw } = firmOfOne();
  list(HERE, 50 * USD);
  expect(withdraw(50.000001, HERE)).toBe('withdrawal.destinationLimit');
  expect(withdraw(0, HERE, { asset: 'BTC', amount: 1e5 })).toBe('withdrawal.destinationLimit');
  limit(0, 10 * USD);
  expect(withdraw(11, HERE)).toBe('withdrawal.destinationLimit');
  expect(list(HERE, 5 * USD)).toBeUndefined();
  expect(withdraw(6, HERE)).toBe('withdrawal.destinationLimit');
  expect(withdraw(5, HERE)).toBeUndefined();
  const { state } = desk.engine;
  expect(stateHash(restoreState(saveState(state)).state)).toBe(stateHash(state));
});

test('what was tried leaves nothing behind, and records say what was and what is', () => {
  const { desk, own, ask, limit } = firmOfOne();
  const { state } = desk.engine;
  const limits: Action = { kind: 'SetWithdrawalLimits', dayUsd: 5, destinationDayUsd: 6 };
  expect(actionFacets(state, own, limits)).toEqual({
    'withdrawals in a day': '{"dayUsd":0,"destinationDayUsd":0}',
  });
  limit(5, 6);
  expect(actionFacets(state, own, limits)).toEqual({
    'withdrawals in a day': '{"dayUsd":5,"destinationDayUsd":6}',
  });
  const hash = stateHash(state);
  const list: Action = { kind: 'ListDestination', to: HERE, label: 'Custodian', dayUsd: 7 };
  desk.tryOut({ kind: 'Propose', firm: own, action: list });
  expect(stateHash(state)).toBe(hash);
  expect(actionFacets(state, own, list)).toEqual({});
  ask(list);
  expect(actionFacets(state, own, list)).toEqual({ [`address ${HERE}`]: '{"dayUsd":7,"label":"Custodian"}' });
  limit(0, 0);
  expect(withdrawalLimitsOf(state, own)).toEqual({ dayUsd: 0, destinationDayUsd: 0 });
});

test('refusals, each alone', () => {
  const { firm, ask, list, limit } = firmOfOne();
  expect(list('home')).toBe('parameters.invalid');
  expect(list(HERE, -1)).toBe('parameters.invalid');
  expect(ask({ kind: 'ListDestination', to: HERE, label: '', dayUsd: 0 })).toBe('label.invalid');
  expect(ask({ kind: 'UnlistDestination', to: HERE })).toBe('destination.unknown');
  expect(limit(-1, 0)).toBe('parameters.invalid');
  expect(limit(0, 0.5)).toBe('parameters.invalid');
  for (let count = 0; count < 64; count++)
    expect(list(`0x${count.toString(16).padStart(40, '0')}`)).toBeUndefined();
  expect(list(HERE)).toBe('destination.tooMany');
  expect(list(`0x${'0'.repeat(40)}`, 9)).toBeUndefined();
  // Nobody but a wallet lists one, as nobody else withdraws.
  firm.desk.run({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'ListDestination', to: HERE, label: 'Custodian', dayUsd: 0 },
  });
  expect(firm.code).toBe('actor.notPermitted');
});

test('an address of a firm of people waits a day for two of operations and the owner’s own wallet', () => {
  const firm = new FirmDesk();
  const action: Action = { kind: 'ListDestination', to: HERE, label: 'Custodian', dayUsd: 0 };
  const proposal = firm.open('portfolio manager', action);
  for (const person of ['ops-approver', 'second ops-approver'] as const) firm.approve(person, proposal);
  const { state } = firm.desk.engine;
  const member = firm.memberOf('firm owner');
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'LinkWallet', member, address: THERE } });
  firm.decide(THERE, proposal);
  expect(firm.code).toBe('approval.notOwnersWallet');
  const events = firm.approve('firm owner', proposal);
  expect(only(events, 'ProposalAgreed').dueAtMs).toBe(firm.desk.timeMs + DAY_MS);
  expect(bookOf(state, FIRM)).toEqual([]);
  firm.wait(DAY_MS);
  // Since it is in force, not since it was asked for.
  expect(bookOf(state, FIRM)).toEqual([
    { firm: FIRM, to: HERE, label: 'Custodian', dayUsd: 0, listedMs: firm.desk.timeMs },
  ]);
  firm.ask('ops-approver', { kind: 'UnlistDestination', to: HERE });
  expect(firm.code).toBeUndefined();
});

/** So much that the standard policy holds it back for four hours. */
function large(deadlineMs: number): Withdraw {
  const amount = 1_000_001 * USD;
  return { kind: 'Withdraw', account: BASIS, asset: 'USDC', amount, to: OWNER, deadlineMs };
}

test('a deadline that passes before the delay is over is refused at once, with one that would do', () => {
  const firm = new FirmDesk();
  openVault(firm.desk);
  const { desk } = firm;
  const due = desk.timeMs + 4 * HOUR_MS;
  const action = large(due - 1);
  const member = firm.memberOf('ops-maker');
  const { refusal } = actionTrialOf(desk.engine, { firm: FIRM, member, action });
  expect(refusal).toEqual(errorOfDeadline({ earliestMs: due, safeMs: due + DAY_MS }));
  expect(refusal!.message).toMatch(/ is over\. That is at \d{4}-\d\d-\d\d \d\d:\d\d UTC at the earliest, /);
  const events = firm.ask('ops-maker', action);
  expect(firm.code).toBe('withdrawal.deadlineTooSoon');
  expect(only(events, 'DeadlineTooSoon')).toMatchObject({ earliestMs: due, safeMs: due + DAY_MS });
  firm.ask('ops-maker', large(due));
  expect(firm.code).toBeUndefined();
});

test('agreed to too late for its deadline it ends there and then', () => {
  const firm = new FirmDesk();
  openVault(firm.desk);
  const { desk } = firm;
  const proposal = firm.open('ops-maker', large(desk.timeMs + 4 * HOUR_MS));
  for (const person of ['ops-approver', 'second ops-approver', 'treasury signer', 'firm owner'] as const)
    firm.approve(person, proposal);
  desk.wait(MINUTE_MS);
  const events = firm.approve('second treasury signer', proposal);
  expect(events.map(({ kind }) => kind)).toContain('ProposalEnded');
  expect(desk.engine.state.directory.proposals).toEqual([]);
});
