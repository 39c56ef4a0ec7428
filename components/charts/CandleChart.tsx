import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { CandleView } from '../../engine/protocol/views/market.ts';
import { useAppearance } from '../ui/appearance.ts';
import styles from './CandleChart.module.css';
import { type CandleDesk, createCandleDesk } from './candleDesk.ts';
import type { ChartMarks, HoveredFill } from './chartMarks.ts';
import { readChartTheme } from './chartTheme.ts';
import type { PriceSpace } from './priceSpace.ts';

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
  /** Prices keep their heights while something on them is held. */
  isHeld: boolean;
  onHover: (openMs: number | undefined) => void;
  onHoverFill: (hovered: HoveredFill | undefined) => void;
  /** What stands over the plot, told where prices are. */
  children: (space: PriceSpace) => ReactNode;
}

/** Candles and volume with own marks. Load it lazily: the library behind it is the largest of the page. */
export function CandleChart({
  candles,
  generatedBeforeMs,
  marks,
  ticksPerUsd,
  formatTicks,
  summary,
  isHeld,
  onHover,
  onHoverFill,
  children,
}: CandleChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const desk = useRef<CandleDesk>(undefined);
  const [space, setSpace] = useState<PriceSpace>();
  const appearance = useAppearance();
  // A market's view is renewed now and then; the chart it is drawn on must outlive that.
  const latest = useRef({ formatTicks, onHover, onHoverFill });
  useEffect(() => {
    latest.current = { formatTicks, onHover, onHoverFill };
  }, [formatTicks, onHover, onHoverFill]);
  const open = useCallback(
    (element: HTMLElement) =>
      createCandleDesk(
        {
          box: element,
          ticksPerUsd,
          formatTicks: (ticks) => latest.current.formatTicks(ticks),
          onHover: (openMs) => latest.current.onHover(openMs),
          onHoverFill: (hovered) => latest.current.onHoverFill(hovered),
          onSpace: setSpace,
        },
        readChartTheme(),
      ),
    [ticksPerUsd],
  );
  useEffect(() => {
    if (box.current === null) return;
    desk.current = open(box.current);
    return () => {
      desk.current?.remove();
      desk.current = undefined;
    };
  }, [open]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another palette is another theme, read from the page.
  useEffect(() => desk.current?.setTheme(readChartTheme()), [appearance, open]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new chart needs its candles again.
  useEffect(() => desk.current?.setCandles(candles, generatedBeforeMs), [candles, generatedBeforeMs, open]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new chart needs its marks again.
  useEffect(() => desk.current?.setMarks(marks), [marks, open]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new chart is held like the one before.
  useEffect(() => desk.current?.hold(isHeld), [isHeld, open]);
  return (
    <>
      <div ref={box} className={styles.chart} role="img" aria-label={summary} />
      {space !== undefined && children(space)}
    </>
  );
}
