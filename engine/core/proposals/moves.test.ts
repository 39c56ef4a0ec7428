// Goal: money and positions move when those have agreed whom the matrix of roles names. How: the sandbox's firm and the
// firm of one beside it, judged by the standard policy.
import { expect, test } from 'vitest';
import { ALTS, all, BASIS, MAKER, only, VOL } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Action, PlaceOverLimit, PortPosition, Transfer } from '../../protocol/commands/actions.ts';
import { ProposalEnd, Role } from '../../protocol/enums.ts';
import { DAY_MS, MINUTE_MS } from '../../units/time.ts';
import { positionLots } from '../accounts/positions.ts';
import { balanceOf } from '../ledger/post.ts';
import { USDC } from '../ledger/systemAccounts.ts';

const USD = 1e6;

function transfer(usd: number, to = ALTS, from = BASIS): Transfer {
  return { kind: 'Transfer', from, to, asset: 'USDC', amount: usd * USD };
}

/** The sandbox with 10 BTC bought for the first subaccount. */
function openPosition(): FirmDesk {
  const firm = new FirmDesk();
  firm.desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots: 100_000 });
  firm.desk.place({ account: BASIS, priceTicks: 600_000, sizeLots: 100_000 });
  return firm;
}

const port: PortPosition = {
  kind: 'PortPosition',
  from: BASIS,
  to: VOL,
  instrument: 0,
  lots: 40_000,
  priceTicks: 0,
};

test('a manager moves up to 250 000 USD alone; over that an ops approver agrees', () => {
  const firm = new FirmDesk();
  const { state } = firm.desk.engine;
  const before = balanceOf(state, ALTS, USDC);
  firm.ask('portfolio manager', transfer(250_000));
  expect(balanceOf(state, ALTS, USDC) - before).toBe(250_000 * USD);
  const proposal = firm.open('portfolio manager', transfer(250_001));
  firm.approve('admin', proposal);
  expect(firm.code).toBe('approval.notNeeded');
  expect(only(firm.approve('second ops-approver', proposal), 'ProposalEnded').end).toBe(ProposalEnd.done);
  expect(balanceOf(state, ALTS, USDC) - before).toBe(500_001 * USD);
});

test('what is moved alone is counted together until midnight, whoever moves it and whatever others agreed to', () => {
  const firm = new FirmDesk();
  const isAlone = (person: Parameters<FirmDesk['ask']>[0], usd: number) =>
    all(firm.ask(person, transfer(usd)), 'CollateralTransferred').length === 1;
  expect(isAlone('portfolio manager', 200_000)).toBe(true);
  expect(isAlone('ops-maker', 50_001)).toBe(false);
  const agreed = firm.open('ops-maker', transfer(300_000));
  firm.approve('ops-approver', agreed);
  expect(isAlone('ops-maker', 50_000)).toBe(true);
  expect(isAlone('second portfolio manager', 1)).toBe(false);
  // What the desk itself moves is nobody's, and what is refused was not moved.
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: transfer(10) });
  firm.wait(DAY_MS);
  firm.ask('ops-maker', { ...transfer(1), to: BASIS });
  expect(firm.code).toBe('move.sameAccount');
  expect(isAlone('ops-maker', 250_000)).toBe(true);
});

test('a transfer cut in pieces is as large as all of them', () => {
  const firm = new FirmDesk();
  const piece = { from: BASIS, to: ALTS, asset: 'USDC', amount: 150_000 * USD };
  const events = firm.ask('ops-maker', { kind: 'TransferMany', transfers: [piece, piece] });
  expect(only(events, 'ProposalOpened')).toBeDefined();
});

test('to another owner it takes the ops approver and who receives, and risk may object', () => {
  const firm = new FirmDesk();
  const { accounts, firms } = firm.desk.engine.state.directory;
  const theirs = accounts.length - 1;
  expect(firms[accounts[theirs]!.firm]!.label).toBe('Counterparty Sandbox');
  const proposal = firm.open('ops-maker', transfer(10, theirs));
  firm.approve('ops-approver', proposal);
  const done = firm.approve('counterparty trader', proposal);
  expect(only(done, 'ProposalEnded').end).toBe(ProposalEnd.done);
  const again = firm.open('ops-maker', transfer(10, theirs));
  firm.approve('risk', again, { decision: 'veto' });
  expect(firm.desk.engine.state.directory.proposals).toEqual([]);
});

test('a port takes both managers and risk, within ten minutes', () => {
  const firm = openPosition();
  const { state } = firm.desk.engine;
  const proposal = firm.open('portfolio manager', port);
  firm.approve('risk', proposal);
  expect(positionLots(state, VOL, 0)).toBe(0);
  const done = firm.approve('second portfolio manager', proposal);
  expect(only(done, 'ProposalEnded').end).toBe(ProposalEnd.done);
  expect(all(done, 'PositionPorted')).toHaveLength(2);
  expect([positionLots(state, BASIS, 0), positionLots(state, VOL, 0)]).toEqual([60_000, 40_000]);
  const late = firm.open('ops-maker', port);
  firm.approve('portfolio manager', late);
  firm.approve('second portfolio manager', late);
  expect(only(firm.wait(10 * MINUTE_MS), 'ProposalEnded').end).toBe(ProposalEnd.expired);
});

