import { expect, test } from 'vitest';
import type { Names } from '../../api/native/names.ts';
import type { OptionChainView, PayoffView } from '../../protocol/views/options.ts';
import type { Session } from '../sessions/session.ts';
import { type OptionsPorts, optionsRoutes } from './options.ts';

const session = { address: '0xa' } as Session;
const names = { view: { underlyings: [{ id: 0, name: 'BTC' }] } } as Names;

const ports: OptionsPorts = {
  names: () => names,
  maySee: (asking, account) => asking === session && account === 8,
  optionChain: (underlying) => Promise.resolve({ seq: underlying } as OptionChainView),
  payoff: (account) => Promise.resolve({ account } as PayoffView),
};

const [chain, payoff] = optionsRoutes(ports);
const request = { query: new URLSearchParams(), text: '', headers: {}, session: undefined, address: '' };

test('a chain is public, by the name of its underlying', async () => {
  expect(await chain!.handle({ ...request, params: { underlying: 'BTC' } })).toMatchObject({ status: 200 });
  expect(await chain!.handle({ ...request, params: { underlying: 'NONE' } })).toMatchObject({
    body: { error: { code: 'underlying.unknown' } },
  });
});

test('a payoff is asked for an account one may see and an underlying there is', async () => {
  const codeOf = async (asking: Session | undefined, account: string, underlying: string) => {
    const { body } = await payoff!.handle({ ...request, session: asking, params: { account, underlying } });
    return (body as { error?: { code: string } }).error?.code;
  };
  expect(await codeOf(session, '8', 'BTC')).toBeUndefined();
  expect(await codeOf(undefined, '8', 'BTC')).toBe('session.required');
  expect(await codeOf(session, '9', 'BTC')).toBe('actor.outOfScope');
  expect(await codeOf(session, '8', 'NONE')).toBe('underlying.unknown');
});

test('a desk that is starting says so', async () => {
  const [early] = optionsRoutes({ ...ports, names: () => undefined });
  expect(await early!.handle({ ...request, params: { underlying: 'BTC' } })).toMatchObject({ status: 503 });
});
