import { expect, test } from 'vitest';
import type { MarketStatsView, MarkView } from '../engine/protocol/views/market.ts';
import { type GuardedMarket, guardReadings, guardRefusal, guardWarnings } from './guards.ts';
import { defaultSettings } from './settings/settings.ts';
import { btcPerp } from './testMarket.ts';

/** 63,100 USDC a coin, and a day of 100 million. */
const inputs: GuardedMarket = {
  market: btcPerp,
  mark: { markUsdPerLot: 6_310_000 } as MarkView,
  stats: { volume24hUsd: 100_000_000_000_000 } as MarketStatsView,
};
const guards = { ...defaultSettings(false).guards, dayVolumePercent: { warn: '1', hard: '10' } };
const read = (order: Parameters<typeof guardReadings>[0], changes: Partial<typeof guards> = {}) =>
  guardReadings(order, inputs, { ...guards, ...changes });

test('an everyday order is not warned of', () => {
  const readings = read({ size: '1', price: '63104' });
  expect(readings.map(({ name }) => name)).toEqual(['value', 'of day volume', 'away from mark']);
  expect(guardWarnings(readings)).toEqual([]);
  expect(guardRefusal(readings)).toBeUndefined();
});

test('each guard warns alone, with its number and the limit', () => {
  const noOthers = {
    maxSizeUsd: { warn: '', hard: '' },
    dayVolumePercent: { warn: '', hard: '' },
    priceAwayPercent: { warn: '', hard: '' },
  };
  expect(
    guardWarnings(read({ size: '2' }, { ...noOthers, maxSizeUsd: { warn: '100000', hard: '' } })),
  ).toEqual(['The order is worth 126,200 USDC; your warning is at 100,000 USDC.']);
  expect(
    guardWarnings(read({ size: '20' }, { ...noOthers, dayVolumePercent: guards.dayVolumePercent })),
  ).toEqual(["The order is 1.3% of the day's volume; your warning is at 1.0%."]);
  expect(
    guardWarnings(
      read({ size: '1', price: '69410' }, { ...noOthers, priceAwayPercent: guards.priceAwayPercent }),
    ),
  ).toEqual(['The price is 10.0% away from the mark; your warning is at 5.0%.']);
  expect(
    guardWarnings(read({ size: '2' }, { ...noOthers, maxSize: { 'BTC-PERP': { warn: '1.5', hard: '3' } } })),
  ).toEqual(['The quantity is 2 BTC; your warning is at 1.5 BTC.']);
});

test('a hard limit refuses, and is not asked about as well', () => {
  const readings = read({ size: '900' });
  expect(guardRefusal(readings)).toBe('The order is worth 56,790,000 USDC; your limit is 50,000,000 USDC.');
  expect(guardWarnings(read({ size: '1000', price: '63100' })).join()).not.toContain('is worth');
});

test('what only reduces is warned of and never refused', () => {
  const readings = read({ size: '900', isReduceOnly: true });
  expect(guardRefusal(readings)).toBeUndefined();
  expect(guardWarnings(readings)[0]).toContain('is worth 56,790,000 USDC');
});

test('a limit that waits for its trigger is measured from there', () => {
  expect(guardWarnings(read({ size: '1', price: '50000', triggerPrice: '50100' }))).toEqual([]);
});

test('a limit equal to the value passes, and an unreadable one is off', () => {
  const exact = read({ size: '1', price: '63100' }, { maxSizeUsd: { warn: '63100', hard: '63100' } });
  expect([...guardWarnings(exact), guardRefusal(exact)]).toEqual([undefined]);
});
