// Goal: a change set waits for everybody whom one of its parts would wait for, and is agreed to as one. How: the
// sandbox's people under the standard policy and under rules of their own.
import { expect, test } from 'vitest';
import { ALTS, all, BASIS, BTC, MAKER, only, VOL } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { ChangePart, ChangeSet, PortPosition, Transfer } from '../../protocol/commands/actions.ts';
import type { Rule } from '../../protocol/commands/policy.ts';
import { ProposalEnd, Role } from '../../protocol/enums.ts';
import { refusal } from '../../protocol/errors.ts';
import { actionHash } from '../../protocol/typed/actionHash.ts';
import { DAY_MS, MINUTE_MS } from '../../units/time.ts';
import { positionLots } from '../accounts/positions.ts';
import { balanceOf } from '../ledger/post.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { standardPolicy } from '../policy/standardPolicy.ts';
import { proposalsViewOf } from '../views/firm.ts';
import { actionTrialOf } from './actionTrial.ts';

const USD = 1e6;

function move(usd: number, from = BASIS, to = ALTS): Transfer {
  return { kind: 'Transfer', from, to, asset: 'USDC', amount: usd * USD };
}

const port: PortPosition = {
  kind: 'PortPosition',
  from: BASIS,
  to: VOL,
  instrument: BTC,
  lots: 40_000,
  priceTicks: 0,
};

const set = (...parts: ChangePart[]): ChangeSet => ({ kind: 'ChangeSet', parts });

/** The sandbox with 10 BTC bought for the first subaccount. */
function openPosition(): FirmDesk {
  const firm = new FirmDesk();
  firm.desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots: 100_000 });
  firm.desk.place({ account: BASIS, priceTicks: 600_000, sizeLots: 100_000 });
  return firm;
}

const cashOf = ({ desk }: FirmDesk, account: number) => balanceOf(desk.engine.state, account, USDC);
const lotsOf = ({ desk }: FirmDesk, account: number) => positionLots(desk.engine.state, account, BTC);

function setPolicy(firm: FirmDesk, ...rules: Rule[]): void {
  const all = [...standardPolicy.rules, ...rules];
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetPolicy', rules: all } });
}

test('what every part is allowed for is done at once; pieces are as large as all of them', () => {
  const firm = new FirmDesk();
  const before = cashOf(firm, ALTS);
  firm.ask('portfolio manager', set(move(100_000), move(150_000)));
  expect(cashOf(firm, ALTS) - before).toBe(250_000 * USD);
  // It counts for the day, and so do the pieces of the next one.
  expect(all(firm.ask('portfolio manager', set(move(1), move(1))), 'ProposalOpened')).toHaveLength(1);
  firm.wait(DAY_MS);
  expect(
    all(firm.ask('portfolio manager', set(move(125_000), move(125_001))), 'ProposalOpened'),
  ).toHaveLength(1);
});

test('three moves, each agreed to by whom it needs: the last who is missing brings about all of them', () => {
  const firm = openPosition();
  const before = [BASIS, ALTS, VOL].map((account) => cashOf(firm, account));
  const proposal = firm.open('portfolio manager', set(move(300_000), port, move(5, ALTS, VOL)));
  const [view] = proposalsViewOf(firm.desk.engine, FIRM).proposals;
  expect(view?.rules).toEqual(['TRANSFER', 'PORT']);
  expect(view?.needs.groups.map(({ roles, side, min }) => [roles, side, min])).toEqual([
    [[Role.opsApprover], 'from', 1],
    [[Role.portfolioManager], 'to', 1],
    [[Role.risk], 'from', 1],
  ]);
  expect(view?.needs).toMatchObject({ vetoRoles: [Role.risk], delayMs: 0, expiryMs: 10 * MINUTE_MS });
  expect(all(firm.approve('second portfolio manager', proposal), 'ProposalEnded')).toEqual([]);
  expect(all(firm.approve('risk', proposal), 'ProposalEnded')).toEqual([]);
  expect(lotsOf(firm, VOL)).toBe(0);
  const events = firm.approve('ops-approver', proposal);
  expect(only(events, 'ProposalEnded').end).toBe(ProposalEnd.done);
  expect(all(events, 'CollateralTransferred')).toHaveLength(2);
  expect(all(events, 'PositionPorted')).toHaveLength(2);
  expect([lotsOf(firm, BASIS), lotsOf(firm, VOL)]).toEqual([60_000, 40_000]);
  expect(cashOf(firm, ALTS)).toBe(before[1]! + 299_995 * USD);
});

test('any one who may object ends all of it', () => {
  const firm = openPosition();
  const proposal = firm.open('portfolio manager', set(move(300_000), port));
  firm.approve('ops-approver', proposal);
  const ended = only(firm.approve('second risk', proposal, { decision: 'veto' }), 'ProposalEnded');
  expect(ended.end).toBe(ProposalEnd.vetoed);
  expect(lotsOf(firm, VOL)).toBe(0);
});

test('policy.denied: one part that is denied denies all, and it is said which', () => {
  const firm = openPosition();
  const never: Rule = { id: 'NO-VOL', when: { actions: ['PortPosition'] }, verdict: { is: 'deny' } };
  setPolicy(firm, never);
  const events = firm.ask('portfolio manager', set(move(1), move(2), port));
  expect(firm.code).toBe('policy.denied');
  expect(only(events, 'ChangeSetRefused')).toMatchObject({ part: 3, code: refusal['policy.denied'] });
  // A trader may do none of it: the first part is the one.
  expect(only(firm.ask('trader', set(move(1), port)), 'ChangeSetRefused').part).toBe(1);
});

