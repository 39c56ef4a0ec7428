import { expect, test } from 'vitest';
import { readKeyTerms } from './keyTerms.ts';

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
