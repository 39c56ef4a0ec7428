import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatPrice, formatSignedPercent, formatUsdShort } from '../../../../lib/format.ts';
import { latestStats, useStats } from '../../../../lib/hooks/market.ts';
import { Keycap } from '../../../ui/Keycap.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Select } from '../../../ui/Select.tsx';
import { useHotkey } from '../../../ui/useHotkey.ts';
import styles from './MarketStrip.module.css';
import { dayChangePpm } from './MarketStrip.state.ts';
import { type MarketSort, marketGroups, marketSorts } from './marketOrder.ts';

// The list's behaviour is 45 kB that nobody needs before the list is opened.
const loadPickList = () => import('../../../ui/PickList.tsx');
const PickList = lazy(async () => ({ default: (await loadPickList()).PickList }));

/** Every digit of a price on tick counts. */
const ALL_DIGITS = 9;

export interface MarketPickerProps {
  marketName: string;
  markets: readonly MarketView[];
  onPick: (name: string) => void;
}

/** The open market as a button; `/` opens the list of all. */
export function MarketPicker({ marketName, markets, onPick }: MarketPickerProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [sort, setSort] = useState<MarketSort>('listed');
  useHotkey('/', () => setOpen(true));
  const items = useMemo(
    () =>
      isOpen
        ? marketGroups(markets, sort, latestStats).flatMap((group) =>
            group.markets.map((market) => ({
              id: market.name,
              group: group.name,
              text: `${market.name} ${market.kind}`,
              row: <PickerRow market={market} />,
            })),
          )
        : [],
    [markets, sort, isOpen],
  );
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.picker}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-keyshortcuts="/"
        onClick={() => setOpen(true)}
        onPointerEnter={() => void loadPickList()}
      >
        <b>{marketName}</b>
        <i aria-hidden="true" className={styles.caret} />
        <Keycap keys={['/']} />
      </button>
      {isOpen && (
        <Suspense>
          <PickList
            label="Markets"
            trigger={button}
            items={items}
            current={marketName}
            tools={
              <Select
                label="Sort markets"
                isLabelHidden
                value={sort}
                options={marketSorts}
                onPick={(value) => setSort(value as MarketSort)}
              />
            }
            onPick={(name) => {
              setOpen(false);
              onPick(name);
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}

function PickerRow({ market }: { market: MarketView }) {
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
      <span className={styles.faint}>{stats && `${formatUsdShort(stats.volume24hUsd)} in 24 h`}</span>
    </span>
  );
}
