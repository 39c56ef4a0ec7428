// Goal: what is done was agreed to by as many as it needs when it is done, however it was cut and in whichever order its
// pieces were opened, agreed to and done. How: the sandbox's people under the standard policy, and random sequences of
// pieces beside a slow sum of who had agreed when each left.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { all, BASIS, only } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import { openVault } from '../../lab/fixtures/vault.ts';
import type { Withdraw } from '../../protocol/commands/actions.ts';
import { ProposalEnd, Role } from '../../protocol/enums.ts';
import { errorCodeOf } from '../../protocol/errors.ts';
import { addressOf } from '../../sandbox/people.ts';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import { beginUndo, rollBack } from '../memory/undo.ts';
import { stateHash } from '../snapshot.ts';
import { proposalsViewOf } from '../views/firm.ts';

const USD = 1_000_000;
/** Sequences; the long run asks for more. */
const RUNS = Number(process.env.BALLAST_LONG_COUNT ?? 6);

type Person = Parameters<typeof addressOf>[0];

function openFirm(): FirmDesk {
  const firm = new FirmDesk();
  openVault(firm.desk);
  return firm;
}

function payout({ desk }: FirmDesk, usd: number): Withdraw {
  const deadlineMs = desk.timeMs + 2 * DAY_MS;
  const to = addressOf('firm owner');
  return { kind: 'Withdraw', account: BASIS, asset: 'USDC', amount: usd * USD, to, deadlineMs };
}

const agree = (firm: FirmDesk, proposal: number, ...people: Person[]) =>
  people.flatMap((person) => firm.approve(person, proposal));

const paidUsd = ({ desk }: FirmDesk) =>
  desk.engine.state.directory.settlement.withdrawals.reduce((sum, { amount }) => sum + amount / USD, 0);

const viewOf = ({ desk }: FirmDesk, proposal: number) =>
  proposalsViewOf(desk.engine, FIRM).proposals.find((each) => each.proposal === proposal)!;

test('pieces that are opened together are as large as the whole: what is asked for beside the first needs treasury', () => {
  const firm = openFirm();
  const pieces = Array.from({ length: 4 }, () => firm.open('ops-maker', payout(firm, 50_000)));
  for (const piece of pieces) agree(firm, piece, 'ops-approver', 'firm owner');
  expect(paidUsd(firm)).toBe(50_000);
  agree(firm, pieces[2]!, 'treasury signer');
  expect(paidUsd(firm)).toBe(100_000);
});

test('what grew while it was open needs who is missing by now, and is shown so', () => {
  const firm = openFirm();
  const first = firm.open('ops-maker', payout(firm, 50_000));
  const second = firm.open('portfolio manager', payout(firm, 40_000));
  agree(firm, second, 'ops-approver', 'firm owner', 'treasury signer');
  expect(paidUsd(firm)).toBe(40_000);
  // Alone it was small; with what has gone before it is not.
  agree(firm, first, 'ops-approver', 'firm owner');
  expect(paidUsd(firm)).toBe(40_000);
  const { needs, rules, seats, approvers } = viewOf(firm, first);
  expect(rules).toEqual(['WITHDRAW-SMALL', 'WITHDRAW']);
  expect(needs.groups.map(({ roles }) => roles[0])).toContain(Role.treasurySigner);
  expect(seats.filter(({ member }) => member === null)).toHaveLength(1);
  expect(approvers).toContain(firm.memberOf('treasury signer'));
  agree(firm, first, 'treasury signer');
  expect(paidUsd(firm)).toBe(90_000);
});

test('proposal.needsGrown: what all had agreed to and waited is not done once it needs more people', () => {
  const firm = openFirm();
  const { desk } = firm;
  const hours = (min: number, overUsd: number, upToUsd?: number) => ({
    id: `OVER-${overUsd}`,
    when: { actions: ['Withdraw' as const], overUsd, ...(upToUsd === undefined ? {} : { upToUsd }) },
    verdict: {
      is: 'approve' as const,
      groups: [{ roles: [Role.opsApprover], side: 'from' as const, min }],
      vetoRoles: [],
      delayMs: min * HOUR_MS,
      expiryMs: DAY_MS,
    },
  });
  const rules = [hours(1, 0, 1_000), hours(2, 1_000)];
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetPolicy', rules } });
  const first = firm.open('ops-maker', payout(firm, 900));
  agree(firm, first, 'ops-approver', 'firm owner');
  const second = firm.open('ops-maker', payout(firm, 900));
  const due = agree(firm, second, 'ops-approver', 'second ops-approver', 'firm owner');
  expect(only(due, 'ProposalAgreed').dueAtMs).toBe(desk.timeMs + 2 * HOUR_MS);
  // Of two that wait the first is done first: neither was seen by the other's people as less than it is.
  expect(only(firm.wait(HOUR_MS), 'ProposalEnded').end).toBe(ProposalEnd.done);
  expect(only(firm.wait(HOUR_MS), 'ProposalEnded').end).toBe(ProposalEnd.done);
  firm.wait(DAY_MS);
  const early = firm.open('ops-maker', payout(firm, 900));
  const late = firm.open('ops-maker', payout(firm, 900));
  agree(firm, late, 'ops-approver', 'second ops-approver', 'firm owner');
  firm.wait(90 * 60_000);
  agree(firm, early, 'ops-approver', 'firm owner');
  expect(only(firm.wait(HOUR_MS / 2), 'ProposalEnded')).toMatchObject({
    proposal: late,
    end: ProposalEnd.done,
  });
  const ended = only(firm.wait(HOUR_MS / 2), 'ProposalEnded');
  expect([ended.proposal, ended.end, errorCodeOf(ended.code)]).toEqual([
    early,
    ProposalEnd.failed,
    'proposal.needsGrown',
  ]);
});

