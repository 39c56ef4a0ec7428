import { describe, expect, test } from 'vitest';
import type { MarketStatsView, MarketView } from '../../../../engine/protocol/views/market.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { marketGroups } from './marketOrder.ts';

const NOVEMBER = Date.UTC(2026, 10, 27, 8);
const MARCH = Date.UTC(2027, 2, 26, 8);

function market(instrument: number, name: string, terms: Partial<MarketView> = {}): MarketView {
  return { ...btcPerp, instrument, name, ...terms };
}

const option = (instrument: number, expiryMs: number, strike: number) =>
  market(instrument, `option ${instrument}`, { kind: 'option', expiryMs, strikeE8: strike * 1e8 });

const listed = [
  option(1, MARCH, 60_000),
  market(2, 'BTC-PERP'),
  option(3, NOVEMBER, 62_000),
  option(4, NOVEMBER, 60_000),
  market(5, 'ETH-PERP', { underlyingId: 1 }),
  market(6, 'BTC/USDC', { kind: 'spot' }),
  market(7, 'BTC-26MAR27', { kind: 'future', expiryMs: MARCH }),
  market(8, 'BTC-27NOV26', { kind: 'future', expiryMs: NOVEMBER }),
];

const noStats = () => undefined;
const namesOf = (groups: ReturnType<typeof marketGroups>) =>
  groups.map(({ name, markets }) => [name, markets.map(({ instrument }) => instrument)]);

describe('the picker', () => {
  test('stands kind by kind, options by expiry and strike, the nearest first', () => {
    expect(namesOf(marketGroups(listed, 'listed', noStats))).toEqual([
      ['Perpetuals', [2, 5]],
      ['Spot', [6]],
      ['Futures', [8, 7]],
      ['BTC options 27NOV26', [4, 3]],
      ['BTC options 26MAR27', [1]],
    ]);
  });

  test('offers nothing that has expired or is settled', () => {
    const gone = [
      market(1, 'expired', { stage: 'expired' }),
      market(2, 'settled', { stage: 'settled' }),
      market(3, 'trading'),
    ];
    expect(namesOf(marketGroups(gone, 'listed', noStats))).toEqual([['Perpetuals', [3]]]);
  });

  test('sorts inside its groups by what was traded or how far it moved, up or down', () => {
    const stats = new Map(
      [
        { instrument: 2, volume24hUsd: 10, lastTicks: 101, open24hTicks: 100 },
        { instrument: 5, volume24hUsd: 20, lastTicks: 90, open24hTicks: 100 },
      ].map((each) => [each.instrument, each as MarketStatsView]),
    );
    const statsOf = (instrument: number) => stats.get(instrument);
    expect(marketGroups(listed, 'volume', statsOf)[0]!.markets.map(({ name }) => name)).toEqual([
      'ETH-PERP',
      'BTC-PERP',
    ]);
    expect(marketGroups(listed, 'change', statsOf)[0]!.markets[0]!.name).toBe('ETH-PERP');
    expect(marketGroups(listed, 'change', noStats)[0]!.markets[0]!.name).toBe('BTC-PERP');
  });

  test('favourites stand first, in the order of the list, and nowhere else', () => {
    const groups = namesOf(marketGroups(listed, 'listed', noStats, ['ETH-PERP', 'BTC-27NOV26']));
    expect(groups.slice(0, 3)).toEqual([
      ['Favourites', [5, 8]],
      ['Perpetuals', [2]],
      ['Spot', [6]],
    ]);
    expect(namesOf(marketGroups(listed, 'name', noStats))[2]).toEqual(['Futures', [7, 8]]);
  });
});
