import { expect, test } from 'vitest';
import { BASIS, type Desk, OTHER, only } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import { openVault } from '../../lab/fixtures/vault.ts';
import type { Action, Withdraw } from '../../protocol/commands/actions.ts';
import type { Rule } from '../../protocol/commands/policy.ts';
import { LedgerReason, Role } from '../../protocol/enums.ts';
import { addressOf } from '../../sandbox/people.ts';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { balanceOf, post } from '../ledger/post.ts';
import { INSURANCE, OUTSIDE, USDC } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import { actionTrialOf } from '../proposals/actionTrial.ts';
import { stateHash } from '../snapshot.ts';
import { entitlements } from './entitlements.ts';

const USD = 1_000_000;
const OWNER = addressOf('firm owner');
const ELSEWHERE = `0x${'ab'.repeat(20)}`;
/** The counterparty's firm has one person, who owns it. */
const SOLE = addressOf('counterparty trader');

function openFirm(): FirmDesk {
  const firm = new FirmDesk();
  openVault(firm.desk);
  return firm;
}

function payout(desk: Desk, terms: Partial<Withdraw> = {}): Withdraw {
  const deadlineMs = desk.timeMs + DAY_MS;
  return {
    ...{ kind: 'Withdraw', account: BASIS, asset: 'USDC', amount: 1_000 * USD, to: OWNER, deadlineMs },
    ...terms,
  };
}

/** The last account of all is the counterparty's. */
const soleAccount = ({ engine }: Desk) => highWater(engine.state.accounts) - 1;

/** Its owner takes something out alone, which needs nobody else. */
function takeOut(firmDesk: FirmDesk, terms: Partial<Withdraw> = {}) {
  const { desk } = firmDesk;
  const { engine } = desk;
  const account = soleAccount(desk);
  const action = payout(desk, { account, to: SOLE, ...terms });
  const firm = engine.state.accounts.columns.firm[account]!;
  desk.wait(1);
  return desk.run({ kind: 'Propose', firm, action }, firmDesk.walletOf(SOLE), desk.timeMs);
}

/** Its owner asks for something else alone. */
function takeIn(firmDesk: FirmDesk, action: Action) {
  const { desk } = firmDesk;
  const firm = desk.engine.state.accounts.columns.firm[soleAccount(desk)]!;
  desk.wait(1);
  return desk.run({ kind: 'Propose', firm, action }, firmDesk.walletOf(SOLE), desk.timeMs);
}

function agree(firm: FirmDesk, proposal: number, ...people: Parameters<FirmDesk['approve']>[0][]) {
  return people.flatMap((person) => firm.approve(person, proposal));
}

test('a small withdrawal is asked for, agreed to by operations and the owner, leaves the account and is paid once', () => {
  const firm = openFirm();
  const { desk } = firm;
  const { state } = desk.engine;
  const before = { held: balanceOf(state, BASIS, USDC), leaves: entitlements(state) };
  const proposal = firm.open('portfolio manager', payout(desk));
  agree(firm, proposal, 'ops-approver');
  expect(state.directory.settlement.withdrawals).toEqual([]);
  const events = agree(firm, proposal, 'firm owner');
  expect(firm.code).toBeUndefined();
  const authorised = only(events, 'WithdrawalAuthorised');
  expect(authorised).toMatchObject({ nonce: 1, account: BASIS, asset: USDC, amount: 1_000 * USD });
  expect(balanceOf(state, BASIS, USDC)).toBe(before.held - 1_000 * USD);
  // Equity became authorised: nobody is entitled to more or less.
  expect(entitlements(state)).toEqual(before.leaves);
  expect(state.directory.settlement.withdrawals).toMatchObject([
    { nonce: 1, to: OWNER, seq: authorised.seq },
  ]);
  const paid = desk.accept({ kind: 'SettleWithdrawal', nonce: 1, block: 77 });
  expect(only(paid, 'WithdrawalPaid')).toMatchObject({ nonce: 1, amount: 1_000 * USD, block: 77 });
  expect(desk.accept({ kind: 'SettleWithdrawal', nonce: 1, block: 78 })).toHaveLength(1);
  expect(state.directory.settlement).toMatchObject({ withdrawals: [], paid: [{ nonce: 1, block: 77 }] });
  expect(entitlements(state)).toEqual(before.leaves);
  checkInvariants(state);
});

