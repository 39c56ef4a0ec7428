// Goal: what needs others is done when they have agreed, and not before; everything else about a proposal is refused
// with the reason. How: the sandbox's firm with all its people, each with a wallet, judged by the standard policy.
import { expect, test } from 'vitest';
import { all, only } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Action, AdmitMember } from '../../protocol/commands/actions.ts';
import { ProposalEnd, Role } from '../../protocol/enums.ts';
import { errorCodeOf } from '../../protocol/errors.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { DAY_MS } from '../../units/time.ts';
import { beginUndo, rollBack } from '../memory/undo.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';

const STRANGER = `0x${'c7'.repeat(20)}`;
const admission: AdmitMember = {
  kind: 'AdmitMember',
  address: STRANGER,
  role: Role.risk,
  label: 'Risk 3',
  nodes: [],
};

/** The ops maker asks to let somebody in: two admins must agree, then a day passes. */
function openAdmission(): { firm: FirmDesk; proposal: number } {
  const firm = new FirmDesk();
  return { firm, proposal: firm.open('ops-maker', admission) };
}

function endOf(events: readonly EngineEvent[]): { end: number; code: string | undefined; member: number } {
  const { end, code, member } = only(events, 'ProposalEnded');
  return { end, code: errorCodeOf(code), member };
}

const isIn = ({ desk }: FirmDesk, address = STRANGER) =>
  desk.engine.state.directory.members.some((member) => member.address === address && !member.isRemoved);

test('two admins agree, a day passes, and it is done', () => {
  const { firm, proposal } = openAdmission();
  expect(isIn(firm)).toBe(false);
  expect(all(firm.approve('admin', proposal), 'ProposalAgreed')).toEqual([]);
  const { dueAtMs } = only(firm.approve('second admin', proposal), 'ProposalAgreed');
  expect(dueAtMs).toBe(firm.desk.timeMs + DAY_MS);
  expect(all(firm.wait(DAY_MS - 1), 'ProposalEnded')).toEqual([]);
  expect(isIn(firm)).toBe(false);
  expect(endOf(firm.wait(1)).end).toBe(ProposalEnd.done);
  expect(isIn(firm)).toBe(true);
  expect(firm.desk.engine.state.directory.proposals).toEqual([]);
});

test('what the policy allows is done at once', () => {
  const firm = new FirmDesk();
  const node = firm.desk.engine.state.firms.columns.root[FIRM]!;
  const events = firm.ask('portfolio manager', { kind: 'RenameNode', node, label: 'Fund One' });
  expect(only(events, 'NodeRenamed').node).toBe(node);
  expect(all(events, 'ProposalOpened')).toEqual([]);
});

test('any one who may agree may say no, also when all have agreed, and risk may as well', () => {
  const { firm, proposal } = openAdmission();
  firm.approve('admin', proposal);
  firm.approve('second admin', proposal);
  const vetoed = firm.approve('second risk', proposal, { decision: 'veto' });
  expect(endOf(vetoed)).toMatchObject({ end: ProposalEnd.vetoed, member: firm.memberOf('second risk') });
  expect(isIn(firm)).toBe(false);
  const again = firm.open('ops-maker', admission);
  firm.approve('third admin', again, { decision: 'veto' });
  expect(firm.desk.engine.state.directory.proposals).toEqual([]);
});

test('who asks may take it back, nobody else', () => {
  const { firm, proposal } = openAdmission();
  firm.withdraw('admin', proposal);
  expect(firm.code).toBe('proposal.notMaker');
  firm.withdraw('ops-maker', proposal);
  expect(firm.code).toBeUndefined();
  firm.withdraw('ops-maker', proposal);
  expect(firm.code).toBe('proposal.unknown');
});

test('without enough people in time it expires', () => {
  const { firm, proposal } = openAdmission();
  firm.approve('admin', proposal);
  expect(endOf(firm.wait(DAY_MS)).end).toBe(ProposalEnd.expired);
  firm.approve('second admin', proposal);
  expect(firm.code).toBe('proposal.unknown');
});

test('proposal.expired: at the millisecond its time is over nobody agrees, also before a tick has ended it', () => {
  const { firm, proposal } = openAdmission();
  const { desk } = firm;
  firm.approve('admin', proposal);
  desk.wait(DAY_MS - 1);
  firm.approve('second admin', proposal, { decision: 'veto', reason: '' });
  expect(firm.code).toBe('approval.reasonMissing');
  desk.wait(1);
  firm.approve('second admin', proposal);
  expect(firm.code).toBe('proposal.expired');
  firm.approve('second risk', proposal, { decision: 'veto' });
  expect(firm.code).toBe('proposal.expired');
  expect(endOf(firm.wait(0)).end).toBe(ProposalEnd.expired);
  expect(isIn(firm)).toBe(false);
});

test('what has expired ends together, and what was agreed to in time is still done', () => {
  const firm = new FirmDesk();
  const agreed = firm.open('ops-maker', admission);
  const late = Array.from({ length: 6 }, () => firm.open('ops-maker', { ...admission, label: 'Risk 4' }));
  for (const admin of ['admin', 'second admin'] as const) firm.approve(admin, agreed);
  const ended = all(firm.wait(DAY_MS), 'ProposalEnded');
  expect(ended.map(({ proposal, end }) => [proposal, end])).toEqual([
    ...late.map((proposal) => [proposal, ProposalEnd.expired]),
    [agreed, ProposalEnd.done],
  ]);
});

