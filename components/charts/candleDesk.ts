import { CandlestickSeries, createChart, HistogramSeries, type UTCTimestamp } from 'lightweight-charts';
import type { CandleView } from '../../engine/protocol/views/market.ts';
import { applyChartTheme } from './applyChartTheme.ts';
import { AxisPrimitive } from './axisPrimitive.ts';
import { BandPrimitive } from './bandPrimitive.ts';
import type { ChartMarks, HoveredFill } from './chartMarks.ts';
import type { ChartTheme } from './chartTheme.ts';
import { FillsPrimitive } from './fillsPrimitive.ts';
import { LinesPrimitive } from './linesPrimitive.ts';
import type { PriceSpace } from './priceSpace.ts';
import { SpacePrimitive } from './spacePrimitive.ts';

export interface CandleDesk {
  /** @param generatedBeforeMs candles that opened earlier were made up, and are drawn so */
  setCandles(candles: readonly CandleView[], generatedBeforeMs: number): void;
  setMarks(marks: ChartMarks): void;
  setTheme(theme: ChartTheme): void;
  /** While held, prices keep their heights: nothing moves under a hand. */
  hold(isHeld: boolean): void;
  remove(): void;
}

export interface CandleDeskOptions {
  box: HTMLElement;
  ticksPerUsd: number;
  formatTicks: (ticks: number) => string;
  onHover: (openMs: number | undefined) => void;
  onHoverFill: (hovered: HoveredFill | undefined) => void;
  /** Told in the frame that draws it, and only when it changed. */
  onSpace: (space: PriceSpace) => void;
}

const RIGHT_BARS = 10;

/** The one chart of the desk, spoken to in ticks and milliseconds. */
export function createCandleDesk(options: CandleDeskOptions, firstTheme: ChartTheme): CandleDesk {
  const { ticksPerUsd } = options;
  const { chart, candles, volume, primitives } = openChart(options);
  let theme = firstTheme;
  let shown: readonly CandleView[] = [];
  let madeUpUntilMs = 0;
  let marks: ChartMarks = { fills: [], lines: [], band: undefined };
  let wasAuto: boolean | undefined;
  const bars = (view: CandleView) => barsOf(view, ticksPerUsd, view.openMs < madeUpUntilMs, theme);
  const drawAll = () => {
    const all = shown.map(bars);
    candles.setData(all.map((bar) => bar.candle));
    volume.setData(all.map((bar) => bar.volume));
  };
  const drawFills = () => {
    const byTime = new Map(shown.map((view) => [view.openMs, view]));
    const reach = (openMs: number) => {
      const view = byTime.get(openMs);
      return view && { high: view.high / ticksPerUsd, low: view.low / ticksPerUsd };
    };
    primitives.fills.set(marks.fills, reach, theme);
  };
  const drawMarks = () => {
    primitives.band.set(marks.band, ticksPerUsd, theme);
    primitives.lines.set(marks.lines, ticksPerUsd, theme);
    primitives.axis.set(marks, theme);
    drawFills();
  };
  return {
    setCandles(next, generatedBeforeMs) {
      const before = shown;
      const isSameHistory = madeUpUntilMs === generatedBeforeMs;
      shown = next;
      primitives.axis.setLast(next.at(-1)?.close);
      madeUpUntilMs = generatedBeforeMs;
      if (isSameHistory && isContinued(before, next)) {
        for (const view of next.slice(Math.max(0, before.length - 1))) {
          const bar = bars(view);
          candles.update(bar.candle);
          volume.update(bar.volume);
        }
      } else {
        drawAll();
        if (before.length === 0) chart.timeScale().applyOptions({ rightOffset: RIGHT_BARS });
      }
      if (marks.fills.length > 0) drawFills();
    },
    setMarks(next) {
      const before = marks;
      marks = next;
      if (before.band !== next.band) primitives.band.set(next.band, ticksPerUsd, theme);
      if (before.lines !== next.lines) primitives.lines.set(next.lines, ticksPerUsd, theme);
      if (before.band !== next.band || before.lines !== next.lines) primitives.axis.set(next, theme);
      if (before.fills !== next.fills) drawFills();
    },
    setTheme(next) {
      theme = next;
      applyChartTheme(chart, candles, next);
      drawAll();
      drawMarks();
    },
    hold(isHeld) {
      const scale = candles.priceScale();
      if (isHeld && wasAuto === undefined) wasAuto = scale.options().autoScale;
      scale.applyOptions({ autoScale: isHeld ? false : (wasAuto ?? true) });
      if (!isHeld) wasAuto = undefined;
    },
    remove: () => chart.remove(),
  };
}

function openChart({ box, ticksPerUsd, formatTicks, onHover, onHoverFill, onSpace }: CandleDeskOptions) {
  // The logo comes with a style element that the page's policy refuses; the chart's menu names the library.
  const axis = new AxisPrimitive(ticksPerUsd);
  const formatter = (price: number) => formatTicks(Math.round(price * ticksPerUsd));
  const chart = createChart(box, { autoSize: true, layout: { attributionLogo: false } });
  const candles = chart.addSeries(CandlestickSeries, {
    priceFormat: {
      type: 'custom',
      minMove: 1 / ticksPerUsd,
      formatter,
      tickmarksFormatter: (prices: number[]) => {
        axis.setTickPrices(prices);
        return prices.map(formatter);
      },
    },
  });
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    lastValueVisible: false,
    priceLineVisible: false,
  });
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.9, bottom: 0 } });
  const primitives = {
    space: new SpacePrimitive(ticksPerUsd, onSpace),
    band: new BandPrimitive(),
    lines: new LinesPrimitive(),
    axis,
    fills: new FillsPrimitive(),
  };
  for (const primitive of Object.values(primitives)) candles.attachPrimitive(primitive);
  chart.subscribeCrosshairMove(({ time, hoveredInfo }) => {
    onHover(time === undefined ? undefined : Number(time) * 1000);
    onHoverFill(primitives.fills.named(hoveredInfo?.objectId));
  });
  return { chart, candles, volume, primitives };
}

/** A candle and its volume as the library wants them. Bars that nobody traded have colours of their own. */
function barsOf(view: CandleView, ticksPerUsd: number, isMadeUp: boolean, theme: ChartTheme) {
  const time = (view.openMs / 1000) as UTCTimestamp;
  const isUp = view.close >= view.open;
  const muted = isUp ? theme.upMuted : theme.downMuted;
  return {
    candle: {
      time,
      open: view.open / ticksPerUsd,
      high: view.high / ticksPerUsd,
      low: view.low / ticksPerUsd,
      close: view.close / ticksPerUsd,
      ...(isMadeUp && { color: muted, wickColor: muted }),
    },
    volume: { time, value: view.lots, color: isUp ? theme.upFaint : theme.downFaint },
  };
}

/** Only the end changed: the same candles, perhaps another last one, perhaps more. */
export function isContinued(before: readonly CandleView[], after: readonly CandleView[]): boolean {
  const last = before.length - 1;
  if (last < 0 || after.length < before.length || before[0] !== after[0]) return false;
  return before[last - 1] === after[last - 1] && before[last]?.openMs === after[last]?.openMs;
}
