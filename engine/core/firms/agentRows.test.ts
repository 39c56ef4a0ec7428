// Goal: no number of sign-ins fills the table of keys, and nothing that was signed for a key works again once it ended.
// How: random sign-ins, revokes and ends over weeks of engine time, on a desk with few rows; each approval is kept and
// sent again at times of its own.
import { expect, test } from 'vitest';
import { ALTS, BASIS, Desk, MARKS, ORDER, only } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import { sequence } from '../../lab/fixtures/randomFlow.ts';
import { encodeEnvelope, SYSTEM_ACTOR } from '../../protocol/commands/envelope.ts';
import type { ApproveAgent, Command, Genesis } from '../../protocol/commands/types.ts';
import { AgentScheme } from '../../protocol/enums.ts';
import { sandboxGenesis } from '../../sandbox/genesis.ts';
import { addressOf } from '../../sandbox/people.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../units/time.ts';
import { NONCE_LIFE_MS } from '../accounts/nonces.ts';
import { apply } from '../apply.ts';
import { checkInvariants } from '../invariants.ts';
import { highWater } from '../memory/table.ts';
import { openEngine } from '../openEngine.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { ordersOf } from '../views/order.ts';
import { KEYS_MAX, LIVE_KEYS_MAX } from './letKeyTrade.ts';

const PEOPLE = ['trader', 'portfolio manager', 'risk'] as const;
let serial = 0;

function approvalOf(person: (typeof PEOPLE)[number], nowMs: number, lifeMs = 12 * HOUR_MS): ApproveAgent {
  serial += 1;
  return {
    kind: 'ApproveAgent',
    member: addressOf(person),
    scheme: AgentScheme.ed25519,
    publicKey: serial.toString(16).padStart(64, 'a'),
    accounts: [],
    expiresAtMs: nowMs + lifeMs,
    nonce: nowMs,
  };
}

/** Rows for all people, and for what three of them may hold at most. */
function crowdedDesk(spare: number): Desk {
  const [genesis, ...opening] = sandboxGenesis() as [Genesis, ...Command[]];
  const used = new Desk().engine.state.directory.agents.length;
  const small = { ...genesis, limits: { ...genesis.limits, agents: used + spare } };
  const desk = new Desk(openEngine(small), [small, ...opening]);
  desk.prices(MARKS);
  return desk;
}

const keyOf = (desk: Desk, publicKey: string) =>
  desk.engine.state.directory.agents.findIndex((agent) => agent.publicKey === publicKey) + 1;

test('a member has twenty keys that count; one that ends makes room', () => {
  const desk = new Desk();
  const keys = Array.from({ length: LIVE_KEYS_MAX }, () => approvalOf('trader', desk.timeMs));
  for (const key of keys) desk.accept(key);
  desk.run(approvalOf('trader', desk.timeMs));
  expect(desk.code).toBe('agent.tooMany');
  desk.accept(approvalOf('portfolio manager', desk.timeMs));
  desk.accept({ kind: 'RevokeAgent', publicKey: keys[3]!.publicKey });
  desk.accept(approvalOf('trader', desk.timeMs));
  desk.wait(12 * HOUR_MS).accept(approvalOf('trader', desk.timeMs));
});

test('three days see no more than 64 keys of a member, each signed for once', () => {
  const desk = new Desk();
  const first = approvalOf('trader', desk.timeMs);
  desk.accept(first);
  desk.accept({ kind: 'RevokeAgent', publicKey: first.publicKey });
  for (let count = 1; count < KEYS_MAX; count++) {
    const key = approvalOf('trader', desk.wait(1).timeMs);
    desk.accept(key);
    desk.accept({ kind: 'RevokeAgent', publicKey: key.publicKey });
  }
  desk.run(approvalOf('trader', desk.timeMs));
  expect(desk.code).toBe('agent.tooManyOfLate');
  desk.timeMs = first.nonce + NONCE_LIFE_MS - 1;
  desk.run(approvalOf('trader', desk.timeMs));
  expect(desk.code).toBe('agent.tooManyOfLate');
  desk.wait(1).accept(approvalOf('trader', desk.timeMs));
  expect(keyOf(desk, first.publicKey)).toBe(0);
});

