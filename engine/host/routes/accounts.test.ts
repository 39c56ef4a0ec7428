import { expect, test } from 'vitest';
import type { SessionView } from '../../protocol/views/health.ts';
import type { Session } from '../sessions/session.ts';
import { type AccountsPorts, accountsRoutes } from './accounts.ts';

const session = { address: '0xa' } as Session;
const who = { accounts: [{ account: 8 }, { account: 9 }, { account: 8 }] } as SessionView;

const ports: AccountsPorts = {
  whoIs: () => who,
  maySee: (asking, account) => asking === session && account === 8,
  accountView: (account) => Promise.resolve({ account } as never),
  accountsView: (accounts) =>
    Promise.resolve({ seq: 7, timeMs: 1, accounts: accounts.map((account) => ({ account })) as never }),
  firmRisk: (accounts) =>
    Promise.resolve({
      seq: 7,
      timeMs: 1,
      daySinceMs: 1,
      accounts: accounts.map((account) => ({ account })) as never,
      limits: [],
    }),
  venueComparisons: (account) => Promise.resolve({ account, seq: 7, venues: [] }),
  marginHistory: (account) => ({
    account,
    sinceMs: 5,
    samples: [60_000, 120_000, 300_000].map((timeMs) => ({ timeMs, sigmas: 3, ratioPpm: timeMs })),
  }),
  newestFills: (accounts, limit) => Promise.resolve([{ account: accounts.length, lots: limit }] as never),
};

function ask(
  path: string,
  asking: Session | undefined,
  account = '8',
  changed: Partial<AccountsPorts> = {},
  query = new URLSearchParams(),
) {
  const route = accountsRoutes({ ...ports, ...changed }).find((each) => each.path === path)!;
  return route.handle({ params: { account }, query, text: '', headers: {}, session: asking, address: '' });
}

const FIRM_RISK = '/api/v1/firm/risk';
const HISTORY = '/api/v1/accounts/:account/margin-history';
const VENUES = '/api/v1/accounts/:account/venues';

test('a person gets each account they may see once, all at one sequence', async () => {
  const { status, body } = await ask('/api/v1/accounts', session);
  expect([status, body]).toEqual([200, { seq: 7, timeMs: 1, accounts: [{ account: 8 }, { account: 9 }] }]);
});

test('the risk of a firm is told of the accounts a person may see', async () => {
  const { status, body } = await ask(FIRM_RISK, session);
  expect(status).toBe(200);
  expect(body).toMatchObject({ seq: 7, accounts: [{ account: 8 }, { account: 9 }] });
});

test.each(['/api/v1/accounts', '/api/v1/firm/risk'])(
  '%s is told to nobody who is not signed in, and a desk that is starting says so',
  async (path) => {
    expect(await ask(path, undefined)).toMatchObject({
      status: 401,
      body: { error: { code: 'session.required' } },
    });
    expect(await ask(path, session, '8', { whoIs: () => undefined })).toMatchObject({
      status: 503,
      body: { error: { code: 'engine.notReady' } },
    });
  },
);

test('history and venue comparison of an account are its members’ alone', async () => {
  expect(await ask(HISTORY, session)).toMatchObject({
    status: 200,
    body: { account: 8, sinceMs: 5, samples: { length: 3 } },
  });
  expect(await ask(VENUES, session)).toEqual({ status: 200, body: { account: 8, seq: 7, venues: [] } });
  for (const path of [HISTORY, VENUES]) {
    expect(await ask(path, undefined)).toMatchObject({ body: { error: { code: 'session.required' } } });
    for (const other of ['9', 'abc']) {
      expect(await ask(path, session, other)).toMatchObject({
        status: 403,
        body: { error: { code: 'actor.outOfScope' } },
      });
    }
  }
});

test('history by five minutes is the worst of each five, and other steps are refused', async () => {
  const step = (text: string) => ask(HISTORY, session, '8', {}, new URLSearchParams({ step: text }));
  expect(await step('5m')).toMatchObject({
    body: {
      samples: [
        { timeMs: 0, ratioPpm: 120_000 },
        { timeMs: 300_000, ratioPpm: 300_000 },
      ],
    },
  });
  expect(await step('7m')).toMatchObject({ status: 400, body: { error: { code: 'request.malformed' } } });
});

test('what was just filled is told of the accounts a person may see, each once', async () => {
  expect(await ask('/api/v1/fills', session)).toMatchObject({ body: { fills: [{ account: 2, lots: 60 }] } });
  expect(await ask('/api/v1/fills', undefined)).toMatchObject({ status: 401 });
});
