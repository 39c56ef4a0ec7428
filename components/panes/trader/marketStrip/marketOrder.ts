import type { MarketStatsView, MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatExpiry } from '../../../../lib/format.ts';
import { dayChangePpm } from './MarketStrip.state.ts';

export type MarketSort = 'listed' | 'name' | 'volume' | 'change';

/** How the picker may be sorted, in the order it is offered. */
export const marketSorts: readonly { value: MarketSort; label: string }[] = [
  { value: 'listed', label: 'as listed' },
  { value: 'name', label: 'by name' },
  { value: 'volume', label: 'most traded' },
  { value: 'change', label: 'most moved' },
];

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
  sort: MarketSort,
  statsOf: (instrument: number) => MarketStatsView | undefined,
  favourites: readonly string[] = [],
): readonly MarketGroup[] {
  const groups = new Map<string, MarketView[]>();
  for (const market of inListOrder(markets)) {
    const name = favourites.includes(market.name) ? FAVOURITES : groupOf(market);
    groups.set(name, [...(groups.get(name) ?? []), market]);
  }
  const favoured = [...groups].sort(([a], [b]) => Number(b === FAVOURITES) - Number(a === FAVOURITES));
  return favoured.map(([name, members]) => ({ name, markets: inSortOrder(members, sort, statsOf) }));
}

const FAVOURITES = 'Favourites';

function inSortOrder(
  members: readonly MarketView[],
  sort: MarketSort,
  statsOf: (instrument: number) => MarketStatsView | undefined,
): readonly MarketView[] {
  if (sort === 'listed') return members;
  if (sort === 'name') return [...members].sort((a, b) => (a.name < b.name ? -1 : 1));
  const weigh = sort === 'volume' ? volumeOf : changeOf;
  return members
    .map((market) => ({ market, weight: weigh(statsOf(market.instrument)) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ market }) => market);
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

function volumeOf(stats: MarketStatsView | undefined): number {
  return stats?.volume24hUsd ?? 0;
}

function changeOf(stats: MarketStatsView | undefined): number {
  return Math.abs((stats && dayChangePpm(stats)) ?? 0);
}