test('an approval is good at the time it was signed: two days late and a day early it is refused', () => {
  const desk = new Desk();
  const cases: [number, string | undefined][] = [
    [-2 * DAY_MS, 'nonce.outsideWindow'],
    [-2 * DAY_MS + 1, undefined],
    [DAY_MS - 1, undefined],
    [DAY_MS, 'nonce.outsideWindow'],
  ];
  for (const [offset, code] of cases) {
    desk.run({ ...approvalOf('trader', desk.timeMs), nonce: desk.timeMs + offset });
    expect([offset, desk.code]).toEqual([offset, code]);
  }
});

/** One life of the desk: what was approved, and what has ended of it. */
class Life {
  readonly desk = crowdedDesk(3 * KEYS_MAX);
  readonly log: [number, number, Uint8Array][] = [];
  readonly approvals: ApproveAgent[] = [];
  readonly #below: (n: number) => number;
  full = 0;
  approved = 0;

  constructor(seed: number) {
    this.#below = sequence(seed);
  }

  run(command: Command): string | undefined {
    const { state } = this.desk.engine;
    const bytes = encodeEnvelope({ actor: SYSTEM_ACTOR, nonce: 0, command, proof: undefined });
    this.log.push([state.globals.columns.seq[0]! + 1, this.desk.timeMs, bytes]);
    this.desk.run(command);
    return this.desk.code;
  }

