import { expect, test } from 'vitest';
import type { MarketView } from '../../engine/protocol/views/market.ts';
import { agreedAway, readAgreedPrice } from './agreedPrice.ts';

const market = { name: 'BTC-PERP', ticksPerUsd: 2, lotsPerUnit: 10_000 } as MarketView;
/** At 60,000 USD. */
const markUsdPerLot = 6_000_000;

test('nothing is the mark; between two ticks, of nothing and of words there is no price', () => {
  expect(readAgreedPrice(' ', market)).toEqual({ is: 'mark' });
  expect(readAgreedPrice('60,300.5', market)).toEqual({ is: 'agreed', ticks: 120_601 });
  for (const typed of ['60300.25', '0', 'mark', '-1'])
    expect([typed, readAgreedPrice(typed, market)]).toEqual([typed, { is: 'wrong' }]);
  expect(readAgreedPrice('60300', undefined)).toEqual({ is: 'wrong' });
});

test('of a long position the giver gains what the price is above the mark, of a short one it loses that', () => {
  const long = { lots: 5_000, markUsdPerLot };
  // 0.5 BTC at 300 USD above the mark.
  expect(agreedAway(120_600, 5_000, long, market)).toEqual({ awayPpm: 5_000, givenUsd: 150_000_000 });
  expect(agreedAway(119_400, 2_500, long, market)).toEqual({ awayPpm: -5_000, givenUsd: -75_000_000 });
  expect(agreedAway(120_600, 5_000, { lots: -9_000, markUsdPerLot }, market).givenUsd).toBe(-150_000_000);
  expect(agreedAway(120_000, 5_000, long, market)).toEqual({ awayPpm: 0, givenUsd: 0 });
});
