import { expect, test } from 'vitest';
import type { MarketStatsView, MarkView } from '../engine/protocol/views/market.ts';
import type { ExpectedFill, GuardedMarket, GuardedOrder } from './guardedOrder.ts';
import { guardReadings, guardRefusal, guardWarnings, volumeReadings } from './guards.ts';
import { defaultSettings, readSettings } from './settings/settings.ts';
import { btcPerp } from './testMarket.ts';

/** 63,100 USDC a coin, a day of 100 million and a minute of half a million. */
const inputs: GuardedMarket = {
  market: btcPerp,
  mark: { markUsdPerLot: 6_310_000 } as MarkView,
  stats: { volume24hUsd: 100_000_000_000_000, volumeMinuteUsd: 500_000_000_000 } as MarketStatsView,
};
const guards = { ...defaultSettings(false).guards, dayVolumePercent: { warn: '1', hard: '10' } };
const slippage = { tolerancePercent: '1', warn: '0.5', hard: '3' };
const read = (order: Omit<GuardedOrder, 'type'>, changes: Partial<typeof guards> = {}) => {
  const type = order.price === undefined ? 'market' : 'limit';
  return guardReadings({ type, ...order }, inputs, { guards: { ...guards, ...changes }, slippage });
};

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

test('a share of what trades in a minute is warned of and refused, by one order or many', () => {
  const minute = { minuteVolumePercent: { warn: '10', hard: '50' } };
  const of = (size: string) =>
    read({ size, price: '63100' }, minute).filter(({ name }) => name === 'of minute volume');
  expect(guardWarnings(of('0.5'))).toEqual([]);
  expect(guardWarnings(of('2'))).toEqual([
    'The order is 25.2% of what trades in a minute; your warning is at 10.0%.',
  ]);
  expect(guardRefusal(of('4'))).toBe('The order is 50.5% of what trades in a minute; your limit is 50.0%.');
  const asked = { lots: 40_000, valueUsd: 252_400_000_000, isReduceOnly: false, orderCount: 3 };
  const all = volumeReadings(asked, inputs, { guards: { ...guards, ...minute }, slippage });
  expect(guardRefusal(all)).toBe(
    'The 3 orders together are 50.5% of what trades in a minute; your limit is 50.0%.',
  );
  const quiet = { ...inputs, stats: { volumeMinuteUsd: 0 } as MarketStatsView };
  expect(volumeReadings(asked, quiet, { guards: { ...guards, ...minute }, slippage })).toEqual([]);
});

test('guards that were kept before there was one of a minute are all understood', () => {
  const { minuteVolumePercent: _, ...kept } = guards;
  expect(readSettings(JSON.stringify({ guards: kept })).guards).toEqual(kept);
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

/** A buy of 40 BTC at market, and what a preview says of it. */
const readFill = (fill: ExpectedFill | undefined, more: Partial<GuardedOrder> = {}) =>
  guardReadings({ type: 'market', size: '40', ...more }, { ...inputs, fill }, { guards, slippage }).filter(
    ({ name }) => name === 'worst fill',
  );

test('a market order is judged by the worst price it would fill at', () => {
  const sweep = (worstPriceTicks: number) => readFill({ filledLots: 1, worstPriceTicks });
  expect(guardWarnings(sweep(634_000))).toEqual([]);
  expect(guardWarnings(sweep(638_000))).toEqual([
    'The worst fill would be 1.11% away from the mark; your warning is at 0.50%.',
  ]);
  // A sale that sweeps the bids is as far away as a buy that sweeps the asks.
  expect(guardWarnings(sweep(624_000))).toHaveLength(1);
  expect(guardRefusal(sweep(655_000))).toBe(
    'The worst fill would be 3.80% away from the mark; your limit is 3.00%.',
  );
});

test('an exit that sweeps is warned of and never refused, and nothing is read of what fills nothing', () => {
  const exit = readFill({ filledLots: 1, worstPriceTicks: 600_000 }, { isReduceOnly: true });
  expect(guardRefusal(exit)).toBeUndefined();
  expect(guardWarnings(exit)[0]).toContain('4.91% away');
  expect(readFill({ filledLots: 0, worstPriceTicks: 0 })).toEqual([]);
  expect(readFill(undefined)).toEqual([]);
  expect(readFill('unknown')).toEqual([]);
});

test('of an option the worst fill is a share of its forward', () => {
  const option: GuardedMarket = {
    ...inputs,
    market: { ...btcPerp, kind: 'option' },
    mark: { markUsdPerLot: 50_000, indexUsdPerLot: 6_310_000 } as MarkView,
    fill: { filledLots: 1, worstPriceTicks: 10_000 },
  };
  const readings = guardReadings({ type: 'market', size: '1' }, option, { guards, slippage });
  expect(guardWarnings(readings)).toContain(
    'The worst fill would be 0.79% of the forward away from the mark; your warning is at 0.50% of the forward.',
  );
});

test('what fills at market when its trigger fires is judged by the worst it may then take', () => {
  const wide = { ...guards, priceAwayPercent: { warn: '2', hard: '4' } };
  const stop = (more: Partial<GuardedOrder>) => {
    const order: GuardedOrder = { type: 'stopMarket', size: '1', triggerPrice: '64000', ...more };
    return guardReadings(order, inputs, { guards: wide, slippage });
  };
  expect(guardWarnings(stop({ price: '64640' }))).toEqual([]);
  expect(guardWarnings(stop({ price: '65920' }))).toEqual([
    'The worst price is 3.0% away from its trigger; your warning is at 2.0%.',
  ]);
  // Without one the engine's band is the worst; an exit is let go so far on purpose.
  expect(guardRefusal(stop({}))).toBe('The worst price is 5.0% away from its trigger; your limit is 4.0%.');
  expect(stop({ isReduceOnly: true }).map(({ name }) => name)).not.toContain('worst price');
});
