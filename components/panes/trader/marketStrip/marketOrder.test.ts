import { describe, expect, test } from 'vitest';
import type { MarketStatsView, MarketView } from '../../../../engine/protocol/views/market.ts';
import type { MarketSort } from '../../../../lib/settings/marketSort.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import { directionWords, marketGroups, marketSorts, spreadPpm } from './marketOrder.ts';

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
    expect(namesOf(marketGroups(listed, { sort: 'listed', isReversed: false }, noStats))).toEqual([
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
    expect(namesOf(marketGroups(gone, { sort: 'listed', isReversed: false }, noStats))).toEqual([
      ['Perpetuals', [3]],
    ]);
  });

  test('sorts inside its groups by what was traded or how far it moved, up or down', () => {
    const stats = new Map(
      [
        { instrument: 2, volume24hUsd: 10, lastTicks: 101, open24hTicks: 100 },
        { instrument: 5, volume24hUsd: 20, lastTicks: 90, open24hTicks: 100 },
      ].map((each) => [each.instrument, each as MarketStatsView]),
    );
    const statsOf = (instrument: number) => stats.get(instrument);
    expect(
      marketGroups(listed, { sort: 'volume', isReversed: false }, statsOf)[0]!.markets.map(
        ({ name }) => name,
      ),
    ).toEqual(['ETH-PERP', 'BTC-PERP']);
    expect(marketGroups(listed, { sort: 'change', isReversed: false }, statsOf)[0]!.markets[0]!.name).toBe(
      'ETH-PERP',
    );
    expect(marketGroups(listed, { sort: 'change', isReversed: false }, noStats)[0]!.markets[0]!.name).toBe(
      'BTC-PERP',
    );
  });

  const figures = [
    { instrument: 2, volume24hUsd: 5, trades24h: 9, bidTicks: 100, askTicks: 102, fundingRatePpb: -5 },
    { instrument: 5, volume24hUsd: 7, trades24h: 3, bidTicks: 100, askTicks: 101, fundingRatePpb: 5 },
    { instrument: 9, volume24hUsd: 6, trades24h: 4, bidTicks: 0, askTicks: 101, fundingRatePpb: 1 },
  ] as MarketStatsView[];
  const three = [market(2, 'A'), market(5, 'C'), market(9, 'B')];
  const sorted = (sort: MarketSort, isReversed: boolean) => {
    const statsOf = (instrument: number) => figures.find((each) => each.instrument === instrument);
    const [group] = marketGroups(three, { sort, isReversed }, statsOf);
    return group!.markets.map(({ name }) => name).join('');
  };

  test.each([
    ['listed', 'ACB', 'BCA'],
    ['name', 'ABC', 'CBA'],
    ['volume', 'CBA', 'ABC'],
    ['trades', 'ABC', 'CBA'],
    ['spread', 'CAB', 'ACB'],
    ['funding', 'CBA', 'ABC'],
  ] as const)('by %s: %s, turned %s; what is not known stands last both ways', (sort, usual, turned) => {
    expect([sorted(sort, false), sorted(sort, true)]).toEqual([usual, turned]);
  });

  test('the spread is a share of the middle, and there is none with one side', () => {
    expect(spreadPpm(figures[0]!)).toBeCloseTo(19_801.98, 2);
    expect(spreadPpm(figures[2]!)).toBeUndefined();
  });

  test('each order says which end stands first', () => {
    for (const { value } of marketSorts)
      expect(directionWords(value, true)).not.toBe(directionWords(value, false));
  });

  test('favourites stand first, in the order of the list, and nowhere else', () => {
    const groups = namesOf(
      marketGroups(listed, { sort: 'listed', isReversed: false }, noStats, ['ETH-PERP', 'BTC-27NOV26']),
    );
    expect(groups.slice(0, 3)).toEqual([
      ['Favourites', [5, 8]],
      ['Perpetuals', [2]],
      ['Spot', [6]],
    ]);
    expect(namesOf(marketGroups(listed, { sort: 'name', isReversed: false }, noStats))[2]).toEqual([
      'Futures',
      [7, 8],
    ]);
  });
});
