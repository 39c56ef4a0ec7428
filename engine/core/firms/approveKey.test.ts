// Goal: a key that outlives a day trades only as far as the firm's policy lets it, and what a key left in the books ends
// with it. How: the sandbox's firm, soft limits over one of its accounts, keys of its trader and portfolio manager.
import { expect, test } from 'vitest';
import { ALTS, all, BASIS, BTC, ETH, MAKER, ORDER, OTHER, START_MS } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Action, ApproveKey, NodeLimits } from '../../protocol/commands/actions.ts';
import type { Command, PlaceOrder } from '../../protocol/commands/types.ts';
import { AgentScheme, CancelReason, OrderType } from '../../protocol/enums.ts';
import { addressOf } from '../../sandbox/people.ts';
import { DAY_MS, MINUTE_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { factsOf } from '../policy/actionFacts.ts';
import { UNPRICED_USD } from '../policy/movedValue.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { ordersOf } from '../views/order.ts';

const USD = 1_000_000;
const SOFT_USD = 1_000 * USD;
let serial = 0;
let nonce = 0;

/** A firm with a soft limit over one of its accounts. */
function limited(soft: NodeLimits = { grossUsd: SOFT_USD }): FirmDesk {
  const firm = new FirmDesk();
  const node = firm.desk.engine.state.accounts.columns.node[ALTS]!;
  firm.desk.accept(byDesk({ kind: 'SetLimits', node, limits: { soft, hard: {} } }));
  return firm;
}

const byDesk = (action: Action): Command => ({ kind: 'Propose', firm: FIRM, action });

function keyFor(firm: FirmDesk, terms: Partial<ApproveKey> = {}): ApproveKey {
  serial += 1;
  return {
    kind: 'ApproveKey',
    member: firm.memberOf('trader'),
    scheme: 'ed25519',
    publicKey: serial.toString(16).padStart(64, 'b'),
    accounts: [],
    expiresAtMs: firm.desk.timeMs + 30 * DAY_MS,
    markets: [],
    notionalPerHourUsd: 0,
    addresses: [],
    ...terms,
  };
}

/** What comes of asking: a refusal, a number of a proposal, or that it is done. */
function ask(firm: FirmDesk, who: Parameters<FirmDesk['ask']>[0], action: Action): string | number {
  const events = firm.ask(who, action);
  return firm.code ?? all(events, 'ProposalOpened')[0]?.proposal ?? 'done';
}

const pastSoftUsd = (firm: FirmDesk, terms: Partial<ApproveKey>) =>
  factsOf(firm.desk.engine.state, FIRM, keyFor(firm, terms)).movedUsd;

test('a key is its owner’s alone to ask for while it stays within every soft limit', () => {
  const firm = limited();
  expect(ask(firm, 'trader', keyFor(firm, { notionalPerHourUsd: SOFT_USD }))).toBe('done');
  expect(ask(firm, 'trader', keyFor(firm, { accounts: [BASIS] }))).toBe('done');
  const member = firm.memberOf('portfolio manager');
  expect(ask(firm, 'portfolio manager', keyFor(firm, { member, accounts: [BASIS] }))).toBe('done');
  expect(ask(firm, 'risk', keyFor(firm, { member: firm.memberOf('risk') }))).toBe('policy.denied');
});

test('past a soft limit an approver agrees, and risk may say no', () => {
  const firm = limited();
  const action = keyFor(firm, { notionalPerHourUsd: SOFT_USD + 1 });
  const proposal = firm.open('trader', action);
  const key = () =>
    firm.desk.engine.state.directory.agents.some((each) => each.publicKey === action.publicKey);
  firm.approve('ops-maker', proposal);
  expect(firm.code).toBe('approval.notNeeded');
  expect(key()).toBe(false);
  firm.approve('ops-approver', proposal);
  expect(firm.code).toBeUndefined();
  expect(key()).toBe(true);
  const vetoed = firm.open('trader', keyFor(firm));
  firm.approve('risk', vetoed, { decision: 'veto' });
  expect(firm.code).toBeUndefined();
});

test('how far past a soft limit is measured by the tightest that an order of the key may pass', () => {
  const soft: NodeLimits = {
    grossUsd: 9 * SOFT_USD,
    orderUsd: 5 * SOFT_USD,
    assets: [{ underlying: 'ETH', netUsd: 2 * SOFT_USD }],
  };
  const firm = limited(soft);
  const most = { notionalPerHourUsd: 10 * SOFT_USD };
  expect(pastSoftUsd(firm, most)).toBe(8 * SOFT_USD);
  expect(pastSoftUsd(firm, { ...most, markets: ['ETH-PERP'] })).toBe(8 * SOFT_USD);
  expect(pastSoftUsd(firm, { ...most, markets: ['BTC-PERP'] })).toBe(5 * SOFT_USD);
  expect(pastSoftUsd(firm, { ...most, accounts: [BASIS] })).toBe(0);
  expect(pastSoftUsd(firm, { accounts: [BASIS] })).toBe(0);
  expect(pastSoftUsd(firm, { accounts: [BASIS, ALTS] })).toBe(UNPRICED_USD);
  expect(pastSoftUsd(new FirmDesk(), {})).toBe(0);
  const classes = [{ class: 'bitcoin', grossUsd: SOFT_USD }] as const;
  expect(pastSoftUsd(limited({ classes: [...classes] }), { ...most, markets: ['BTC-PERP'] })).toBe(
    9 * SOFT_USD,
  );
});

test('for a day a wallet’s word is enough; beyond that a single signature asks the policy too', () => {
  const firm = limited();
  const approve = (lifeMs: number, notionalPerHourUsd = 0) => {
    const { kind: _, member: _of, ...terms } = keyFor(firm);
    const { markets, addresses, publicKey, accounts } = terms;
    firm.desk.run({
      kind: 'ApproveAgent',
      member: addressOf('trader'),
      scheme: AgentScheme.ed25519,
      publicKey,
      accounts,
      expiresAtMs: firm.desk.timeMs + lifeMs,
      nonce: START_MS,
      scope: { markets, notionalPerHourUsd, addresses },
    });
    return firm.code;
  };
  expect(approve(DAY_MS + 5 * MINUTE_MS)).toBeUndefined();
  expect(approve(DAY_MS + 5 * MINUTE_MS + 1)).toBe('agent.approvalNeeded');
  expect(approve(DAY_MS + 5 * MINUTE_MS + 1, SOFT_USD)).toBeUndefined();
  firm.desk.accept(byDesk({ kind: 'SetPolicy', rules: withoutKeys() }));
  expect(approve(DAY_MS + 5 * MINUTE_MS + 1, SOFT_USD)).toBe('policy.denied');
  expect(approve(DAY_MS + 5 * MINUTE_MS)).toBeUndefined();
});

/** A policy in which everybody may do everything but have a long key. */
function withoutKeys() {
  const actions = ['ApproveKey' as const];
  return [
    { id: 'ALL', when: {}, verdict: { is: 'allow' as const } },
    { id: 'NO-KEYS', when: { actions }, verdict: { is: 'deny' as const } },
  ];
}

test('refusals, each alone', () => {
  const firm = new FirmDesk();
  const cases: [string, Partial<ApproveKey>][] = [
    ['parameters.invalid', { scheme: 'local' as never }],
    ['parameters.invalid', { publicKey: 'xyz' }],
    ['parameters.invalid', { notionalPerHourUsd: -1 }],
    ['actor.expired', { expiresAtMs: firm.desk.timeMs }],
    ['actor.expired', { expiresAtMs: firm.desk.timeMs + 91 * DAY_MS }],
    ['account.unknown', { accounts: [OTHER] }],
    ['instrument.unknown', { markets: ['XAU-PERP'] }],
  ];
  for (const [code, terms] of cases)
    expect([ask(firm, 'trader', keyFor(firm, terms)), terms]).toEqual([code, terms]);
  const good = keyFor(firm);
  expect(ask(firm, 'trader', good)).toBe('done');
  expect(ask(firm, 'trader', good)).toBe('agent.exists');
  // The desk itself lets nobody trade, and no policy lets one person have another's key.
  firm.desk.run(byDesk(keyFor(firm)));
  expect(firm.code).toBe('actor.notPermitted');
  const rules = [{ id: 'ALL', when: {}, verdict: { is: 'allow' as const } }];
  firm.desk.accept(byDesk({ kind: 'SetPolicy', rules }));
  expect(ask(firm, 'ops-maker', keyFor(firm))).toBe('agent.foreign');
  const auditor = keyFor(firm, { member: firm.memberOf('auditor') });
  expect(ask(firm, 'auditor', auditor)).toBe('actor.notPermitted');
});

/** Two keys of the trader's, and orders by them that no price meets. */
function quoting() {
  const firm = new FirmDesk();
  const { desk } = firm;
  const keys = [0, 1].map(() => {
    const action = keyFor(firm);
    expect(ask(firm, 'trader', action)).toBe('done');
    return { actor: desk.engine.state.directory.agents.length, publicKey: action.publicKey };
  });
  const order = (by: number, terms: Partial<PlaceOrder> = {}) => {
    const draft = { ...ORDER, account: BASIS, priceTicks: 590_000, sizeLots: 100, ...terms };
    const events = desk.run(draft, keys[by]!.actor, desk.timeMs + nonce++);
    expect(desk.code).toBeUndefined();
    return all(events, 'OrderAccepted')[0]!.orderId;
  };
  const open = () =>
    [BASIS, ALTS].flatMap((account) => ordersOf(desk.engine.state, account)).map((each) => each.orderId);
  const revoke = (by: number) => firm.ask('trader', { kind: 'RevokeKey', publicKey: keys[by]!.publicKey });
  return { firm, desk, keys, order, open, revoke };
}

test('a revoked key’s orders are cancelled at once, parked ones and those of other accounts too', () => {
  const { desk, order, open, revoke } = quoting();
  const others = order(1);
  const first = order(0);
  const second = order(0, { account: ALTS, instrument: ETH, priceTicks: 290_000 });
  const parked = order(0, {
    type: OrderType.stopMarket,
    side: 1,
    timeInForce: 1,
    priceTicks: 0,
    triggerTicks: 580_000,
  });
  const events = revoke(0);
  const ended = all(events, 'OrderCancelled');
  expect(ended.map(({ orderId }) => orderId).sort()).toEqual([first, second, parked].sort());
  expect(ended.every(({ reason }) => reason === CancelReason.keyRevoked)).toBe(true);
  expect(open()).toEqual([others]);
  checkInvariants(desk.engine.state);
  expect(all(revoke(0), 'OrderCancelled')).toEqual([]);
});

test('an order is whose changed it last', () => {
  const { desk, keys, order, open, revoke } = quoting();
  const [mine, theirs] = [order(0), order(1)];
  const amend = (by: number, orderId: number, terms: { sizeLots?: number; priceTicks?: number }) => {
    const command = {
      kind: 'AmendOrder',
      account: BASIS,
      orderId,
      priceTicks: 0,
      sizeLots: 0,
      triggerTicks: 0,
    } as const;
    desk.run({ ...command, ...terms } as Command, keys[by]!.actor, desk.timeMs + nonce++);
    expect(desk.code).toBeUndefined();
  };
  amend(1, mine, { sizeLots: 50 });
  amend(0, theirs, { priceTicks: 589_000 });
  revoke(0);
  expect(open()).toEqual([mine]);
  revoke(1);
  expect(open()).toEqual([]);
});

test('what closes the fills of a bracket stays, and the rest of its entry goes', () => {
  const { desk, order, open, revoke } = quoting();
  const bracket = {
    takeProfitTicks: 650_000,
    takeProfitLimitTicks: 0,
    stopLossTicks: 550_000,
    stopLossLimitTicks: 0,
  };
  const entry = order(0, { priceTicks: 600_000, sizeLots: 10_000, bracket: bracket as never });
  desk.place({ account: MAKER, side: 1, priceTicks: 600_000, sizeLots: 4_000 });
  const closing = open().filter((orderId) => orderId !== entry);
  expect(closing).toHaveLength(2);
  revoke(0);
  expect(open()).toEqual(closing);
  expect(desk.engine.state.accounts.columns.firstPosition[BASIS]).not.toBe(-1);
  checkInvariants(desk.engine.state);
});

test('a member who leaves takes the orders of all their keys along, and a snapshot knows whose an order is', () => {
  const { firm, desk, order, open } = quoting();
  order(0, { instrument: BTC });
  order(1);
  const { state } = desk.engine;
  expect(stateHash(restoreState(saveState(state)).state)).toBe(stateHash(state));
  desk.accept(byDesk({ kind: 'RemoveMember', member: firm.memberOf('trader') }));
  expect(open()).toEqual([]);
});
