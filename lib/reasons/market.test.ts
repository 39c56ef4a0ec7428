import { expect, test } from 'vitest';
import type { MarketStatsView, MarkView } from '../../engine/protocol/views/market.ts';
import { btcPerp } from '../testMarket.ts';
import { fundingReason, indexReason, markReason, openInterestReason, volumeReason } from './market.ts';

const mark = {
  markUsdPerLot: 6_310_542,
  indexUsdPerLot: 6_310_471,
  sources: 12,
  confidencePpm: 1_000_000,
} as MarkView;
const stats = {
  volume24hUsd: 14_350_000_000_000,
  open24hTicks: 631_000,
  high24hTicks: 632_000,
  low24hTicks: 0,
  openInterestLots: 2_176_800,
} as MarketStatsView;

test('a mark and what it is taken around say their median and what went in', () => {
  expect(markReason(btcPerp, mark).inputs).toEqual([
    ['index', '63,104.71'],
    ['mark', '63,105.42'],
  ]);
  expect(indexReason(btcPerp, mark).inputs).toContainEqual(['live sources', '12']);
  const future = { ...btcPerp, kind: 'future', expiryMs: 1 } as const;
  expect(markReason(future, mark).formula).toContain('forward');
  expect(indexReason(future, mark).inputs.at(-1)).toEqual(['forward', '63,104.71']);
});

test('funding says the rate of eight hours, the hour’s eighth of it, and when', () => {
  expect(fundingReason(100, 387_000).inputs).toEqual([
    ['of eight hours', '+0.0100%'],
    ['of the hour', '+0.0013%'],
    ['paid in', '00:06:27'],
  ]);
  expect(fundingReason(100, undefined).inputs).toHaveLength(2);
});

test('volume and open interest say their sums, and own only where there is something', () => {
  expect(volumeReason(btcPerp, stats).inputs).toEqual([
    ['volume', '14,350,000.00'],
    ['first price', '63,100.0'],
    ['highest', '63,200.0'],
    ['lowest', 'nothing traded'],
  ]);
  expect(openInterestReason(btcPerp, stats, 992_000).inputs).toEqual([
    ['open interest', '217.6800 BTC'],
    ['|own position| ÷ it', '99.20%'],
  ]);
  expect(openInterestReason(btcPerp, stats, undefined).inputs).toHaveLength(1);
});