test('one manager is not two, and who asks for a port agrees to neither side of it', () => {
  const firm = openPosition();
  const proposal = firm.open('ops-maker', port);
  firm.approve('risk', proposal);
  const first = firm.approve('portfolio manager', proposal);
  expect(all(first, 'ProposalEnded')).toEqual([]);
  firm.approve('portfolio manager', proposal);
  expect(firm.code).toBe('approval.repeated');
  firm.approve('second risk', proposal);
  expect(positionLots(firm.desk.engine.state, VOL, 0)).toBe(0);
});

test('what cannot be done is refused before anybody is asked, and asked again when it is done', () => {
  const firm = openPosition();
  firm.ask('portfolio manager', { ...port, lots: 100_001 });
  expect(firm.code).toBe('position.insufficient');
  const proposal = firm.open('portfolio manager', port);
  firm.desk.place({ account: MAKER, priceTicks: 600_000, sizeLots: 100_000 });
  firm.desk.place({ account: BASIS, side: 1, priceTicks: 600_000, sizeLots: 100_000 });
  firm.approve('risk', proposal);
  const ended = only(firm.approve('second portfolio manager', proposal), 'ProposalEnded');
  expect(ended.end).toBe(ProposalEnd.failed);
});

test('a manager of one desk moves nothing into another alone', () => {
  const firm = new FirmDesk();
  const { state } = firm.desk.engine;
  const change: Action = {
    kind: 'ChangeMember',
    member: firm.memberOf('portfolio manager'),
    role: Role.portfolioManager,
    nodes: [state.accounts.columns.node[BASIS]!],
  };
  firm.desk.accept({ kind: 'Propose', firm: 1, action: change });
  firm.ask('portfolio manager', transfer(1));
  expect(firm.code).toBe('actor.outOfScope');
  firm.ask('portfolio manager', transfer(1, BASIS, ALTS));
  expect(firm.code).toBe('actor.outOfScope');
});

test('what has no price yet is over every limit', () => {
  const firm = new FirmDesk();
  firm.ask('portfolio manager', { ...transfer(1), asset: 'NONE' });
  expect(firm.code).toBe('asset.unknown');
});

test('any one stops a desk at once; that it goes on takes risk and an admin', () => {
  const firm = new FirmDesk();
  const node = firm.desk.engine.state.accounts.columns.node[BASIS]!;
  firm.ask('ops-approver', { kind: 'SetNodeState', node, state: 'frozen' });
  expect(firm.code).toBeUndefined();
  firm.desk.place({ account: BASIS });
  expect(firm.desk.code).toBe('node.frozen');
  firm.ask('portfolio manager', { kind: 'SetNodeState', node, state: 'normal' });
  expect(firm.code).toBe('policy.denied');
  const proposal = firm.open('ops-maker', { kind: 'SetNodeState', node, state: 'normal' });
  firm.approve('risk', proposal);
  expect(only(firm.approve('admin', proposal), 'ProposalEnded').end).toBe(ProposalEnd.done);
  firm.desk.place({ account: BASIS });
  expect(firm.desk.code).toBeUndefined();
});

test('an order over a soft limit waits for risk, a quarter of an hour; a hard one holds it all the same', () => {
  const firm = new FirmDesk();
  const { state } = firm.desk.engine;
  const node = state.accounts.columns.node[BASIS]!;
  const limit = (usd: number) => ({ orderUsd: usd * USD });
  const limits = { soft: limit(10_000), hard: limit(50_000) };
  firm.desk.accept({ kind: 'Propose', firm: 1, action: { kind: 'SetLimits', node, limits } });
  const order: PlaceOverLimit = {
    kind: 'PlaceOverLimit',
    account: BASIS,
    instrument: 0,
    side: 'buy',
    priceTicks: 590_000,
    sizeLots: 5_000,
    timeInForce: 'gtc',
  };
  firm.desk.place({ account: BASIS, priceTicks: 590_000, sizeLots: 5_000 });
  expect(firm.desk.code).toBe('limit.softOrderValue');
  const proposal = firm.open('trader', order);
  expect(state.accounts.columns.orderCount[BASIS]).toBe(0);
  const done = firm.approve('risk', proposal);
  expect(only(done, 'OrderAccepted')).toMatchObject({ account: BASIS, sizeLots: 5_000 });
  expect(only(done, 'ProposalEnded').end).toBe(ProposalEnd.done);
  firm.desk.place({ account: BASIS, priceTicks: 590_000, sizeLots: 5_000 });
  expect(firm.desk.code).toBe('limit.softOrderValue');
  firm.ask('trader', { ...order, sizeLots: 10_000 });
  expect(firm.code).toBe('limit.orderValue');
  firm.ask('trader', { ...order, account: VOL });
  expect(firm.code).toBe('actor.outOfScope');
  firm.ask('trader', { ...order, side: 'hold' as never });
  expect(firm.code).toBe('parameters.invalid');
  firm.ask('trader', { ...order, account: MAKER });
  expect(firm.code).toBe('actor.outOfScope');
  firm.open('trader', order);
  expect(only(firm.wait(15 * MINUTE_MS), 'ProposalEnded').end).toBe(ProposalEnd.expired);
});
