// Goal: other terms for a key hold from the next order on, give nobody what they may not give, and nothing that was
// signed before brings the old ones back. How: the sandbox's firm, keys of its trader.
import { expect, test } from 'vitest';
import { ALTS, BASIS, BTC, ORDER, only, START_MS, VOL } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Action, ChangeKey } from '../../protocol/commands/actions.ts';
import type { ApproveAgent, PlaceOrder } from '../../protocol/commands/types.ts';
import { AgentScheme, Role } from '../../protocol/enums.ts';
import { addressOf } from '../../sandbox/people.ts';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import { actionFacets } from '../views/actionFacets.ts';
import { directoryOf } from '../views/directory.ts';

const KEY = 'ab'.repeat(32);
const USD = 1_000_000;
let nonce = 0;

const approvalOf = ({ desk }: FirmDesk, terms: Partial<ApproveAgent> = {}): ApproveAgent => ({
  kind: 'ApproveAgent',
  member: addressOf('trader'),
  scheme: AgentScheme.ed25519,
  publicKey: KEY,
  accounts: [],
  expiresAtMs: desk.timeMs + DAY_MS,
  nonce: START_MS,
  ...terms,
});

/** A firm whose trader has a key under these terms, and the way to change it: what is not named stays. */
function withKey(terms: Partial<ApproveAgent> = {}) {
  const firm = new FirmDesk();
  const { desk } = firm;
  desk.accept(approvalOf(firm, terms));
  const key = desk.engine.state.directory.agents.length;
  const held = () => directoryOf(desk.engine).agents[key - 1]!;
  const change = (to: Partial<ChangeKey>): ChangeKey => ({
    kind: 'ChangeKey',
    publicKey: KEY,
    markets: held().markets.map((instrument) => desk.engine.state.directory.instruments[instrument]!.name),
    notionalPerHourUsd: held().notionalPerHourUsd,
    addresses: held().addresses,
    expiresAtMs: held().expiresAtMs,
    ...to,
  });
  const order = (draft: Partial<PlaceOrder> = {}) => {
    desk.run({ ...ORDER, account: BASIS, priceTicks: 590_000, ...draft }, key, desk.timeMs + nonce++);
    return desk.code;
  };
  return { firm, desk, held, change, order };
}

const ask = (firm: FirmDesk, who: Parameters<FirmDesk['ask']>[0], action: Action) => {
  const events = firm.ask(who, action);
  return firm.code ?? events.at(-1)!.kind;
};

test('its owner holds it to less and to more, from the next order on', () => {
  const { firm, change, order, held } = withKey();
  expect(order()).toBeUndefined();
  const events = firm.ask('trader', change({ markets: ['ETH-PERP'], addresses: ['10.0.0.7'] }));
  expect(only(events, 'AgentChanged')).toMatchObject({ expiresAtMs: held().expiresAtMs });
  expect(held()).toMatchObject({ addresses: ['10.0.0.7'] });
  expect(order()).toBe('agent.outOfMarkets');
  firm.ask('trader', change({ markets: [], expiresAtMs: held().expiresAtMs + DAY_MS }));
  expect(firm.code).toBeUndefined();
  expect(order()).toBeUndefined();
  firm.desk.wait(DAY_MS + HOUR_MS).prices({ 0: 60_000 });
  expect(order()).toBeUndefined();
});

test('other terms are no new hour: what the key has opened stays counted', () => {
  const scope = { markets: [], notionalPerHourUsd: 120_000 * USD, addresses: [] };
  const { firm, change, order } = withKey({ scope });
  expect(order({ sizeLots: 20_000 })).toBeUndefined();
  firm.ask('trader', change({ notionalPerHourUsd: 120_001 * USD }));
  expect(firm.code).toBeUndefined();
  expect(order({ sizeLots: 10_000 })).toBe('agent.notionalPerHour');
  firm.ask('trader', change({ notionalPerHourUsd: 240_000 * USD }));
  expect(order({ sizeLots: 10_000 })).toBeUndefined();
});

