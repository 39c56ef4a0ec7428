import { expect, test } from 'vitest';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { offsetsOf } from './Offsets.state.ts';

const account = (standalone: [string, number][], scanUsd: number) => {
  const standaloneUsd = standalone.reduce((sum, [, usd]) => sum + usd, 0);
  const rows = standalone.map(([underlying, usd]) => ({ underlying, usd }));
  return { margin: { initial: { standaloneUsd, scanUsd, standalone: rows } } } as unknown as AccountView;
};

test('what the legs need alone, what is saved, and what the book needs close the sum', () => {
  const { rows, savedUsd, savedPpm } = offsetsOf([
    account(
      [
        ['BTC', 300],
        ['ETH', 200],
      ],
      350,
    ),
  ]);
  expect(rows.map(({ id, usd }) => [id, usd])).toEqual([
    ['BTC', 300],
    ['ETH', 200],
    ['isolated', 500],
    ['saved', -150],
    ['cross', 350],
  ]);
  expect([savedUsd, savedPpm]).toEqual([150, 300_000]);
  expect(rows[1]).toMatchObject({ from: 300, to: 500 });
});

test('accounts are added up by underlying, and an empty book saves nothing', () => {
  const both = offsetsOf([account([['BTC', 10]], 10), account([['BTC', 5]], 5)]);
  expect(both.rows[0]).toMatchObject({ id: 'BTC', usd: 15 });
  expect(both.savedPpm).toBe(0);
  expect(offsetsOf([account([], 0)])).toMatchObject({ standaloneUsd: 0, savedPpm: 0 });
});
