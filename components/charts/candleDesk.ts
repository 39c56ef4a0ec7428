import {
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  createChart,
  HistogramSeries,
  type IChartApi,
  LineStyle,
  TickMarkType,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { CandleView } from '../../engine/protocol/views/market.ts';
import { formatDateTime, formatTime } from '../../lib/format.ts';
import { BandPrimitive } from './bandPrimitive.ts';
import type { ChartMarks } from './chartMarks.ts';
import type { ChartTheme } from './chartTheme.ts';
import { FillsPrimitive } from './fillsPrimitive.ts';
import { LinesPrimitive } from './linesPrimitive.ts';

export interface CandleDesk {
  /** @param generatedBeforeMs candles that opened earlier were made up, and are drawn so */
  setCandles(candles: readonly CandleView[], generatedBeforeMs: number): void;
  setMarks(marks: ChartMarks): void;
  setTheme(theme: ChartTheme): void;
  remove(): void;
}

export interface CandleDeskOptions {
  box: HTMLElement;
  ticksPerUsd: number;
  formatTicks: (ticks: number) => string;
  onHover: (openMs: number | undefined) => void;
}

const RIGHT_BARS = 10;

/** The one chart of the desk, spoken to in ticks and milliseconds. */
export function createCandleDesk(options: CandleDeskOptions, firstTheme: ChartTheme): CandleDesk {
  const { box, ticksPerUsd, formatTicks, onHover } = options;
  // The logo comes with a style element that the page's policy refuses; the chart's menu names the library.
  const chart = createChart(box, { autoSize: true, layout: { attributionLogo: false } });
  const candles = chart.addSeries(CandlestickSeries, {
    priceFormat: {
      type: 'custom',
      minMove: 1 / ticksPerUsd,
      formatter: (price: number) => formatTicks(Math.round(price * ticksPerUsd)),
    },
  });
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    lastValueVisible: false,
    priceLineVisible: false,
  });
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.9, bottom: 0 } });
  const primitives = { band: new BandPrimitive(), lines: new LinesPrimitive(), fills: new FillsPrimitive() };
  for (const primitive of Object.values(primitives)) candles.attachPrimitive(primitive);
  chart.subscribeCrosshairMove(({ time }) => onHover(time === undefined ? undefined : Number(time) * 1000));

  let theme = firstTheme;
  let shown: readonly CandleView[] = [];
  let madeUpUntilMs = 0;
  let marks: ChartMarks = { fills: [], lines: [], band: undefined };
  const bars = (view: CandleView) => ({
    candle: {
      time: timeOf(view),
      open: view.open / ticksPerUsd,
      high: view.high / ticksPerUsd,
      low: view.low / ticksPerUsd,
      close: view.close / ticksPerUsd,
      ...(view.openMs < madeUpUntilMs && mutedColours(view, theme)),
    },
    volume: {
      time: timeOf(view),
      value: view.lots,
      color: view.close >= view.open ? theme.upFaint : theme.downFaint,
    },
  });
  const drawAll = () => {
    const all = shown.map(bars);
    candles.setData(all.map((bar) => bar.candle));
    volume.setData(all.map((bar) => bar.volume));
  };
  const drawMarks = () => {
    primitives.band.set(marks.band, ticksPerUsd, theme);
    primitives.lines.set(marks.lines, ticksPerUsd, theme);
    const byTime = new Map(shown.map((view) => [view.openMs, view]));
    const reach = (openMs: number) => {
      const view = byTime.get(openMs);
      return view && { high: view.high / ticksPerUsd, low: view.low / ticksPerUsd };
    };
    primitives.fills.set(marks.fills, reach, theme);
  };
  return {
    setCandles(next, generatedBeforeMs) {
      const before = shown;
      const isSameHistory = madeUpUntilMs === generatedBeforeMs;
      shown = next;
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
      if (marks.fills.length > 0) drawMarks();
    },
    setMarks(next) {
      marks = next;
      drawMarks();
    },
    setTheme(next) {
      theme = next;
      applyTheme(chart, next);
      candles.applyOptions({
        upColor: next.up,
        downColor: next.down,
        borderVisible: false,
        wickUpColor: next.up,
        wickDownColor: next.down,
        priceLineColor: next.text,
        priceLineStyle: LineStyle.Dotted,
      });
      drawAll();
      drawMarks();
    },
    remove: () => chart.remove(),
  };
}

/** Only the end changed: the same candles, perhaps another last one, perhaps more. */
export function isContinued(before: readonly CandleView[], after: readonly CandleView[]): boolean {
  const last = before.length - 1;
  if (last < 0 || after.length < before.length || before[0] !== after[0]) return false;
  return before[last - 1] === after[last - 1] && before[last]?.openMs === after[last]?.openMs;
}

/** A bar of its own colours instead of those of its series. */
function mutedColours(view: CandleView, theme: ChartTheme): { color: string; wickColor: string } {
  const colour = view.close >= view.open ? theme.upMuted : theme.downMuted;
  return { color: colour, wickColor: colour };
}

function timeOf(view: CandleView): UTCTimestamp {
  return (view.openMs / 1000) as UTCTimestamp;
}

function applyTheme(chart: IChartApi, theme: ChartTheme): void {
  const crosshair = { color: theme.text3, labelBackgroundColor: theme.lineStrong };
  chart.applyOptions({
    layout: {
      background: { type: ColorType.Solid, color: theme.ground },
      textColor: theme.text3,
      fontFamily: theme.font,
      fontSize: 10,
    },
    grid: { vertLines: { color: theme.grid }, horzLines: { color: theme.grid } },
    crosshair: { mode: CrosshairMode.Normal, vertLine: crosshair, horzLine: crosshair },
    rightPriceScale: { borderColor: theme.line, minimumWidth: 66, scaleMargins: { top: 0.08, bottom: 0.14 } },
    timeScale: {
      borderColor: theme.line,
      timeVisible: true,
      secondsVisible: false,
      allowBoldLabels: false,
      tickMarkFormatter: tickText,
    },
    localization: { timeFormatter: (time: Time) => formatDateTime(Number(time) * 1000) },
  });
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** UTC, like every time on the desk. */
function tickText(time: Time, type: TickMarkType): string {
  const timeMs = Number(time) * 1000;
  const date = new Date(timeMs);
  if (type === TickMarkType.Year) return String(date.getUTCFullYear());
  if (type === TickMarkType.Month) return months[date.getUTCMonth()] ?? '';
  if (type === TickMarkType.DayOfMonth) return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
  return formatTime(timeMs, false).slice(0, type === TickMarkType.TimeWithSeconds ? 8 : 5);
}
