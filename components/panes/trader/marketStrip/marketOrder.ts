import type { MarketStatsView, MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatExpiry } from '../../../../lib/format.ts';
import type { MarketSort } from '../../../../lib/settings/marketSort.ts';
import { dayChangePpm } from './MarketStrip.state.ts';

/** How the picker may be sorted, in the order it is offered. */
export const marketSorts: readonly { value: MarketSort; label: string }[] = [
  { value: 'listed', label: 'as listed' },
  { value: 'name', label: 'by name' },
  { value: 'volume', label: 'by turnover' },
  { value: 'trades', label: 'by trades' },
  { value: 'change', label: 'by move' },
  { value: 'spread', label: 'by spread' },
  { value: 'funding', label: 'by funding' },
];

const directions: Record<MarketSort, readonly [usual: string, reversed: string]> = {
  listed: ['as listed', 'the last listed first'],
  name: ['from A to Z', 'from Z to A'],
  volume: ['the most traded first', 'the least traded first'],
  trades: ['most trades first', 'fewest trades first'],
  change: ['the most moved first', 'the least moved first'],
  spread: ['the tightest first', 'the widest first'],
  funding: ['the highest rate first', 'the lowest rate first'],
};

/** Which end of a list stands first. */
export function directionWords(sort: MarketSort, isReversed: boolean): string {
  return directions[sort][isReversed ? 1 : 0];
}

export interface MarketOrder {
  sort: MarketSort;
  isReversed: boolean;
}

export interface MarketGroup {
  name: string;
  markets: readonly MarketView[];
}

const kinds = ['perpetual', 'spot', 'future', 'option'] as const;

/**
 * What trades: favourites first, then kind by kind; options by underlying and expiry, the nearest first. What has
 * expired is not offered.
 *
 * @param statsOf of the moment the list was opened: rows do not change places under a hand
 */
export function marketGroups(
  markets: readonly MarketView[],
  order: MarketOrder,
  statsOf: (instrument: number) => MarketStatsView | undefined,
  favourites: readonly string[] = [],
): readonly MarketGroup[] {
  const groups = new Map<string, MarketView[]>();
  for (const market of inListOrder(markets)) {
    const name = favourites.includes(market.name) ? FAVOURITES : groupOf(market);
    groups.set(name, [...(groups.get(name) ?? []), market]);
  }
  const favoured = [...groups].sort(([a], [b]) => Number(b === FAVOURITES) - Number(a === FAVOURITES));
  return favoured.map(([name, members]) => ({ name, markets: inSortOrder(members, order, statsOf) }));
}

const FAVOURITES = 'Favourites';

function inSortOrder(
  members: readonly MarketView[],
  { sort, isReversed }: MarketOrder,
  statsOf: (instrument: number) => MarketStatsView | undefined,
): readonly MarketView[] {
  const turn = isReversed ? -1 : 1;
  if (sort === 'listed') return isReversed ? members.toReversed() : members;
  if (sort === 'name') return [...members].sort((a, b) => (a.name < b.name ? -turn : turn));
  const weighed = members.map((market) => ({
    market,
    weight: weightOf(sort, market, statsOf(market.instrument)),
  }));
  // What is not known stands last, whichever end is first.
  const known = weighed.filter(({ weight }) => weight !== undefined);
  const unknown = weighed.filter(({ weight }) => weight === undefined);
  known.sort((a, b) => (b.weight! - a.weight!) * turn);
  return [...known, ...unknown].map(({ market }) => market);
}

/** The heavier stands first; undefined where the market has no such figure. */
function weightOf(
  sort: Exclude<MarketSort, 'listed' | 'name'>,
  { kind }: MarketView,
  stats: MarketStatsView | undefined,
): number | undefined {
  if (stats === undefined) return undefined;
  switch (sort) {
    case 'volume':
      return stats.volume24hUsd;
    case 'trades':
      return stats.trades24h;
    case 'change': {
      const ppm = dayChangePpm(stats);
      return ppm === undefined ? undefined : Math.abs(ppm);
    }
    case 'spread': {
      const ppm = spreadPpm(stats);
      return ppm === undefined ? undefined : -ppm;
    }
    case 'funding':
      return kind === 'perpetual' ? stats.fundingRatePpb : undefined;
  }
}

/** Best ask over best bid, in ppm of their middle; undefined while a side is empty. */
export function spreadPpm({ bidTicks, askTicks }: MarketStatsView): number | undefined {
  if (bidTicks <= 0 || askTicks <= 0) return undefined;
  return ((askTicks - bidTicks) / (askTicks + bidTicks)) * 2_000_000;
}

function inListOrder(markets: readonly MarketView[]): readonly MarketView[] {
  const offered = markets.filter(({ stage }) => stage === 'trading');
  const dated = (market: MarketView) => [market.underlyingId, market.expiryMs, market.strikeE8];
  return kinds.flatMap((kind) =>
    offered.filter((market) => market.kind === kind).sort((a, b) => byEach(dated(a), dated(b))),
  );
}

/** By the first number that differs; markets that differ in none stay as listed. */
function byEach(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

const kindNames = { perpetual: 'Perpetuals', spot: 'Spot', future: 'Futures' };

function groupOf({ kind, underlying, expiryMs }: MarketView): string {
  return kind === 'option' ? `${underlying} options ${formatExpiry(expiryMs)}` : kindNames[kind];
}
