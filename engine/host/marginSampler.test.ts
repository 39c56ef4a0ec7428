import { expect, test } from 'vitest';
import type { AccountView } from '../protocol/views/account.ts';
import { MarginSampler } from './marginSampler.ts';
import { CallError } from './threads/pendingCalls.ts';

const viewOf = (account: number) => ({ account }) as AccountView;

test('many accounts are asked for in parts, each once a round, and no round begins within another', async () => {
  const asked: number[][] = [];
  const noted: number[] = [];
  const accounts = Array.from({ length: 200 }, (_, account) => account);
  const sampler = new MarginSampler({
    accounts: () => accounts,
    ask: async (some) => {
      asked.push(some);
      return some.map(viewOf);
    },
    note: ({ account }) => noted.push(account),
  });
  await Promise.all([sampler.look(), sampler.look()]);
  expect(noted).toEqual(accounts);
  expect(asked.map(({ length }) => length)).toEqual([64, 64, 64, 8]);
  await sampler.look();
  expect(noted).toHaveLength(400);
});

test('a follower that is behind ends a round, and the next one begins anew', async () => {
  let isBehind = true;
  const noted: number[] = [];
  const sampler = new MarginSampler({
    accounts: () => [8, 9],
    ask: async (some) => {
      if (isBehind) throw new CallError('engine.busy');
      return some.map(viewOf);
    },
    note: ({ account }) => noted.push(account),
  });
  await sampler.look();
  expect(noted).toEqual([]);
  isBehind = false;
  await sampler.look();
  expect(noted).toEqual([8, 9]);
});