const scope = {
  markets: ['BTC-PERP', 'ETH-PERP'],
  notionalPerHourUsd: 1_000 * USD,
  addresses: ['::1', '::2'],
};
const directions: [string, Partial<ChangeKey>, 'loosen' | 'tighten'][] = [
  ['nothing', {}, 'tighten'],
  ['fewer markets', { markets: ['BTC-PERP'] }, 'tighten'],
  ['another market', { markets: ['BTC-PERP', 'SOL-PERP'] }, 'loosen'],
  ['all markets', { markets: [] }, 'loosen'],
  ['less an hour', { notionalPerHourUsd: 999 * USD }, 'tighten'],
  ['more an hour', { notionalPerHourUsd: 1_001 * USD }, 'loosen'],
  ['no end an hour', { notionalPerHourUsd: 0 }, 'loosen'],
  ['fewer addresses', { addresses: ['::2'] }, 'tighten'],
  ['another address', { addresses: ['::3'] }, 'loosen'],
  ['any address', { addresses: [] }, 'loosen'],
  ['an earlier end', { expiresAtMs: -1 }, 'tighten'],
  ['a later end', { expiresAtMs: 1 }, 'loosen'],
  ['less of one and more of another', { markets: ['BTC-PERP'], notionalPerHourUsd: 0 }, 'loosen'],
];

test.each(directions)('%s: risk may %s', (_, terms, direction) => {
  const { firm, change, held } = withKey({ scope });
  const ends = held().expiresAtMs;
  const action = change({ ...terms, ...(terms.expiresAtMs && { expiresAtMs: ends + terms.expiresAtMs }) });
  expect(ask(firm, 'risk', action)).toBe(direction === 'tighten' ? 'AgentChanged' : 'policy.denied');
  expect(ask(firm, 'trader', action)).toBe('AgentChanged');
});

test('a portfolio manager ends and narrows keys of their own desks, not those that reach further', () => {
  const { firm, change } = withKey();
  const { desk } = firm;
  const place = desk.engine.state.accounts.columns.node;
  const reach = (nodes: number[]) =>
    desk.accept({
      kind: 'Propose',
      firm: FIRM,
      action: {
        kind: 'ChangeMember',
        member: firm.memberOf('second portfolio manager'),
        role: Role.portfolioManager,
        nodes,
      },
    });
  const revoke: Action = { kind: 'RevokeKey', publicKey: KEY };
  const narrow = change({ markets: ['BTC-PERP'] });
  reach([place[BASIS]!]);
  expect(ask(firm, 'second portfolio manager', revoke)).toBe('actor.outOfScope');
  expect(ask(firm, 'second portfolio manager', narrow)).toBe('actor.outOfScope');
  reach([place[BASIS]!, place[ALTS]!]);
  expect(ask(firm, 'second portfolio manager', narrow)).toBe('AgentChanged');
  expect(ask(firm, 'second portfolio manager', change({ markets: [] }))).toBe('policy.denied');
  expect(ask(firm, 'second portfolio manager', revoke)).toBe('AgentRevoked');
});

test('a key that is held to accounts is where these are', () => {
  const { firm } = withKey({ accounts: [ALTS] });
  const { desk } = firm;
  const nodes = [desk.engine.state.accounts.columns.node[ALTS]!];
  const member = firm.memberOf('second portfolio manager');
  const action: Action = { kind: 'ChangeMember', member, role: Role.portfolioManager, nodes };
  desk.accept({ kind: 'Propose', firm: FIRM, action });
  expect(ask(firm, 'second portfolio manager', { kind: 'RevokeKey', publicKey: KEY })).toBe('AgentRevoked');
});

test('an owner ends their key whatever they have left to reach', () => {
  const { firm } = withKey({ accounts: [BASIS, ALTS] });
  const { desk } = firm;
  const member = firm.memberOf('trader');
  const nodes = [desk.engine.state.accounts.columns.node[VOL]!];
  desk.accept({
    kind: 'Propose',
    firm: FIRM,
    action: { kind: 'ChangeMember', member, role: Role.trader, nodes },
  });
  expect(ask(firm, 'trader', { kind: 'RevokeKey', publicKey: KEY })).toBe('AgentRevoked');
});

