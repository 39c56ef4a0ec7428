import { useEffect, useRef } from 'react';
import type { CandleView } from '../../engine/protocol/views/market.ts';
import { useAppearance } from '../ui/appearance.ts';
import styles from './CandleChart.module.css';
import { type CandleDesk, createCandleDesk } from './candleDesk.ts';
import type { ChartMarks } from './chartMarks.ts';
import { readChartTheme } from './chartTheme.ts';

export interface CandleChartProps {
  /** Oldest first. Growing at the end is cheap; anything else is drawn anew. */
  candles: readonly CandleView[];
  /** Candles that opened earlier were made up. */
  generatedBeforeMs: number;
  marks: ChartMarks;
  ticksPerUsd: number;
  formatTicks: (ticks: number) => string;
  /** What the picture says, for whoever does not see it. */
  summary: string;
  onHover: (openMs: number | undefined) => void;
}

/** Candles and volume with own marks. Load it lazily: the library behind it is the largest of the page. */
export function CandleChart({
  candles,
  generatedBeforeMs,
  marks,
  ticksPerUsd,
  formatTicks,
  summary,
  onHover,
}: CandleChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const desk = useRef<CandleDesk>(undefined);
  const appearance = useAppearance();
  useEffect(() => {
    if (box.current === null) return;
    const options = { box: box.current, ticksPerUsd, formatTicks, onHover };
    desk.current = createCandleDesk(options, readChartTheme());
    return () => {
      desk.current?.remove();
      desk.current = undefined;
    };
  }, [ticksPerUsd, formatTicks, onHover]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another palette is another theme, read from the page.
  useEffect(() => desk.current?.setTheme(readChartTheme()), [appearance, ticksPerUsd, formatTicks, onHover]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new chart needs its candles again.
  useEffect(
    () => desk.current?.setCandles(candles, generatedBeforeMs),
    [candles, generatedBeforeMs, ticksPerUsd, formatTicks, onHover],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new chart needs its marks again.
  useEffect(() => desk.current?.setMarks(marks), [marks, ticksPerUsd, formatTicks, onHover]);
  return <div ref={box} className={styles.chart} role="img" aria-label={summary} />;
}
