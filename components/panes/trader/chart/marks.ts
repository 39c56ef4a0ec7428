import type { FillView, OrderView, PositionView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceView } from '../../../../engine/protocol/views/margin.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import {
  formatAverage,
  formatMove,
  formatPrice,
  formatSigmas,
  formatSignedUsd,
  formatSize,
} from '../../../../lib/format.ts';
import type { BandMark, ChartMarks, LineMark } from '../../../charts/chartMarks.ts';
import { splitZeros } from '../../../ui/numberText.ts';
import { bandEdges, entryTicks, fillGroups, positionOf, standsAt } from './Chart.state.ts';

/** What the person wants to see over the candles. */
export interface ShownMarks {
  fills: boolean;
  orders: boolean;
  entry: boolean;
  band: boolean;
}

export interface MarkInput {
  market: MarketView;
  intervalMs: number;
  fills: readonly FillView[];
  /** Of this market. */
  orders: readonly OrderView[];
  positions: readonly PositionView[] | undefined;
  distance: DistanceView | undefined;
}

export function chartMarks(input: MarkInput, shown: ShownMarks): ChartMarks {
  const { market, intervalMs, fills, orders, positions, distance } = input;
  const position = positionOf(positions, market.instrument);
  return {
    fills: shown.fills ? fillGroups(fills, market.instrument, intervalMs) : [],
    lines: [
      ...(shown.entry && position !== undefined ? [entryLine(position, market)] : []),
      ...(shown.orders ? orders.map((order) => orderLine(order, market)) : []),
    ],
    band: shown.band ? bandMark(distance, market) : undefined,
  };
}

/** A size without the zeros that say only how fine the lot is. */
function short(lots: number, market: MarketView): string {
  return splitZeros(formatSize(lots, market))[0];
}

function entryLine(position: PositionView, market: MarketView): LineMark {
  const pnl = formatSignedUsd(position.unrealizedPnlUsd);
  const size = `${position.lots < 0 ? 'short' : 'long'} ${short(Math.abs(position.lots), market)}`;
  return {
    priceTicks: entryTicks(position, market),
    tone: 'plain',
    at: 'left',
    dash: 'dotted',
    parts: [
      { text: `entry ${size}`, tone: 'plain' },
      { text: pnl, tone: pnl.startsWith('+') ? 'up' : pnl.startsWith('−') ? 'down' : 'plain' },
    ],
    axisText: formatAverage(position.entryValueUsd, position.lots, market),
  };
}

function orderLine(order: OrderView, market: MarketView): LineMark {
  const tone = order.side === 'buy' ? 'up' : 'down';
  const kind = order.state === 'parked' ? (order.type.startsWith('stop') ? ' stop' : ' take') : '';
  const terms = order.isReduceOnly ? ' reduce' : '';
  return {
    priceTicks: standsAt(order),
    tone,
    at: 'right',
    dash: 'dashed',
    parts: [{ text: `${order.side} ${short(order.openLots, market)}${kind}${terms}`, tone }],
    axisText: formatPrice(standsAt(order), market),
  };
}

function bandMark(distance: DistanceView | undefined, market: MarketView): BandMark | undefined {
  const edges = bandEdges(distance, market);
  if (edges === undefined) return undefined;
  const { nearTicks, farTicks, jointSigmas, others, nearMove } = edges;
  const falls = others
    .slice(0, 2)
    .map(({ underlying, move }) => `${underlying} ${formatMove(move)}`)
    .join(', ');
  const joint = `joint ${formatSigmas(jointSigmas)}σ${falls === '' ? '' : `, with ${falls}`}`;
  const [near, far] = nearTicks > farTicks ? ['top', 'bottom'] : ['bottom', 'top'];
  return {
    nearTicks,
    farTicks,
    words: `liquidation band   ${near}: ${joint}   ${far}: ${market.underlying} alone`,
    nearText: formatPrice(nearTicks, market),
    farText: formatPrice(farTicks, market),
    awayWords: `liquidation band ${formatPrice(nearTicks, market)}, ${formatMove(nearMove)} ${joint}`,
  };
}

/** The chart in a sentence. */
export function chartSummary(
  marketName: string,
  label: string,
  last: string | undefined,
  marks: ChartMarks,
): string {
  const parts = [`${marketName} candles of ${label}`];
  if (last !== undefined) parts.push(`last ${last}`);
  for (const line of marks.lines)
    parts.push(`${line.parts.map((part) => part.text).join(' ')} at ${line.axisText}`);
  if (marks.band !== undefined) parts.push(marks.band.awayWords);
  return `${parts.join('; ')}.`;
}

/** `O 63,042 H 63,214 L 62,960 C 63,100 V 12.4`. */
export function legendParts(
  candle: { open: number; high: number; low: number; close: number; lots: number },
  market: MarketView,
): [name: string, value: string][] {
  const price = (ticks: number) => formatPrice(ticks, market);
  return [
    ['O', price(candle.open)],
    ['H', price(candle.high)],
    ['L', price(candle.low)],
    ['C', price(candle.close)],
    ['V', formatSize(candle.lots, market)],
  ];
}