test('another policy ends what waits under the old one', () => {
  const { firm, proposal } = openAdmission();
  const rules = [{ id: 'ADMINS', when: { roles: [Role.admin] }, verdict: { is: 'allow' as const } }];
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetPolicy', rules } });
  firm.approve('admin', proposal);
  expect(firm.code).toBe('approval.policyChanged');
  expect(endOf(firm.wait(1)).end).toBe(ProposalEnd.policyChanged);
});

test('who has left in the meantime has not agreed', () => {
  const { firm, proposal } = openAdmission();
  firm.approve('admin', proposal);
  firm.approve('second admin', proposal);
  const member = firm.memberOf('second admin');
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'RemoveMember', member } });
  expect(endOf(firm.wait(DAY_MS))).toMatchObject({ end: ProposalEnd.failed, code: 'proposal.quorumLost' });
  expect(isIn(firm)).toBe(false);
});

test('what cannot be done any more when its time has come fails with the reason', () => {
  const { firm, proposal } = openAdmission();
  firm.approve('admin', proposal);
  firm.approve('second admin', proposal);
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: admission });
  expect(endOf(firm.wait(DAY_MS))).toMatchObject({ end: ProposalEnd.failed, code: 'wallet.inUse' });
});

test('refusals of a decision, each alone', () => {
  const { firm, proposal } = openAdmission();
  const { timeMs, engine } = firm.desk;
  const seq = () => engine.state.globals.columns.seq[0]!;
  const refused = (code: string, act: () => void) => {
    act();
    expect(firm.code).toBe(code);
  };
  refused('proposal.unknown', () => firm.approve('admin', proposal + 1));
  refused('parameters.invalid', () => firm.approve('admin', proposal, { decision: 'maybe' as never }));
  refused('approval.expired', () => firm.approve('admin', proposal, { deadlineMs: timeMs }));
  refused('approval.seqAhead', () => firm.approve('admin', proposal, { seqMin: seq() + 1 }));
  refused('approval.actionChanged', () =>
    firm.approve('admin', proposal, { actionHash: `0x${'00'.repeat(32)}` }),
  );
  refused('approval.policyChanged', () =>
    firm.approve('admin', proposal, { policyHash: `0x${'00'.repeat(32)}` }),
  );
  refused('approval.ownProposal', () => firm.approve('ops-maker', proposal));
  refused('approval.reasonMissing', () => firm.approve('admin', proposal, { decision: 'veto', reason: '' }));
  refused('comment.invalid', () => firm.approve('admin', proposal, { reason: 'x'.repeat(281) }));
  refused('approval.notNeeded', () => firm.approve('trader', proposal));
  refused('approval.notNeeded', () => firm.approve('trader', proposal, { decision: 'veto' }));
  refused('approval.notNeeded', () => firm.approve('risk', proposal));
  firm.approve('admin', proposal);
  refused('approval.repeated', () => firm.approve('admin', proposal));
  refused('approval.notNeeded', () => firm.approve('counterparty trader', proposal));
});

test('two wallets of one person count once', () => {
  const { firm, proposal } = openAdmission();
  const member = firm.memberOf('admin');
  const second = `0x${'d8'.repeat(20)}`;
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'LinkWallet', member, address: second } });
  firm.approve('admin', proposal);
  firm.decide(second, proposal);
  expect(firm.code).toBe('approval.repeated');
});

test('a session key, the desk and a stranger decide nothing', () => {
  const { firm, proposal } = openAdmission();
  firm.decide(STRANGER, proposal);
  expect(firm.code).toBe('actor.unknown');
  const local = firm.desk.engine.state.directory.agents.findIndex(({ scheme }) => scheme === 0) + 1;
  const { desk } = firm;
  desk.run({ kind: 'WithdrawProposal', proposal }, local);
  expect(desk.code).toBe('actor.notPermitted');
  desk.run({ kind: 'WithdrawProposal', proposal });
  expect(desk.code).toBe('proposal.notMaker');
  const hashes = { reason: '', actionHash: '', policyHash: '', seqMin: 0, deadlineMs: desk.timeMs + 1 };
  desk.run({ kind: 'Decide', proposal, decision: 'approve', ...hashes });
  expect(desk.code).toBe('actor.notPermitted');
  desk.run({ kind: 'CommentProposal', proposal, text: 'Done.', isQuestion: false });
  expect(desk.code).toBe('actor.notPermitted');
});

/** Another ops maker, let in by the desk. */
function admitMaker(firm: FirmDesk, count: number): string {
  const address = `0x${(count + 1).toString(16).padStart(40, 'f')}`;
  const action: Action = {
    kind: 'AdmitMember',
    address,
    role: Role.opsMaker,
    label: `Ops ${count}`,
    nodes: [],
  };
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action });
  return address;
}

