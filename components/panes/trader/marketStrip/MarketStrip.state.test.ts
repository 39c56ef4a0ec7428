import { describe, expect, test } from 'vitest';
import type { PositionView } from '../../../../engine/protocol/views/account.ts';
import type { MarketStatsView, MarketView } from '../../../../engine/protocol/views/market.ts';
import {
  dayChangePpm,
  fundingEightHoursPpm,
  lastDirection,
  otherMarkets,
  ownSharePpm,
} from './MarketStrip.state.ts';

const market = (instrument: number, name: string) =>
  ({ instrument, name, kind: 'perpetual', expiryMs: 0, stage: 'trading' }) as MarketView;
const position = (instrument: number, lots: number) => ({ instrument, lots }) as PositionView;

describe('the market strip', () => {
  test('the change is against the price a day ago, and unknown before there was one', () => {
    expect(dayChangePpm({ lastTicks: 1018, open24hTicks: 1000 })).toBe(18_000);
    expect(dayChangePpm({ lastTicks: 990, open24hTicks: 1000 })).toBe(-10_000);
    expect(dayChangePpm({ lastTicks: 990, open24hTicks: 0 })).toBeUndefined();
  });

  test('funding is shown for eight hours', () => {
    // 10.125 per million and hour are 0.0081 % in eight.
    expect(fundingEightHoursPpm(10_125)).toBe(81);
  });

  test('the arrow compares with the last price that differed', () => {
    expect(lastDirection([{ priceTicks: 5 }, { priceTicks: 5 }, { priceTicks: 4 }])).toBe('up');
    expect(lastDirection([{ priceTicks: 4 }, { priceTicks: 5 }])).toBe('down');
    expect(lastDirection([{ priceTicks: 4 }])).toBeUndefined();
    expect(lastDirection([])).toBeUndefined();
  });

  test('held markets come first and the open one is left out', () => {
    const markets = [
      market(0, 'BTC-PERP'),
      market(1, 'ETH-PERP'),
      market(2, 'SOL-PERP'),
      market(3, 'LINK-PERP'),
    ];
    const others = otherMarkets(markets, [position(3, -5), position(1, 0)], 'BTC-PERP');
    expect(others.map(({ market: { name }, isHeld }) => [name, isHeld])).toEqual([
      ['LINK-PERP', true],
      ['ETH-PERP', false],
      ['SOL-PERP', false],
    ]);
  });

  test('the own share of open interest ignores the side', () => {
    const stats = { instrument: 1, openInterestLots: 200 } as MarketStatsView;
    expect(ownSharePpm([position(1, -10)], stats)).toBe(50_000);
    expect(ownSharePpm([], stats)).toBeUndefined();
    expect(ownSharePpm([position(1, 3)], { ...stats, openInterestLots: 0 })).toBeUndefined();
  });

  test('contracts that expire stand beside the open market only when they are held', () => {
    const future = { ...market(5, 'BTC-27MAR26'), kind: 'future', expiryMs: 9 } as MarketView;
    const markets = [market(0, 'BTC-PERP'), future];
    expect(otherMarkets(markets, [], 'BTC-PERP')).toEqual([]);
    expect(otherMarkets(markets, [position(5, 1)], 'BTC-PERP').map(({ market: { name } }) => name)).toEqual([
      'BTC-27MAR26',
    ]);
  });
});