test('larger ones wait for treasury and for hours, and pieces of a day are as large as the whole', () => {
  const firm = openFirm();
  const { desk } = firm;
  const needsOf = (amount: number) => {
    const proposal = firm.open('ops-maker', payout(desk, { amount }));
    const { needs, rules } = desk.engine.state.directory.proposals.find(
      (each) => each.proposal === proposal,
    )!;
    return { proposal, rules, hours: needs.delayMs / HOUR_MS };
  };
  const small = needsOf(50_000 * USD);
  expect(small.rules).toEqual(['WITHDRAW-SMALL']);
  agree(firm, small.proposal, 'ops-approver', 'firm owner');
  expect(desk.engine.state.directory.settlement.withdrawals).toHaveLength(1);
  // With what was authorised today it is 50,000.01 USD, and with what waits a million.
  const unit = needsOf(USD / 100);
  expect(unit.rules).toEqual(['WITHDRAW']);
  const middle = needsOf(950_000 * USD - USD / 100);
  expect(middle).toMatchObject({ rules: ['WITHDRAW'], hours: 0 });
  for (const { proposal } of [unit, middle]) firm.withdraw('ops-maker', proposal);
  const large = needsOf(1_000_001 * USD);
  expect(large).toMatchObject({ rules: ['WITHDRAW-LARGE'], hours: 4 });
  agree(firm, large.proposal, 'ops-approver', 'second ops-approver', 'treasury signer', 'firm owner');
  expect(agree(firm, large.proposal, 'second treasury signer').map(({ kind }) => kind)).toContain(
    'ProposalAgreed',
  );
  // What is agreed to and waits for its hours counts: a unit beside it is over a million.
  expect(needsOf(USD / 100)).toMatchObject({ rules: ['WITHDRAW-LARGE'], hours: 4 });
  desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
  desk.wait(4 * HOUR_MS);
  desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
  desk.accept({ kind: 'Tick' });
  expect(desk.engine.state.directory.settlement.withdrawals.map(({ amount }) => amount)).toEqual([
    50_000 * USD,
    1_000_001 * USD,
  ]);
  desk.wait(DAY_MS);
  desk.accept({ kind: 'Tick' });
  desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
  expect(needsOf(USD / 100).rules).toEqual(['WITHDRAW-SMALL']);
  checkInvariants(desk.engine.state);
});

test('no policy leaves the owner’s word out: neither one that lets all pass, nor one that names another', () => {
  const free: Rule = { id: 'ALL', when: {}, verdict: { is: 'allow' } };
  const byRisk: Rule = {
    id: 'RISK',
    when: {},
    verdict: {
      is: 'approve',
      groups: [{ roles: [Role.risk], side: 'from', min: 1 }],
      vetoRoles: [],
      delayMs: 0,
      expiryMs: DAY_MS,
    },
  };
  for (const rule of [free, byRisk]) {
    const firm = openFirm();
    const { desk } = firm;
    desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetPolicy', rules: [rule] } });
    const proposal = firm.open('trader', payout(desk));
    const { needs } = desk.engine.state.directory.proposals[0]!;
    expect(needs.groups.at(-1)).toEqual({ roles: [Role.firmOwner], side: 'from', min: 1 });
    if (rule === byRisk) agree(firm, proposal, 'risk');
    expect(desk.engine.state.directory.settlement.withdrawals).toEqual([]);
    agree(firm, proposal, 'firm owner');
    expect(desk.engine.state.directory.settlement.withdrawals).toHaveLength(1);
  }
});

