import { expect, test } from 'vitest';
import type { SessionView } from '../../protocol/views/health.ts';
import type { Session } from '../sessions/session.ts';
import { type RiskPorts, riskRoutes } from './risk.ts';

const session = { address: '0xa' } as Session;

const ports: RiskPorts = {
  isOpen: () => true,
  whoIs: () => ({ accounts: [{ account: 8 }, { account: 9 }, { account: 8 }] }) as SessionView,
  oracle: () => Promise.resolve({ seq: 7, timeMs: 1, indexes: [] }),
  stresses: (accounts) =>
    Promise.resolve({
      seq: 7,
      timeMs: 1,
      stresses: [],
      accounts: accounts.map((account) => ({ account })) as never,
    }),
  stressMap: (accounts) =>
    Promise.resolve({ seq: 7, accounts: accounts.map((account) => ({ account })) } as never),
  marginSchedule: (accounts) =>
    Promise.resolve({
      seq: 7,
      timeMs: 1,
      atMs: 2,
      multipliers: [],
      accounts: accounts.map((account) => ({ account })) as never,
    }),
};

function ask(path: string, asking: Session | undefined, changed: Partial<RiskPorts> = {}) {
  const route = riskRoutes({ ...ports, ...changed }).find((each) => each.path === path)!;
  const query = new URLSearchParams();
  return route.handle({ params: {}, query, text: '', headers: {}, session: asking, address: '' });
}

test('the oracle is market data, and a desk that is starting says so', async () => {
  expect(await ask('/api/v1/oracle', undefined)).toMatchObject({ status: 200, body: { seq: 7 } });
  expect(await ask('/api/v1/oracle', undefined, { isOpen: () => false })).toMatchObject({
    status: 503,
    body: { error: { code: 'engine.notReady' } },
  });
});

test.each(['/api/v1/stresses', '/api/v1/stress-map', '/api/v1/margin-schedule'])(
  '%s is told of one’s own accounts, each once',
  async (path) => {
    expect(await ask(path, session)).toMatchObject({
      status: 200,
      body: { seq: 7, accounts: [{ account: 8 }, { account: 9 }] },
    });
    expect(await ask(path, undefined)).toMatchObject({
      status: 401,
      body: { error: { code: 'session.required' } },
    });
    expect(await ask(path, session, { whoIs: () => undefined })).toMatchObject({
      status: 503,
      body: { error: { code: 'engine.notReady' } },
    });
  },
);
