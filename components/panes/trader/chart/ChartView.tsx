import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { FillView, OrderView, PositionView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceView } from '../../../../engine/protocol/views/margin.ts';
import type { CandleView, MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatPrice } from '../../../../lib/format.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import styles from './Chart.module.css';
import { type IntervalLabel, intervalMsOf, intervals } from './Chart.state.ts';
import { ChartMenu } from './ChartMenu.tsx';
import { chartMarks, chartSummary, legendParts, type ShownMarks } from './marks.ts';
import type { CandlesState } from './useCandles.ts';

// 55 kB that the first paint does not wait for.
const CandleChart = lazy(async () => ({
  default: (await import('../../../charts/CandleChart.tsx')).CandleChart,
}));

export interface ChartViewProps {
  market: MarketView | undefined;
  marketName: string;
  interval: IntervalLabel;
  onInterval: (interval: IntervalLabel) => void;
  candles: CandlesState;
  fills: readonly FillView[];
  orders: readonly OrderView[];
  positions: readonly PositionView[] | undefined;
  distance: DistanceView | undefined;
}

const tabs = intervals.map(({ label }) => ({ value: label, label }));
const allShown: ShownMarks = { fills: true, orders: true, entry: true, band: true };

export function ChartView(props: ChartViewProps) {
  const { market, marketName, interval, onInterval, candles, fills, orders, positions, distance } = props;
  const [shown, setShown] = useState(allShown);
  const [hoveredMs, setHoveredMs] = useState<number>();
  const panelId = `chart-${marketName}`;
  const intervalMs = intervalMsOf(interval);
  const marks = useMemo(
    () => market && chartMarks({ market, intervalMs, fills, orders, positions, distance }, shown),
    [market, intervalMs, fills, orders, positions, distance, shown],
  );
  const formatTicks = useCallback(
    (ticks: number) => (market === undefined ? '' : formatPrice(ticks, market)),
    [market],
  );
  const last = candles.candles.at(-1);
  const legend = candles.candles.find((candle) => candle.openMs === hoveredMs) ?? last;
  return (
    <Pane
      title={`${marketName} chart`}
      isTitleHidden
      aside={
        <>
          <Tabs label="Interval" value={interval} items={tabs} onPick={onInterval} panelId={panelId} />
          {market && legend && <Legend candle={legend} market={market} />}
          {candles.state === 'ready' && legend && legend.openMs < candles.generatedBeforeMs && (
            <b className={styles.generated}>generated, not traded</b>
          )}
        </>
      }
      actions={<ChartMenu shown={shown} onShow={setShown} />}
    >
      <div id={panelId} role="tabpanel" aria-label={`Candles of ${interval}`} className={styles.panel}>
        {market && marks && candles.state === 'ready' && candles.candles.length > 0 ? (
          <Suspense>
            <CandleChart
              key={`${market.instrument}/${interval}`}
              candles={candles.candles}
              generatedBeforeMs={candles.generatedBeforeMs}
              marks={marks}
              ticksPerUsd={market.ticksPerUsd}
              formatTicks={formatTicks}
              summary={chartSummary(marketName, interval, last && formatPrice(last.close, market), marks)}
              onHover={setHoveredMs}
            />
          </Suspense>
        ) : (
          <Waiting candles={candles} />
        )}
      </div>
    </Pane>
  );
}

function Legend({ candle, market }: { candle: CandleView; market: MarketView }) {
  return (
    <span className={styles.legend}>
      {legendParts(candle, market).map(([name, value]) => (
        <span key={name}>
          {name} <b>{value}</b>
        </span>
      ))}
    </span>
  );
}

function Waiting({ candles }: { candles: CandlesState }) {
  if (candles.state === 'failed')
    return <EmptyState title="No candles">{candles.words} Asking again.</EmptyState>;
  return <EmptyState title={candles.state === 'ready' ? 'Nothing traded yet' : 'Waiting for candles'} />;
}