test('approval.notOwnersWallet: the owner’s word is that of the wallet that owns, not of another it has linked', () => {
  const firm = openFirm();
  const { desk } = firm;
  const member = firm.memberOf('firm owner');
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'LinkWallet', member, address: ELSEWHERE } });
  const proposal = firm.open('portfolio manager', payout(desk));
  agree(firm, proposal, 'ops-approver');
  firm.decide(ELSEWHERE, proposal);
  expect(firm.code).toBe('approval.notOwnersWallet');
  firm.approve('firm owner', proposal);
  expect(firm.code).toBeUndefined();
  expect(desk.engine.state.directory.settlement.withdrawals).toHaveLength(1);
  // Neither does it ask alone, where the rules would let the owner.
  const rules: Rule[] = [{ id: 'ALL', when: {}, verdict: { is: 'allow' } }];
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetPolicy', rules } });
  desk.wait(1);
  desk.run({ kind: 'Propose', firm: FIRM, action: payout(desk) }, firm.walletOf(ELSEWHERE), desk.timeMs);
  expect(desk.code).toBe('approval.notOwnersWallet');
  desk.run({ kind: 'Propose', firm: FIRM, action: payout(desk) }, firm.walletOf(OWNER), desk.timeMs + 1);
  expect(desk.engine.state.directory.settlement.withdrawals).toHaveLength(2);
});

test('a role alone is not the owner: another who is made firm owner cannot give the owner’s word', () => {
  const firm = openFirm();
  const { desk } = firm;
  const member = firm.memberOf('second risk');
  desk.accept({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'ChangeMember', member, role: Role.firmOwner, nodes: [] },
  });
  const proposal = firm.open('portfolio manager', payout(desk));
  firm.approve('second risk', proposal);
  expect(firm.code).toBe('approval.notNeeded');
});

test('member.ownsFirm: the wallet that owns the firm stays, and so does its member', () => {
  const firm = openFirm();
  const member = firm.memberOf('firm owner');
  firm.ask('ops-maker', { kind: 'RemoveMember', member });
  expect(firm.code).toBe('member.ownsFirm');
  const { desk } = firm;
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'LinkWallet', member, address: ELSEWHERE } });
  firm.ask('firm owner', { kind: 'UnlinkWallet', member, address: OWNER });
  expect(firm.code).toBe('member.ownsFirm');
  firm.ask('firm owner', { kind: 'UnlinkWallet', member, address: ELSEWHERE });
  expect(firm.code).toBeUndefined();
});

test('a firm of one: its owner needs nobody else', () => {
  only(takeOut(openFirm()), 'WithdrawalAuthorised');
});

test('a firm of one: a person who is not its owner cannot take anything out', () => {
  const firm = new FirmDesk();
  const { desk } = firm;
  const stranger = `0x${'cd'.repeat(20)}`;
  desk.accept({ kind: 'OpenFirm', label: 'Held for another', owner: ELSEWHERE });
  const held = desk.engine.state.directory.firms.length - 1;
  desk.accept({ kind: 'OpenSubaccount', firm: held, label: 'Held' });
  const account = soleAccount(desk);
  desk.accept({
    kind: 'AddMember',
    firm: held,
    address: stranger,
    role: Role.admin,
    label: 'Clerk',
    accounts: [],
  });
  openVault(desk);
  const id = desk.engine.state.globals.columns.depositCursor[0]!;
  desk.accept({ kind: 'CreditDeposit', account, asset: 'USDC', amount: 9_000 * USD, reference: 'r', id });
  const action = payout(desk, { account, to: ELSEWHERE });
  desk.run({ kind: 'Propose', firm: held, action }, firm.walletOf(stranger), desk.timeMs);
  expect(desk.code).toBe('policy.quorumImpossible');
});

test('actor.notPermitted: the desk itself takes nothing out', () => {
  const { desk } = openFirm();
  desk.run({ kind: 'Propose', firm: FIRM, action: payout(desk) });
  expect(desk.code).toBe('actor.notPermitted');
});

