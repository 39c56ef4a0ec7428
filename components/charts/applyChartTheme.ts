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
import type { ChartTheme } from './chartTheme.ts';

/** Colours, font and axes of a chart; times in UTC, like every time on the desk. */
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
      tickMarkFormatter: tickText,
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

function tickText(time: Time, type: TickMarkType): string {
  const timeMs = Number(time) * 1000;
  const date = new Date(timeMs);
  if (type === TickMarkType.Year) return String(date.getUTCFullYear());
  if (type === TickMarkType.Month) return months[date.getUTCMonth()] ?? '';
  if (type === TickMarkType.DayOfMonth) return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
  return formatTime(timeMs, false).slice(0, type === TickMarkType.TimeWithSeconds ? 8 : 5);
}
