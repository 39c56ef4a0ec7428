import { expect, test } from 'vitest';
import type { Names } from '../../api/native/names.ts';
import { errorView } from '../../protocol/errors.ts';
import type { ActionTrialView, FirmView, ProposalsView } from '../../protocol/views/firm.ts';
import type { Session } from '../sessions/session.ts';
import { type FirmPorts, firmRoutes } from './firm.ts';

const session = { address: '0xa' } as Session;
const stranger = { address: '0xb' } as Session;
const both = [{ account: 8 }, { account: 9 }];
const trial = { refusal: null, accounts: both, exits: both } as ActionTrialView;

const ports: FirmPorts = {
  names: () =>
    ({
      membersByAddress: new Map([['0xa', [{ member: 4, firm: 1, accounts: [8, 9, 10] }]]]),
    }) as unknown as Names,
  maySee: (_, account) => account === 8,
  firm: (member) => Promise.resolve({ member } as FirmView),
  proposals: (firm) => {
    const closed = [{ proposal: { proposal: 9 } }];
    return Promise.resolve({ seq: firm, proposals: [{ proposal: 7 }], closed } as ProposalsView);
  },
  actionTrial: () => Promise.resolve(trial),
  proposalTrial: () => Promise.resolve(trial),
  rebalance: (of) => Promise.resolve({ of } as never),
  policyTrial: ({ rules }) =>
    Promise.resolve({ refusal: rules.length === 0 ? errorView('policy.invalid') : null, outcomes: [] }),
};

const PREVIEW = '/api/v1/proposals/:proposal/preview';
const TRIAL = '/api/v1/proposals/preview';
const POLICY = '/api/v1/firm/policy/trial';
const REBALANCE = '/api/v1/firm/rebalance';
const routes = ['/api/v1/firm', '/api/v1/proposals', PREVIEW, TRIAL, POLICY, REBALANCE];

function ask(path: string, asking: Session | undefined, given: { text?: string; proposal?: string } = {}) {
  const route = firmRoutes(ports).find((each) => each.path === path)!;
  const { text = '', proposal = '7' } = given;
  const query = new URLSearchParams();
  return route.handle({ params: { proposal }, query, text, headers: {}, session: asking, address: '' });
}

test.each(routes)('%s is for members who are signed in', async (path) => {
  expect(await ask(path, undefined)).toMatchObject({ body: { error: { code: 'session.required' } } });
  expect(await ask(path, stranger)).toMatchObject({
    status: 403,
    body: { error: { code: 'session.notMember' } },
  });
});

test('a desk that is starting says so', async () => {
  const [route] = firmRoutes({ ...ports, names: () => undefined });
  const request = { params: {}, query: new URLSearchParams(), text: '', headers: {}, session, address: '' };
  expect(await route!.handle(request)).toMatchObject({ body: { error: { code: 'engine.notReady' } } });
});

test('a member reads their own firm and what is open in it', async () => {
  expect(await ask('/api/v1/firm', session)).toEqual({ status: 200, body: { member: 4 } });
  expect(await ask('/api/v1/proposals', session)).toMatchObject({
    status: 200,
    body: { seq: 1, proposals: [{ proposal: 7 }] },
  });
});

test('margin of accounts that who asks may not see stays untold', async () => {
  const seen = { status: 200, body: { refusal: null, accounts: [{ account: 8 }], exits: [{ account: 8 }] } };
  expect(await ask(PREVIEW, session)).toEqual(seen);
  const text = JSON.stringify({ action: { kind: 'Flatten', node: 1 } });
  expect(await ask(TRIAL, session, { text })).toEqual(seen);
});

test('of a proposal that was decided meanwhile nothing is told, and asking is no fault', async () => {
  expect(await ask(PREVIEW, session, { proposal: '9' })).toEqual({ status: 200, body: null });
});

test('what is no open proposal of theirs, and what is no action, is refused', async () => {
  expect(await ask(PREVIEW, session, { proposal: '8' })).toMatchObject({
    body: { error: { code: 'proposal.unknown' } },
  });
  expect(await ask(TRIAL, session, { text: '{"action":{"kind":"Withdraw"}}' })).toMatchObject({
    body: { error: { code: 'request.malformed' } },
  });
});

test('rules are asked who could do what, and rules that are none are refused', async () => {
  const question = { action: 'Transfer', node: 0, direction: 'loosen', movedUsd: 5, isOwn: false };
  const allow = { id: 'ALL', when: {}, verdict: { is: 'allow' } };
  const asking = (rules: unknown[]) => ask(POLICY, session, { text: JSON.stringify({ rules, question }) });
  expect(await asking([allow])).toEqual({ status: 200, body: { refusal: null, outcomes: [] } });
  expect(await asking([])).toMatchObject({ body: { error: { code: 'policy.invalid' } } });
  expect(await asking([{ ...allow, verdict: { is: 'maybe' } }])).toMatchObject({
    body: { error: { code: 'request.malformed' } },
  });
});

test('collateral is rebalanced between accounts of the asker alone, and towards a target that makes sense', async () => {
  const target = { by: 'distance', sigmas: 3 };
  const of = (accounts: number[], to: object = target) =>
    ask(REBALANCE, session, { text: JSON.stringify({ accounts, target: to }) });
  expect(await of([9, 9])).toMatchObject({
    status: 200,
    body: { of: { firm: 1, terms: { wanted: [9], others: [8, 10], target } } },
  });
  expect(await of([9, 11])).toMatchObject({ status: 403, body: { error: { code: 'actor.outOfScope' } } });
  const many = Array.from({ length: 9 }, () => 9);
  for (const wrong of [
    of([]),
    of(many),
    of([9], { by: 'distance', sigmas: 0 }),
    of([9], { by: 'ratio', ratioPpm: 2e6 }),
  ])
    expect(await wrong).toMatchObject({ status: 400, body: { error: { code: 'request.malformed' } } });
});