/** In the documented order: each beside a deadline that has passed, or without, so that an earlier one is seen first. */
const refusals: [string, (desk: Desk) => Partial<Withdraw>][] = [
  ['account.unknown', () => ({ account: 3 })],
  // Of another firm's account it is the firm that asks who does not reach it.
  ['actor.outOfScope', () => ({ account: OTHER })],
  ['asset.unknown', () => ({ asset: 'XAU', amount: 0 })],
  ['amount.invalid', () => ({ amount: 0, to: 'home' })],
  ['parameters.invalid', () => ({ to: 'home', deadlineMs: 0 })],
  ['withdrawal.expired', ({ timeMs }) => ({ deadlineMs: timeMs, to: ELSEWHERE })],
  ['withdrawal.notListed', () => ({ to: ELSEWHERE, amount: 9e15 })],
  ['balance.insufficient', () => ({ amount: 9e15 })],
];

test.each(refusals)('%s: nothing leaves and nothing has changed', (code, termsOf) => {
  const firm = openFirm();
  const { desk } = firm;
  const { state } = desk.engine;
  const [facts, held] = [state.directory.settlement, balanceOf(state, soleAccount(desk), USDC)];
  takeOut(firm, termsOf(desk));
  expect(desk.code).toBe(code);
  expect([state.directory.settlement, balanceOf(state, soleAccount(desk), USDC)]).toEqual([facts, held]);
  checkInvariants(state);
});

test('settlement.notOpen: nothing leaves before a vault is there', () => {
  const firm = new FirmDesk();
  takeOut(firm);
  expect(firm.code).toBe('settlement.notOpen');
});

test('transfer.pot: what is in a pot goes back to its account first', () => {
  const firm = openFirm();
  const { desk } = firm;
  const account = soleAccount(desk);
  desk.accept({ kind: 'OpenPot', account, underlying: 'BTC', label: 'Pot' });
  takeOut(firm, { account: soleAccount(desk) });
  expect(firm.code).toBe('transfer.pot');
});

test('an address the owner listed is paid from when the vault said, and no more once it is taken back', () => {
  const firm = openFirm();
  const { desk } = firm;
  const account = soleAccount(desk);
  takeIn(firm, { kind: 'ListDestination', to: ELSEWHERE, label: 'Elsewhere', dayUsd: 0 });
  const note = (fromMs: number) => desk.accept({ kind: 'NoteWhitelist', account, to: ELSEWHERE, fromMs });
  note(desk.timeMs + HOUR_MS);
  takeOut(firm, { to: ELSEWHERE });
  expect(firm.code).toBe('withdrawal.notListed');
  desk.wait(HOUR_MS);
  desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
  takeOut(firm, { to: ELSEWHERE });
  expect(firm.code).toBeUndefined();
  note(0);
  takeOut(firm, { to: ELSEWHERE });
  expect(firm.code).toBe('withdrawal.notListed');
});

test('withdrawal.tooMany: a firm has 64 that wait, and of those that were paid 32 are remembered', () => {
  const firm = openFirm();
  const { desk } = firm;
  for (let count = 0; count < 64; count++) takeOut(firm, { amount: USD });
  expect(firm.code).toBeUndefined();
  takeOut(firm, { amount: USD });
  expect(firm.code).toBe('withdrawal.tooMany');
  for (let nonce = 1; nonce <= 40; nonce++) desk.accept({ kind: 'SettleWithdrawal', nonce, block: nonce });
  const { settlement } = desk.engine.state.directory;
  expect(settlement.paid.map(({ nonce }) => nonce)).toEqual(Array.from({ length: 32 }, (_, at) => at + 9));
  expect(settlement.withdrawals.map(({ nonce }) => nonce)[0]).toBe(41);
  takeOut(firm, { amount: USD });
  expect(firm.code).toBeUndefined();
  checkInvariants(desk.engine.state);
});

