import { type RefObject, useMemo } from 'react';
import type { MarketStatsView, MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatCount, formatPrice, formatSignedPercent, formatUsdShort } from '../../../../lib/format.ts';
import { latestStats, useStats } from '../../../../lib/hooks/market.ts';
import type { MarketSort } from '../../../../lib/settings/marketSort.ts';
import { changeSettings, useSettings } from '../../../../lib/settings/settingsStore.ts';
import { Num } from '../../../ui/Num.tsx';
import { PickList } from '../../../ui/PickList.tsx';
import { Select } from '../../../ui/Select.tsx';
import styles from './MarketStrip.module.css';
import { dayChangePpm, fundingEightHoursPpm } from './MarketStrip.state.ts';
import { directionWords, marketGroups, marketSorts, spreadPpm } from './marketOrder.ts';

/** Every digit of a price on tick counts. */
const ALL_DIGITS = 9;

export interface MarketListProps {
  marketName: string;
  markets: readonly MarketView[];
  trigger: RefObject<HTMLElement | null>;
  onPick: (name: string) => void;
  onClose: () => void;
}

/** All that trades, found by typing and sorted as it was left. Its code is loaded when it is first opened. */
export function MarketList({ marketName, markets, trigger, onPick, onClose }: MarketListProps) {
  const { favourites, picker } = useSettings();
  // The figures of all come together: a list that was opened before them is sorted once more, and then stands.
  const areKnown = useStats(markets.at(-1)?.instrument ?? -1) !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whether figures are known changes what is read of them.
  const items = useMemo(
    () =>
      marketGroups(markets, picker, latestStats, favourites).flatMap((group) =>
        group.markets.map((market) => ({
          id: market.name,
          group: group.name,
          text: `${market.name} ${market.kind}`,
          row: <MarketRow market={market} sort={picker.sort} />,
        })),
      ),
    [markets, picker, favourites, areKnown],
  );
  return (
    <PickList
      label="Markets"
      trigger={trigger}
      items={items}
      current={marketName}
      tools={<Sorting {...picker} />}
      onPick={onPick}
      onClose={onClose}
    />
  );
}

function Sorting({ sort, isReversed }: { sort: MarketSort; isReversed: boolean }) {
  const words = directionWords(sort, isReversed);
  return (
    <>
      <Select
        label="Sort markets"
        isLabelHidden
        value={sort}
        options={marketSorts}
        onPick={(next) => changeSettings({ picker: { sort: next, isReversed: false } })}
      />
      <button
        type="button"
        className={styles.direction}
        aria-label={`Turn the order, now ${words}`}
        title={words}
        onClick={() => changeSettings({ picker: { sort, isReversed: !isReversed } })}
      >
        {isReversed ? '▲' : '▼'}
      </button>
    </>
  );
}

function MarketRow({ market, sort }: { market: MarketView; sort: MarketSort }) {
  const stats = useStats(market.instrument);
  const change = stats && dayChangePpm(stats);
  return (
    <span className={styles.pickerRow}>
      <b>{market.name}</b>
      <Num
        text={stats && stats.lastTicks > 0 ? formatPrice(stats.lastTicks, market) : undefined}
        significant={ALL_DIGITS}
      />
      <Num text={change === undefined ? undefined : formatSignedPercent(change)} isSigned significant={2} />
      <span className={styles.faint}>{stats && measureText(stats, market, sort)}</span>
    </span>
  );
}

/** What the list is sorted by, where it does not stand in the row anyway. */
function measureText(stats: MarketStatsView, market: MarketView, sort: MarketSort): string {
  if (sort === 'trades') return `${formatCount(stats.trades24h)} trades`;
  if (sort === 'funding')
    return market.kind === 'perpetual'
      ? `${formatSignedPercent(fundingEightHoursPpm(stats.fundingRatePpb), 4)} in 8 h`
      : 'no funding';
  if (sort !== 'spread') return `${formatUsdShort(stats.volume24hUsd)} in 24 h`;
  const spread = spreadPpm(stats);
  return spread === undefined ? 'no two sides' : `${(spread / 100).toFixed(2)} bp`;
}
