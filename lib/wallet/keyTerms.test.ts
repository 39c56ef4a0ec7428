import { expect, test } from 'vitest';
import { isForSession, longKeyAction, readKeyChange, readKeyTerms, typedTermsOf } from './keyTerms.ts';

const listed = [{ name: 'BTC-PERP' }, { name: 'ETH-PERP' }];
const empty = { markets: '', usdPerHour: '', addresses: '', days: '1' };

test('what is left empty holds a key to nothing', () => {
  expect(readKeyTerms(empty, listed)).toEqual({
    terms: { scope: { markets: [], notionalPerHourUsd: 0, addresses: [] }, lifeMs: 86_400_000 },
  });
});

test('markets, an amount and addresses are read as they are written by hand', () => {
  const typed = {
    markets: 'btc-perp, ETH-PERP btc-perp',
    usdPerHour: '250k',
    addresses: '10.0.0.7,::1',
    days: '30',
  };
  expect(readKeyTerms(typed, listed)).toEqual({
    terms: {
      scope: {
        markets: ['BTC-PERP', 'ETH-PERP'],
        notionalPerHourUsd: 250_000_000_000,
        addresses: ['10.0.0.7', '::1'],
      },
      lifeMs: 30 * 86_400_000,
    },
  });
});

test.each([
  [{ markets: 'XAU-PERP' }, 'There is no market XAU-PERP.'],
  [{ usdPerHour: 'much' }, 'USD an hour is a number above 0, or nothing.'],
  [{ usdPerHour: '0' }, 'USD an hour is a number above 0, or nothing.'],
  [{ addresses: 'my office' }, 'my is no network address.'],
  [{ days: '90' }, 'A key is good for 1 to 89 whole days.'],
  [{ days: '' }, 'A key is good for 1 to 89 whole days.'],
])('%j cannot be asked for', (typed, wrong) => {
  expect(readKeyTerms({ ...empty, ...typed }, listed)).toEqual({ wrong });
});

const key = {
  publicKey: 'ab'.repeat(32),
  owner: 'Trader 1',
  isOwn: true,
  accounts: [],
  markets: ['BTC-PERP', 'ETH-PERP'],
  notionalPerHourUsd: 250_000_500_000,
  addresses: ['::1'],
  expiresAtMs: 5_000,
  use: { openedUsd: 0, orders: 0, lastSeenMs: null, lastAddress: null },
};

test('a key’s terms as they are typed change nothing until one is changed', () => {
  const typed = typedTermsOf(key);
  expect(typed).toMatchObject({ markets: 'BTC-PERP, ETH-PERP', usdPerHour: '250,000.5', days: '' });
  const same = { wrong: 'Nothing changes: these are the terms it has.' };
  expect(readKeyChange(typed, listed, key, 1_000)).toEqual(same);
  expect(readKeyChange({ ...typed, markets: 'eth-perp btc-perp' }, listed, key, 1_000)).toEqual(same);
  const { publicKey, notionalPerHourUsd, addresses } = key;
  const action = { kind: 'ChangeKey', publicKey, notionalPerHourUsd, addresses };
  expect(readKeyChange({ ...typed, markets: '' }, listed, key, 1_000)).toEqual({
    action: { ...action, markets: [], expiresAtMs: 5_000 },
  });
  expect(readKeyChange({ ...typed, days: '2' }, listed, key, 1_000)).toEqual({
    action: { ...action, markets: key.markets, expiresAtMs: 1_000 + 2 * 86_400_000 },
  });
  const wrong = { wrong: 'A key is good for 1 to 89 whole days.' };
  expect(readKeyChange({ ...typed, days: '90' }, listed, key, 1_000)).toEqual(wrong);
});

test('a day is the wallet’s own to give; a longer life is asked of the firm with all its terms', () => {
  const scope = { markets: ['BTC-PERP'], notionalPerHourUsd: 5, addresses: ['::1'] };
  expect(isForSession({ scope, lifeMs: 86_400_000 })).toBe(true);
  expect(isForSession({ scope, lifeMs: 86_400_001 })).toBe(false);
  const made = { publicKey: 'cd'.repeat(32), scheme: 'p256', expiresAtMs: 9_000 } as const;
  expect(longKeyAction(made, { scope, lifeMs: 1 }, 4, [8])).toEqual({
    kind: 'ApproveKey',
    member: 4,
    accounts: [8],
    ...made,
    ...scope,
  });
});
