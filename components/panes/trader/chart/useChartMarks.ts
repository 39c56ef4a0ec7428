import { useMemo } from 'react';
import { useFillReading } from '../../../../lib/hooks/fillReading.ts';
import { toast } from '../../../../lib/stores/toastStore.ts';
import type { ChartMarks } from '../../../charts/chartMarks.ts';
import { intervalMsOf, positionOf } from './Chart.state.ts';
import { type ChartLine, chartLines } from './chartLines.ts';
import type { ChartPictureProps } from './chartViewProps.ts';
import { drawnLines } from './drag.ts';
import { type EffectWords, effectWords, fillInHand } from './dragEffect.ts';
import { legEffectWords, legInHand } from './legEffect.ts';
import { bandMark, fillMarks } from './marks.ts';
import { type LineDrag, useLineDrag } from './useLineDrag.ts';
import { useMovePreview } from './useMovePreview.ts';

export interface DrawnMarks {
  /** The one in the hand at its new price. */
  lines: readonly ChartLine[];
  marks: ChartMarks;
  drag: LineDrag;
  /** What the order in the hand would leave; undefined when nothing can be said. */
  effect: EffectWords | undefined;
}

/** Everything of one's own on the candles, and what the hand does to it. */
export function useChartMarks(props: ChartPictureProps, formatTicks: (ticks: number) => string): DrawnMarks {
  const {
    market,
    interval,
    fills,
    orders,
    positions,
    distance,
    levels,
    draftPrices,
    mayTrade,
    shown,
    hands,
  } = props;
  const standing = useMemo(
    () => chartLines({ market, orders, positions, levels, draftPrices, mayTrade }, shown),
    [market, orders, positions, levels, draftPrices, mayTrade, shown],
  );
  const drag = useLineDrag({
    lines: standing,
    formatTicks,
    move: async (line, ticks) => (await hands?.move(line, ticks)) ?? false,
    follow: (line, ticks) => hands?.follow(line, ticks),
    onEnded: (words) => toast({ group: 'chart drag', tone: 'warn', text: words }),
  });
  const held = drag.drag;
  const { lines, oldPlace } = useMemo(
    () => drawnLines(standing, held, formatTicks),
    [standing, held, formatTicks],
  );
  const reading = useFillReading(
    fillInHand(held, standing, market, positionOf(positions, market.instrument)),
  );
  const preview = useMovePreview(held, standing, market);
  const fillsDrawn = useMemo(
    () => (shown.fills ? fillMarks(fills, market, intervalMsOf(interval)) : []),
    [shown.fills, fills, market, interval],
  );
  const band = useMemo(
    () => (shown.band ? bandMark(distance, market) : undefined),
    [shown.band, distance, market],
  );
  const marks = useMemo<ChartMarks>(
    () => ({ fills: fillsDrawn, lines: oldPlace === undefined ? lines : [oldPlace, ...lines], band }),
    [fillsDrawn, lines, oldPlace, band],
  );
  const leg = legInHand(held, standing);
  const effect = leg === undefined ? effectWords(reading, preview) : legEffectWords(leg, market, preview);
  return { lines, marks, drag, effect };
}