test('what has to wait for longer by now than when all agreed does', () => {
  const firm = openFirm();
  const { desk } = firm;
  const after = (delayMs: number, overUsd: number, upToUsd?: number) => ({
    id: `OVER-${overUsd}`,
    when: { actions: ['Withdraw' as const], overUsd, ...(upToUsd === undefined ? {} : { upToUsd }) },
    verdict: { is: 'approve' as const, groups: [], vetoRoles: [], delayMs, expiryMs: DAY_MS },
  });
  const rules = [after(3 * HOUR_MS, 0, 1_000), after(5 * HOUR_MS, 1_000)];
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetPolicy', rules } });
  const early = firm.open('ops-maker', payout(firm, 900));
  const late = firm.open('ops-maker', payout(firm, 900));
  agree(firm, late, 'firm owner');
  firm.wait(4 * HOUR_MS);
  const agreedMs = desk.timeMs;
  agree(firm, early, 'firm owner');
  expect(only(firm.wait(HOUR_MS), 'ProposalEnded').proposal).toBe(late);
  expect(only(firm.wait(2 * HOUR_MS), 'ProposalAgreed')).toMatchObject({
    proposal: early,
    dueAtMs: agreedMs + 5 * HOUR_MS,
  });
  expect(only(firm.wait(2 * HOUR_MS), 'ProposalEnded')).toMatchObject({
    proposal: early,
    end: ProposalEnd.done,
  });
});

test('policy.denied: who may not ask any more has asked for nothing', () => {
  const firm = openFirm();
  const proposal = firm.open('portfolio manager', payout(firm, 900));
  const member = firm.memberOf('portfolio manager');
  firm.desk.accept({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'ChangeMember', member, role: Role.trader, nodes: [] },
  });
  const ended = only(agree(firm, proposal, 'ops-approver', 'firm owner'), 'ProposalEnded');
  expect([ended.end, errorCodeOf(ended.code)]).toEqual([ProposalEnd.failed, 'policy.denied']);
});

test('what is tried out grows nothing', () => {
  const firm = openFirm();
  const { engine } = firm.desk;
  const proposal = firm.open('ops-maker', payout(firm, 2_000_000));
  const before = stateHash(engine.state);
  beginUndo(engine.undo);
  agree(firm, proposal, 'ops-approver', 'second ops-approver', 'treasury signer', 'second treasury signer');
  agree(firm, proposal, 'firm owner');
  rollBack(engine.undo);
  expect(stateHash(engine.state)).toBe(before);
});

const PEOPLE = ['ops-approver', 'second ops-approver', 'treasury signer', 'second treasury signer'] as const;
const step = fc.record({
  what: fc.constantFrom('open', 'open', 'agree', 'agree', 'agree', 'agree', 'owner', 'hours'),
  usd: fc.constantFrom(10_000, 50_000, 200_000, 900_000),
  who: fc.constantFrom(...PEOPLE),
  pick: fc.nat({ max: 7 }),
});

test('the sum of a day never passes a tier with fewer people than it asks for', () => {
  let paid = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 40, maxLength: 90 }), (steps) => {
      const firm = openFirm();
      const open = new Map<number, Set<string>>();
      let day = -1;
      let sumUsd = 0;
      const read = (events: ReturnType<FirmDesk['wait']>) => {
        for (const { proposal, end } of all(events, 'ProposalEnded')) {
          const people = open.get(proposal)!;
          open.delete(proposal);
          if (end !== ProposalEnd.done) continue;
          const today = Math.floor(firm.desk.timeMs / DAY_MS);
          const { amount } = all(events, 'WithdrawalAuthorised')[0]!;
          sumUsd = (today === day ? sumUsd : 0) + amount / USD;
          day = today;
          paid++;
          const ops = PEOPLE.slice(0, 2).filter((person) => people.has(person)).length;
          const treasury = PEOPLE.slice(2).filter((person) => people.has(person)).length;
          const wanted = sumUsd > 1_000_000 ? [2, 2] : sumUsd > 50_000 ? [1, 1] : [1, 0];
          expect([ops >= wanted[0]!, treasury >= wanted[1]!, sumUsd]).toEqual([true, true, sumUsd]);
        }
      };
      for (const { what, usd, who, pick } of steps) {
        const at = [...open.keys()][pick % Math.max(1, open.size)];
        if (what === 'hours') {
          firm.desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
          firm.desk.wait(2 * HOUR_MS);
          firm.desk.prices({ 0: 60_000, 1: 3_000, 2: 150 });
          read(firm.desk.run({ kind: 'Tick' }));
        } else if (what === 'open' || at === undefined) {
          const maker = pick % 2 === 0 ? 'ops-maker' : 'portfolio manager';
          for (const { proposal } of all(firm.ask(maker, payout(firm, usd)), 'ProposalOpened'))
            open.set(proposal, new Set());
        } else {
          const person = what === 'owner' ? 'firm owner' : who;
          const events = firm.approve(person, at);
          if (firm.code === undefined) open.get(at)!.add(person);
          read(events);
        }
      }
    }),
    { numRuns: RUNS },
  );
  // A property about what is paid says nothing where nothing is.
  expect(paid).toBeGreaterThan(RUNS);
});