  step(): void {
    const { desk } = this;
    desk.wait((1 + this.#below(40)) * MINUTE_MS);
    const dice = this.#below(10);
    if (dice < 6) this.#signIn();
    else if (dice < 8) this.#revoke();
    else this.#sendAgain();
  }

  #signIn(): void {
    const { desk } = this;
    const person = PEOPLE[this.#below(PEOPLE.length)]!;
    const approval = approvalOf(person, desk.timeMs, (1 + this.#below(23)) * HOUR_MS);
    const code = this.run(approval);
    if (code === undefined) this.approvals.push(approval);
    this.approved += code === undefined ? 1 : 0;
    this.full += code === 'engine.full' ? 1 : 0;
  }

  #revoke(): void {
    const one = this.approvals[this.#below(this.approvals.length)];
    if (one !== undefined) this.run({ kind: 'RevokeAgent', publicKey: one.publicKey });
  }

  #sendAgain(): void {
    const one = this.approvals[this.#below(this.approvals.length)];
    if (one === undefined) return;
    const code = this.run(one);
    expect(['agent.exists', 'nonce.outsideWindow', 'actor.expired']).toContain(code);
  }
}

test.each([1, 2, 3])('thousands of sign-ins fill nothing, and no approval works twice: seed %i', (seed) => {
  const life = new Life(seed);
  for (let step = 0; step < 3_000; step++) life.step();
  const { state } = life.desk.engine;
  expect(life.full).toBe(0);
  expect(life.approved).toBeGreaterThan(1_000);
  expect(highWater(state.agents)).toBeLessThanOrEqual(state.agents.capacity);
  for (const approval of life.approvals) {
    const code = life.run(approval);
    expect(['agent.exists', 'nonce.outsideWindow', 'actor.expired']).toContain(code);
  }
  checkInvariants(state);
  // The same commands on another machine, and through a snapshot, come to the same hash.
  const twin = crowdedDesk(3 * KEYS_MAX).engine;
  for (const [seq, timeMs, bytes] of life.log) {
    twin.out.reset();
    apply(twin, seq, timeMs, bytes);
  }
  expect(stateHash(twin.state)).toBe(stateHash(state));
  expect(stateHash(restoreState(saveState(state)).state)).toBe(stateHash(state));
});

test('orders of a key whose row is given away end with their member', () => {
  const desk = crowdedDesk(1);
  const key = approvalOf('trader', desk.timeMs);
  desk.accept(key);
  const agent = keyOf(desk, key.publicKey);
  const resting = { ...ORDER, account: BASIS, priceTicks: 590_000, sizeLots: 100 };
  const { orderId } = only(desk.run(resting, agent, desk.timeMs), 'OrderAccepted');
  desk.wait(12 * HOUR_MS).run(approvalOf('portfolio manager', desk.timeMs));
  expect(desk.code).toBe('engine.full');
  desk.timeMs = key.expiresAtMs + NONCE_LIFE_MS;
  const next = approvalOf('portfolio manager', desk.timeMs);
  desk.accept(next);
  expect(keyOf(desk, next.publicKey)).toBe(agent);
  const open = () => [BASIS, ALTS].flatMap((a) => ordersOf(desk.engine.state, a)).map((each) => each.orderId);
  desk.accept({ kind: 'RevokeAgent', publicKey: next.publicKey });
  expect(open()).toEqual([orderId]);
  const member = desk.engine.state.directory.members.findIndex((each) => each.address === key.member);
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'RemoveMember', member } });
  expect(open()).toEqual([]);
});

test('an attempt that is taken back leaves the rows as they were', () => {
  const desk = crowdedDesk(1);
  const key = approvalOf('trader', desk.timeMs);
  desk.accept(key);
  desk.timeMs = key.expiresAtMs + NONCE_LIFE_MS;
  desk.accept({ kind: 'Tick' });
  const before = stateHash(desk.engine.state);
  desk.tryOut(approvalOf('risk', desk.timeMs));
  expect(stateHash(desk.engine.state)).toBe(before);
  expect(keyOf(desk, key.publicKey)).toBeGreaterThan(0);
});

test('a wallet that is linked again is held to what it signed before', () => {
  const firm = new FirmDesk();
  const { desk } = firm;
  const member = firm.memberOf('trader');
  const address = `0xe${'1'.padStart(39, '0')}`;
  const link = () =>
    desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'LinkWallet', member, address } });
  link();
  const agent = firm.walletOf(address);
  const asked: Command = { kind: 'CommentProposal', proposal: 9, text: 'Why?', isQuestion: true };
  const nonce = desk.timeMs;
  desk.run(asked, agent, nonce);
  expect(desk.code).toBe('proposal.unknown');
  desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'UnlinkWallet', member, address } });
  desk.run(asked, agent, nonce + 1);
  expect(desk.code).toBe('actor.revoked');
  link();
  expect(firm.walletOf(address)).toBe(agent);
  desk.run(asked, agent, nonce);
  expect(desk.code).toBe('nonce.replayed');
});

test('one firm takes half of all places and no more', () => {
  const [genesis, ...opening] = sandboxGenesis() as [Genesis, ...Command[]];
  const small = { ...genesis, limits: { ...genesis.limits, accounts: 40 } };
  const desk = new Desk(openEngine(small), [small, ...opening]);
  const open = (isAccount: boolean) => {
    serial += 1;
    const action = { kind: 'OpenNode' as const, parent: 1, label: `Place ${serial}`, isAccount };
    desk.run({ kind: 'Propose', firm: FIRM, action });
    return desk.code;
  };
  const count = () => desk.engine.state.directory.accounts.filter(({ firm }) => firm === FIRM).length;
  while (count() < 20) expect(open(true)).toBeUndefined();
  expect(open(true)).toBe('firm.full');
  desk.run({ kind: 'OpenPot', account: BASIS, underlying: 'BTC', label: 'Pot' });
  expect(desk.code).toBe('firm.full');
  const groups = () => desk.engine.state.directory.nodes.length;
  while (open(false) === undefined) expect(groups()).toBeLessThan(10_000);
  expect(desk.code).toBe('firm.full');
});
