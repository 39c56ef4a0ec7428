import {
  ColorType,
  CrosshairMode,
  type IChartApi,
  type ISeriesApi,
  LineStyle,
  TickMarkType,
  type Time,
} from 'lightweight-charts';
import { formatDateTime, formatTime } from '../../lib/format.ts';
import { zonedMs } from '../../lib/timeZone.ts';
import type { ChartTheme } from './chartTheme.ts';

/** Colours, font and axes of a chart; times in the zone that was chosen, like every time on the desk. */
export function applyChartTheme(
  chart: IChartApi,
  candles: ISeriesApi<'Candlestick'>,
  theme: ChartTheme,
): void {
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
      tickMarkFormatter: (time: Time, type: TickMarkType) =>
        tickText(Number(time) * 1000, type, stepOf(candles)),
    },
    localization: { timeFormatter: (time: Time) => formatDateTime(Number(time) * 1000) },
  });
  candles.applyOptions({
    upColor: theme.up,
    downColor: theme.down,
    borderVisible: false,
    wickUpColor: theme.up,
    wickDownColor: theme.down,
    priceLineColor: theme.text,
    priceLineStyle: LineStyle.Dotted,
  });
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const DAY_MS = 86_400_000;

/** Milliseconds from a candle to the next; 0 while there are not two. */
function stepOf(candles: ISeriesApi<'Candlestick'>): number {
  const [first, second] = [candles.dataByIndex(0), candles.dataByIndex(1)];
  return first === null || second === null ? 0 : (Number(second.time) - Number(first.time)) * 1000;
}

/**
 * What stands under a candle: the chart chooses the places by the days of UTC, and here a day begins at the midnight of
 * the zone.
 */
export function tickText(timeMs: number, type: TickMarkType, stepMs: number): string {
  const date = new Date(zonedMs(timeMs));
  const isMidnight = date.getTime() % DAY_MS === 0;
  if (stepMs < DAY_MS && !isMidnight)
    return formatTime(timeMs, false).slice(0, type === TickMarkType.TimeWithSeconds ? 8 : 5);
  if (type === TickMarkType.Year) return String(date.getUTCFullYear());
  if (type === TickMarkType.Month) return months[date.getUTCMonth()] ?? '';
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}