test('proposal.tooManyOwn: one person has eight open ones, and room for as many that tighten', () => {
  const firm = new FirmDesk();
  for (let count = 0; count < 8; count++) firm.open('ops-maker', { ...admission, label: `Risk ${count}` });
  firm.ask('ops-maker', admission);
  expect(firm.code).toBe('proposal.tooManyOwn');
  const remove = { kind: 'RemoveMember', member: firm.memberOf('third admin') } as const;
  for (let count = 0; count < 8; count++) firm.open('ops-maker', remove);
  firm.ask('ops-maker', remove);
  expect(firm.code).toBe('proposal.tooManyOwn');
  firm.withdraw('ops-maker', firm.desk.engine.state.directory.proposals[0]!.proposal);
  firm.open('ops-maker', admission);
});

test('proposal.tooMany: with 48 open a firm still removes who opened them, and at 64 it ends', () => {
  const firm = new FirmDesk();
  const makers = Array.from({ length: 6 }, (_, count) => admitMaker(firm, count));
  for (const maker of makers)
    for (let count = 0; count < 8; count++) firm.askOf(maker, { ...admission, label: `Risk ${count}` });
  expect(firm.desk.engine.state.directory.proposals).toHaveLength(48);
  firm.ask('ops-maker', admission);
  expect(firm.code).toBe('proposal.tooMany');
  const member = firm.memberOf('third admin');
  for (const maker of makers.slice(0, 2))
    for (let count = 0; count < 8; count++) firm.askOf(maker, { kind: 'RemoveMember', member });
  expect(firm.code).toBeUndefined();
  firm.ask('risk', { kind: 'RemoveMember', member });
  expect(firm.code).toBe('proposal.tooMany');
});

test('proposals are state: they are saved, and an attempt at them leaves no trace', () => {
  const { firm, proposal } = openAdmission();
  firm.approve('admin', proposal);
  const { engine } = firm.desk;
  const before = stateHash(engine.state);
  expect(stateHash(restoreState(saveState(engine.state)).state)).toBe(before);
  beginUndo(engine.undo);
  firm.approve('second admin', proposal);
  firm.wait(DAY_MS);
  expect(isIn(firm)).toBe(true);
  rollBack(engine.undo);
  expect(isIn(firm)).toBe(false);
  expect(stateHash(engine.state)).toBe(before);
});

test('whom it concerns speaks about a proposal; what was said stays with it, a veto’s reason too', () => {
  const { firm, proposal } = openAdmission();
  firm.comment('admin', proposal, 'Whose wallet is that?', true);
  firm.comment('ops-maker', proposal, 'Our new risk officer’s.');
  firm.comment('second risk', proposal, 'I know nothing of one.');
  firm.approve('second risk', proposal, { decision: 'veto', reason: 'Ask me first.' });
  const said = firm.closed(proposal).comments;
  expect(said.map(({ member, text, isQuestion }) => [member, text, isQuestion])).toEqual([
    [firm.memberOf('admin'), 'Whose wallet is that?', true],
    [firm.memberOf('ops-maker'), 'Our new risk officer’s.', false],
    [firm.memberOf('second risk'), 'I know nothing of one.', false],
    [firm.memberOf('second risk'), 'Ask me first.', false],
  ]);
});

test('refusals of a comment, each alone', () => {
  const { firm, proposal } = openAdmission();
  const refused = (code: string, ...said: Parameters<FirmDesk['comment']>) => {
    firm.comment(...said);
    expect(firm.code).toBe(code);
  };
  refused('proposal.unknown', 'admin', proposal + 1, 'Hello.');
  refused('comment.notConcerned', 'trader', proposal, 'Hello.');
  refused('comment.notConcerned', 'auditor', proposal, 'Hello.');
  refused('comment.notConcerned', 'counterparty trader', proposal, 'Hello.');
  refused('comment.invalid', 'admin', proposal, '');
  refused('comment.invalid', 'admin', proposal, 'x'.repeat(281));
  refused('comment.invalid', 'admin', proposal, 'Agree\u202eto it.');
  refused('parameters.invalid', 'ops-maker', proposal, 'Why?', true);
  for (let said = 0; said < 50; said++) firm.comment('admin', proposal, `Number ${said}.`);
  expect(firm.code).toBeUndefined();
  refused('comment.tooMany', 'ops-maker', proposal, 'One more.');
});

test('of a firm the last decisions are kept, and those of a tried-out command are not', () => {
  const firm = new FirmDesk();
  const opened = Array.from({ length: 66 }, () => {
    const proposal = firm.open('ops-maker', admission);
    firm.withdraw('ops-maker', proposal);
    return proposal;
  });
  const { directory } = firm.desk.engine.state;
  expect(directory.decided.map(({ proposal }) => proposal.proposal)).toEqual(opened.slice(2));
  const open = firm.open('ops-maker', admission);
  const { undo } = firm.desk.engine;
  beginUndo(undo);
  firm.comment('admin', open, 'Tried out.');
  firm.approve('admin', open, { decision: 'veto' });
  rollBack(undo);
  expect(directory.decided).toHaveLength(64);
  expect(directory.proposals.at(-1)?.comments).toEqual([]);
});