test('a rule that names change sets adds to those of the parts and takes nothing away', () => {
  const firm = new FirmDesk();
  const risk = { roles: [Role.risk], side: 'from', min: 1 } as const;
  setPolicy(firm, {
    id: 'SETS',
    when: { actions: ['ChangeSet'] },
    verdict: {
      is: 'approve',
      groups: [{ ...risk, roles: [...risk.roles] }],
      vetoRoles: [],
      delayMs: 0,
      expiryMs: DAY_MS,
    },
  });
  const proposal = firm.open('portfolio manager', set(move(1), move(2)));
  expect(only(firm.approve('risk', proposal), 'ProposalEnded').end).toBe(ProposalEnd.done);
  firm.ask('trader', set(move(1), move(2)));
  expect(firm.code).toBe('policy.denied');
});

test('whom a part of another owner asks need not reach what the other parts touch, and risk of this firm must', () => {
  const firm = openPosition();
  const { accounts } = firm.desk.engine.state.directory;
  const theirs = accounts.length - 1;
  const proposal = firm.open('ops-maker', set(move(10), { ...port, to: theirs }));
  const groups = proposalsViewOf(firm.desk.engine, FIRM).proposals[0]!.needs.groups;
  const node = (account: number) => firm.desk.engine.state.accounts.columns.node[account]!;
  expect(groups.find(({ side }) => side === 'to')?.places).toEqual([node(theirs)]);
  const { directory } = firm.desk.engine.state;
  const owner = directory.members.find((member) => member.firm === accounts[theirs]!.firm)!;
  firm.decide(owner.address, proposal);
  expect(firm.code).toBeUndefined();
  firm.approve('second portfolio manager', proposal);
  const ended = only(firm.approve('risk', proposal), 'ProposalEnded');
  expect(ended.end).toBe(ProposalEnd.done);
  expect(lotsOf(firm, theirs)).toBe(40_000);
});

test('what is signed is the whole set: another order, part or number of them is not what is proposed', () => {
  const firm = openPosition();
  const parts = [move(300_000), port] as const;
  const proposal = firm.open('portfolio manager', set(...parts));
  const others = [set(port, parts[0]), set(parts[0], { ...port, lots: 40_001 }), set(parts[0], port, port)];
  for (const other of others) {
    firm.approve('ops-approver', proposal, { actionHash: actionHash(other) });
    expect(firm.code).toBe('approval.actionChanged');
  }
  const { seq } = firm.desk.engine.state.globals.columns;
  firm.approve('ops-approver', proposal, { seqMin: seq[0]! + 5 });
  expect(firm.code).toBe('approval.seqAhead');
  firm.approve('ops-approver', proposal);
  expect(firm.code).toBeUndefined();
});

test('a position that has gone by then: nothing is done, and the record says which part and why', () => {
  const firm = openPosition();
  const proposal = firm.open('portfolio manager', set(move(300_000), port));
  firm.approve('ops-approver', proposal);
  firm.approve('second portfolio manager', proposal);
  firm.desk.place({ account: MAKER, side: 0, priceTicks: 600_000, sizeLots: 90_000 });
  firm.desk.place({ account: BASIS, side: 1, priceTicks: 600_000, sizeLots: 90_000 });
  const before = [BASIS, ALTS].map((account) => cashOf(firm, account));
  const events = firm.approve('risk', proposal);
  expect(firm.desk.engine.state.directory.proposals).toEqual([]);
  expect(only(events, 'ChangeSetRefused')).toMatchObject({ part: 2, account: -1 });
  expect(only(events, 'ProposalEnded').end).toBe(ProposalEnd.failed);
  expect([BASIS, ALTS].map((account) => cashOf(firm, account))).toEqual(before);
  expect(proposalsViewOf(firm.desk.engine, FIRM).closed[0]?.refusal).toEqual({
    code: 'position.insufficient',
    message: 'Part 2: The account holds fewer lots of the instrument than that.',
    part: 2,
  });
});

test('what cannot be done now is asked of nobody', () => {
  const firm = openPosition();
  const events = firm.ask('portfolio manager', set(move(300_000), { ...port, lots: 100_001 }));
  expect(firm.code).toBe('position.insufficient');
  expect(only(events, 'ChangeSetRefused').part).toBe(2);
  expect(firm.desk.engine.state.directory.proposals).toEqual([]);
});

test('a trial shows every account before and after, whom each part asks and why, and changes nothing', () => {
  const firm = openPosition();
  const member = firm.memberOf('portfolio manager');
  const trial = (action: ChangeSet) => actionTrialOf(firm.desk.engine, { firm: FIRM, member, action });
  const view = trial(set(move(300_000), port, move(5, ALTS, VOL)));
  expect(view.refusal).toBeNull();
  expect(view.accounts.map(({ account }) => account)).toEqual([BASIS, ALTS, VOL]);
  expect(view.parts.map(({ verdict, rules }) => [verdict, rules])).toEqual([
    ['approve', ['TRANSFER']],
    ['approve', ['PORT']],
    ['approve', ['TRANSFER']],
  ]);
  const [basis] = view.accounts;
  expect(basis!.after.equityUsd).toBe(basis!.before.equityUsd - 300_000 * USD);
  expect(basis!.after.initialUsd).toBeLessThan(basis!.before.initialUsd);
  expect(trial(set(move(1), { ...port, lots: 100_001 })).refusal).toMatchObject({
    code: 'position.insufficient',
    part: 2,
  });
  expect(trial(set(move(1))).refusal?.code).toBe('change.countInvalid');
  expect(lotsOf(firm, VOL)).toBe(0);
});
