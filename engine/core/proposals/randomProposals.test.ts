// Goal: nothing is ever done without the agreement it needs. How: random sequences of asking, agreeing, objecting,
// joining, leaving and waiting by random wallets, beside a slow account book of who truly agreed to what.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALTS, all, BASIS } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import { ProposalEnd, Role } from '../../protocol/enums.ts';
import type { EngineEvent } from '../../protocol/events/table.ts';
import { people } from '../../sandbox/people.ts';
import { DAY_MS } from '../../units/time.ts';
import { policyOf } from '../policy/policyOf.ts';

/** Sequences; the long run asks for more. */
const RUNS = Number(process.env.BALLAST_LONG_COUNT ?? 20);
const ROOT = 0;

interface Noted {
  maker: number;
  action: Action;
  agreed: Set<number>;
  dueAtMs: number;
}

/** Those whom the standard policy asks come more often than all others. */
const DECIDING = [
  'ops-maker',
  'ops-approver',
  'risk',
  'second risk',
  'admin',
  'second admin',
  'third admin',
].map((role) => people.findIndex((person) => person.role === role));

const step = fc.record({
  who: fc.oneof(fc.constantFrom(...DECIDING), fc.nat({ max: people.length - 1 })),
  /** A second wallet of the person, where there is one. */
  isSecond: fc.boolean(),
  what: fc.constantFrom(
    'admit',
    'link',
    'policy',
    'remove',
    'role',
    'transfer',
    'limit',
    'key',
    'key',
    'approve',
    'approve',
    'approve',
    'approve',
    'veto',
    'wait',
    'day',
  ),
  pick: fc.nat({ max: 7 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What the standard policy wants for each kind, read from the matrix and written down a second time. */
const WANTED: Partial<Record<Action['kind'], Role[]>> = {
  AdmitMember: [Role.admin, Role.admin],
  ChangeMember: [Role.admin, Role.admin],
  LinkWallet: [Role.admin, Role.admin],
  SetPolicy: [Role.admin, Role.admin],
  RemoveMember: [Role.admin],
  Transfer: [Role.opsApprover],
  SetLimits: [Role.risk, Role.admin],
  ApproveKey: [Role.opsApprover],
};
/** What is done as soon as all have agreed. */
const AT_ONCE: readonly Action['kind'][] = ['RemoveMember', 'Transfer', 'ApproveKey'];

/** Counts persons: each who agreed is there, is not who asked nor whom it is about, and fills one place. */
function isEnough(firm: FirmDesk, { maker, action, agreed }: Noted): boolean {
  const { members } = firm.desk.engine.state.directory;
  const subject = 'member' in action ? action.member : -1;
  const roles = [...agreed]
    .filter((member) => !members[member]!.isRemoved && member !== maker && member !== subject)
    .map((member) => members[member]!.role);
  // Every place asks for one role, so counting roles is the same as seating people.
  const count = (of: readonly Role[], role: Role) => of.filter((each) => each === role).length;
  const wanted = WANTED[action.kind]!;
  return wanted.every((role) => count(roles, role) >= count(wanted, role));
}

const ROLES = [Role.admin, Role.risk, Role.opsApprover, Role.auditor];
const WEIGHTY = [
  'MemberAdded',
  'MemberChanged',
  'MemberRemoved',
  'WalletLinked',
  'PolicySet',
  'CollateralTransferred',
  'LimitsSet',
  'AgentApproved',
] as const;
/** More than anybody moves alone, and less than a twentieth of what there is. */
const OVER_FREE = 250_000_000_001;

/** A higher limit at the top of the tree with every serial: each gives more room than the one before. A key without a notional is past the soft one. */
function limitOf(serial: number): Action {
  return {
    kind: 'SetLimits',
    node: ROOT,
    limits: { soft: { grossUsd: 1e6 }, hard: { grossUsd: 1e12 + serial } },
  };
}

class Ledger {
  readonly firm = new FirmDesk();
  readonly #open = new Map<number, Noted>();
  #serial = 0;
  done = 0;

  constructor() {
    this.firm.desk.accept({ kind: 'Propose', firm: FIRM, action: limitOf(0) });
  }

  take({ who, isSecond, what, pick }: Step): void {
    const { firm } = this;
    const first = people[who]!.address;
    const address = isSecond ? (this.#seconds.get(first) ?? first) : first;
    const proposal = [...this.#open.keys()][pick % Math.max(1, this.#open.size)] ?? 0;
    if (what === 'approve' || what === 'veto') return this.#decide(address, proposal, what);
    if (what === 'wait') return this.#read(firm.wait(1), -1);
    if (what === 'day') return this.#read(firm.wait(DAY_MS), -1);
    const { role } = people[who]!;
    const action = what === 'key' ? this.#keyOf(firm.memberOf(role)) : this.#actionOf(what, pick);
    const member = firm.memberOf(role);
    this.#read(firm.ask(role, action), member, action);
    if (firm.code === 'proposal.tooManyOwn') this.#takeBack(role, member);
  }

  /** Who has too many open gives up the oldest: the others are still to be decided. */
  #takeBack(role: (typeof people)[number]['role'], maker: number): void {
    const [oldest] = [...this.#open].find(([, noted]) => noted.maker === maker)!;
    this.firm.withdraw(role, oldest);
    this.#open.delete(oldest);
  }

  readonly #seconds = new Map<string, string>();

  /** One of the asker's own, good for as long as any may be: nobody has another's made. */
  #keyOf(member: number): Action {
    const publicKey = (++this.#serial).toString(16).padStart(64, '0');
    const expiresAtMs = this.firm.desk.timeMs + 80 * DAY_MS;
    const scope = { accounts: [], markets: [], notionalPerHourUsd: 0, addresses: [] };
    return { kind: 'ApproveKey', member, scheme: 'ed25519', publicKey, expiresAtMs, ...scope };
  }

  #actionOf(what: string, pick: number): Action {
    const { members } = this.firm.desk.engine.state.directory;
    const ours = members.flatMap(({ firm }, member) => (firm === FIRM ? [member] : []));
    const member = ours[pick % ours.length]!;
    const address = `0x${(++this.#serial).toString(16).padStart(40, 'e')}`;
    if (what === 'admit')
      return { kind: 'AdmitMember', address, role: Role.admin, label: 'Admin', nodes: [] };
    if (what === 'remove') return { kind: 'RemoveMember', member };
    if (what === 'role') return { kind: 'ChangeMember', member, role: ROLES[pick % 4]!, nodes: [] };
    if (what === 'transfer')
      return { kind: 'Transfer', from: BASIS, to: ALTS, asset: 'USDC', amount: OVER_FREE + this.#serial };
    if (what === 'limit') return limitOf(this.#serial);
    if (what === 'link') return { kind: 'LinkWallet', member, address };
    return { kind: 'SetPolicy', rules: policyOf(this.firm.desk.engine.state, FIRM).rules };
  }

  #decide(address: string, proposal: number, what: 'approve' | 'veto'): void {
    const { firm } = this;
    const agent = firm.desk.engine.state.directory.agents[firm.walletOf(address) - 1];
    const noted = this.#open.get(proposal);
    const events = firm.decide(address, proposal, { decision: what });
    if (what === 'approve' && firm.code === undefined) {
      expect(noted!.agreed.has(agent!.member)).toBe(false);
      noted!.agreed.add(agent!.member);
    }
    this.#read(events, agent?.member ?? -1);
  }

  /** Notes what was opened, and holds what was done against who agreed. */
  #read(events: readonly EngineEvent[], maker: number, action?: Action): void {
    for (const { proposal } of all(events, 'ProposalOpened'))
      this.#open.set(proposal, { maker, action: action!, agreed: new Set(), dueAtMs: 0 });
    for (const { proposal, dueAtMs } of all(events, 'ProposalAgreed'))
      this.#open.get(proposal)!.dueAtMs = dueAtMs;
    for (const { proposal, end } of all(events, 'ProposalEnded')) {
      const noted = this.#open.get(proposal)!;
      this.#open.delete(proposal);
      if (end !== ProposalEnd.done) continue;
      this.done++;
      // It was agreed to before it was done, so a member whom it removes still counts for it here.
      expect([isEnough(this.firm, noted), noted]).toEqual([true, noted]);
      if (!AT_ONCE.includes(noted.action.kind)) {
        expect(noted.dueAtMs).toBeGreaterThan(0);
        expect(this.firm.desk.timeMs).toBeGreaterThanOrEqual(noted.dueAtMs);
      }
      if (noted.action.kind === 'LinkWallet') this.#link(noted.action);
    }
    // Nothing of weight happens outside a proposal: nobody's wallet may do it at once.
    if (all(events, 'ProposalEnded').length === 0) {
      for (const kind of WEIGHTY) expect(all(events, kind)).toEqual([]);
    }
  }

  #link({ member, address }: { member: number; address: string }): void {
    this.#seconds.set(this.firm.desk.engine.state.directory.members[member]!.address, address);
  }
}

test('no sequence of approvals does anything without enough different people who may agree', () => {
  let done = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 60, maxLength: 160 }), (steps) => {
      const ledger = new Ledger();
      for (const each of steps) ledger.take(each);
      done += ledger.done;
    }),
    { numRuns: RUNS },
  );
  // A property about what is done says nothing where nothing is.
  expect(done).toBeGreaterThan(10);
});
