import { lazy, Suspense, useState } from 'react';
import type { CandleView, MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatAge } from '../../../../lib/format.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import styles from './Chart.module.css';
import { intervals } from './Chart.state.ts';
import { ChartMenu } from './ChartMenu.tsx';
import type { ChartViewProps } from './chartViewProps.ts';
import { legendParts, type ShownMarks } from './marks.ts';
import type { CandlesState } from './useCandles.ts';

// The library and the hand on it: 60 kB that the first paint does not wait for.
const ChartPicture = lazy(async () => ({ default: (await import('./ChartPicture.tsx')).ChartPicture }));

const tabs = intervals.map(({ label }) => ({ value: label, label }));
const allShown: ShownMarks = { fills: true, orders: true, entry: true, band: true };

export function ChartView(props: ChartViewProps) {
  const { market, marketName, interval, onInterval, candles, freshness } = props;
  const [shown, setShown] = useState(allShown);
  const [hoveredMs, setHoveredMs] = useState<number>();
  const panelId = `chart-${marketName}`;
  const legend = candles.candles.find((candle) => candle.openMs === hoveredMs) ?? candles.candles.at(-1);
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
      actions={
        <>
          {freshness?.face === 'stale' && (
            <span className={styles.heldWords}>held, {formatAge(freshness.ageMs)} old</span>
          )}
          <ChartMenu shown={shown} onShow={setShown} />
        </>
      }
    >
      <div
        id={panelId}
        role="tabpanel"
        aria-label={`Candles of ${interval}`}
        className={classes(styles.panel, freshness?.face === 'stale' && styles.held)}
      >
        {market && candles.state === 'ready' && candles.candles.length > 0 ? (
          <Suspense>
            <ChartPicture {...props} market={market} candles={candles} shown={shown} onHover={setHoveredMs} />
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