test('an approval that was signed before brings neither a revoked key nor its old terms back', () => {
  const { firm, desk, change, order, held } = withKey();
  const approval = approvalOf(firm);
  firm.ask('trader', change({ markets: ['ETH-PERP'] }));
  desk.run(approval);
  expect(desk.code).toBe('agent.exists');
  expect(order({ instrument: BTC })).toBe('agent.outOfMarkets');
  firm.ask('trader', { kind: 'RevokeKey', publicKey: KEY });
  desk.run(approval);
  expect(desk.code).toBe('agent.exists');
  expect(held().isRevoked).toBe(true);
  expect(order()).toBe('actor.revoked');
  expect(ask(firm, 'trader', change({}))).toBe('actor.revoked');
});

test('a change that was signed once holds once', () => {
  const { firm, desk, change, held } = withKey();
  const wallet = firm.walletOf(addressOf('trader'));
  const loosen = {
    kind: 'Propose',
    firm: FIRM,
    action: change({ markets: ['BTC-PERP', 'ETH-PERP'] }),
  } as const;
  const signedMs = desk.timeMs + 500_000;
  desk.run(loosen, wallet, signedMs);
  expect(desk.code).toBeUndefined();
  firm.ask('trader', change({ markets: ['ETH-PERP'] }));
  desk.run(loosen, wallet, signedMs);
  expect(desk.code).toBe('nonce.replayed');
  expect(held().markets).toHaveLength(1);
});

test('refusals, each alone', () => {
  const { firm, change, held } = withKey();
  const now = firm.desk.timeMs;
  const cases: [string, Partial<ChangeKey>][] = [
    ['actor.unknown', { publicKey: 'cd'.repeat(32) }],
    ['actor.unknown', { publicKey: addressOf('trader') }],
    ['actor.expired', { expiresAtMs: now }],
    ['actor.expired', { expiresAtMs: now + 91 * DAY_MS }],
    ['parameters.invalid', { notionalPerHourUsd: -1 }],
    ['instrument.unknown', { markets: ['XAU-PERP'] }],
  ];
  for (const [code, terms] of cases) {
    firm.desk.run({ kind: 'Propose', firm: FIRM, action: change(terms) });
    expect([firm.code, terms]).toEqual([code, terms]);
  }
  // Of another firm it is not there.
  firm.desk.run({ kind: 'Propose', firm: 2, action: change({}) });
  expect(firm.code).toBe('actor.unknown');
  expect(held()).toMatchObject({ markets: [], notionalPerHourUsd: 0, addresses: [] });
  const demote: Action = {
    kind: 'ChangeMember',
    member: firm.memberOf('trader'),
    role: Role.auditor,
    nodes: [],
  };
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: demote });
  const later = change({ expiresAtMs: held().expiresAtMs + 1 });
  expect(ask(firm, 'trader', later)).toBe('policy.denied');
  firm.desk.run({ kind: 'Propose', firm: FIRM, action: later });
  expect(firm.code).toBe('actor.notPermitted');
  expect(ask(firm, 'trader', change({ markets: ['BTC-PERP'] }))).toBe('AgentChanged');
  const promote: Action = { ...demote, role: Role.trader };
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: promote });
  firm.desk.wait(2 * DAY_MS);
  expect(ask(firm, 'trader', change({ expiresAtMs: firm.desk.timeMs + DAY_MS }))).toBe('actor.expired');
});

test('the terms before and after are in the record, and in a snapshot', () => {
  const { firm, desk, change } = withKey({ scope });
  const { state } = desk.engine;
  const action = change({ markets: ['BTC-PERP'], notionalPerHourUsd: 500 * USD });
  const name = 'key abababab…abababab';
  expect(actionFacets(state, FIRM, action)).toMatchObject({ [`${name} markets`]: '["BTC-PERP","ETH-PERP"]' });
  firm.ask('trader', action);
  expect(actionFacets(state, FIRM, action)).toMatchObject({
    [`${name} markets`]: '["BTC-PERP"]',
    [`${name} micro-USD an hour`]: String(500 * USD),
    [`${name} is revoked`]: 'false',
  });
  const { state: restored } = restoreState(saveState(state));
  expect(stateHash(restored)).toBe(stateHash(state));
});