test('withdrawal.overVaultCap: what no bucket of the vault ever holds is refused before anything is debited, with the pieces that would do', () => {
  const firm = openFirm();
  const { desk } = firm;
  const { state } = desk.engine;
  const account = soleAccount(desk);
  const held = balanceOf(state, account, USDC);
  const cap = { kind: 'NoteVaultCap', asset: 'USDC', windowMs: DAY_MS } as const;
  desk.accept({ ...cap, ofAll: 90 * USD, ofEach: 40 * USD });
  takeOut(firm, { amount: 40 * USD + 1 });
  expect(firm.code).toBe('withdrawal.overVaultCap');
  expect(balanceOf(state, account, USDC)).toBe(held);
  const member = state.directory.agents[firm.walletOf(SOLE) - 1]!.member;
  const trialOf = (amount: number) =>
    actionTrialOf(desk.engine, {
      firm: state.accounts.columns.firm[account]!,
      member,
      action: payout(desk, { account, to: SOLE, amount }),
    }).refusal;
  expect(trialOf(81 * USD)).toMatchObject({
    code: 'withdrawal.overVaultCap',
    message: expect.stringContaining('One is at most 40 USDC: 3 of them make up the amount'),
  });
  expect(trialOf(40 * USD)).toBeNull();
  takeOut(firm, { amount: 40 * USD });
  expect(firm.code).toBeUndefined();
  // The bucket of all together may be the smaller one; what was authorised stays, and pays when there is room again.
  desk.accept({ ...cap, ofAll: 30 * USD, ofEach: 40 * USD });
  takeOut(firm, { amount: 31 * USD });
  expect(firm.code).toBe('withdrawal.overVaultCap');
  expect(state.directory.settlement.withdrawals).toMatchObject([{ amount: 40 * USD }]);
  desk.accept({ ...cap, ofAll: 0, ofEach: 40 * USD });
  expect(trialOf(1)?.message).toContain('It pays no USDC until its governor lets it again.');
  // Of other assets nothing was said.
  takeOut(firm, { asset: 'BTC', amount: 1e8 });
  expect(firm.code).toBeUndefined();
  checkInvariants(state);
});

test('withdrawal.vaultShort: dollars won from who owes them are not in the vault', () => {
  const firm = openFirm();
  const { engine } = firm.desk;
  const inside = -balanceOf(engine.state, OUTSIDE, USDC);
  post(engine, INSURANCE, soleAccount(firm.desk), USDC, inside, LedgerReason.transfer, -1);
  takeOut(firm, { amount: inside + 1 });
  expect(firm.code).toBe('withdrawal.vaultShort');
});

test('what margin needs stays, and what is tried leaves nothing behind', () => {
  const firm = openFirm();
  const { desk } = firm;
  const account = soleAccount(desk);
  desk.place({ account: OTHER, side: 1, sizeLots: 100_000 });
  desk.place({ account, sizeLots: 100_000 });
  for (const [asset, amount] of [
    ['BTC', 10e8],
    ['ETH', 150e8],
  ] as const)
    takeOut(firm, { asset, amount });
  expect(firm.code).toBeUndefined();
  const free = desk.engine.risk.movableUsd(account);
  expect(free).toBeLessThan(balanceOf(desk.engine.state, account, USDC));
  takeOut(firm, { amount: free + 1 });
  expect(firm.code).toBe('margin.initialInsufficient');
  const hash = stateHash(desk.engine.state);
  const { firm: firmOf } = desk.engine.state.accounts.columns;
  const action = payout(desk, { account, to: SOLE, amount: free });
  desk.tryOut({ kind: 'Propose', firm: firmOf[account]!, action });
  expect(stateHash(desk.engine.state)).toBe(hash);
  takeOut(firm, { amount: free });
  expect(firm.code).toBeUndefined();
  expect(desk.engine.risk.judgeStanding(account)).toBe(0);
});
