import type { FillView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceView } from '../../../../engine/protocol/views/margin.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import {
  formatDistance,
  formatMove,
  formatPrice,
  formatSize,
  formatTime,
  formatUsd,
} from '../../../../lib/format.ts';
import type { BandMark, FillMark } from '../../../charts/chartMarks.ts';
import { bandEdges, fillGroups } from './Chart.state.ts';
import { type ChartLine, shortSize } from './chartLines.ts';

/** What the person wants to see over the candles. */
export interface ShownMarks {
  fills: boolean;
  orders: boolean;
  entry: boolean;
  band: boolean;
}

const FILLS_TOLD = 4;

/** Own fills of each candle and side, with the words that a pointer over them tells. */
export function fillMarks(fills: readonly FillView[], market: MarketView, intervalMs: number): FillMark[] {
  return fillGroups(fills, market.instrument, intervalMs).map(
    ({ openMs, side, isLarge, fills: members }) => ({
      openMs,
      side,
      isLarge,
      words: fillWords(members, market),
    }),
  );
}

function fillWords(fills: readonly FillView[], market: MarketView): string[] {
  const told = fills.slice(0, FILLS_TOLD).map(({ side, lots, priceTicks, timeMs, isMaker, feeUsd }) => {
    const what = `${side === 'buy' ? '▲ bought' : '▼ sold'} ${shortSize(lots, market)} at ${formatPrice(priceTicks, market)}`;
    return `${what} · ${formatTime(timeMs)} · ${isMaker ? 'maker' : 'taker'} · fee ${formatUsd(feeUsd, 2)}`;
  });
  const more = fills.length - FILLS_TOLD;
  return more > 0 ? [...told, `and ${more} more`] : told;
}

export function bandMark(distance: DistanceView | undefined, market: MarketView): BandMark | undefined {
  const edges = bandEdges(distance, market);
  if (edges === undefined) return undefined;
  const { nearTicks, farTicks, jointSigmas, others, nearMove } = edges;
  const falls = others
    .slice(0, 2)
    .map(({ underlying, move }) => `${underlying} ${formatMove(move)}`)
    .join(', ');
  const alone = `joint ${formatDistance(jointSigmas)}σ`;
  const joint = falls === '' ? alone : `${alone}, with ${falls}`;
  const away = `liquidation band ${formatPrice(nearTicks, market)}, ${formatMove(nearMove)}`;
  const [near, far] = nearTicks > farTicks ? ['top', 'bottom'] : ['bottom', 'top'];
  return {
    nearTicks,
    farTicks,
    words: [
      `liquidation band   ${near}: ${joint}   ${far}: ${market.underlying} alone`,
      `liquidation band   ${near}: ${alone}   ${far}: ${market.underlying} alone`,
      `liquidation   ${near}: ${alone}`,
    ],
    nearText: formatPrice(nearTicks, market),
    farText: formatPrice(farTicks, market),
    awayWords: [`${away} ${joint}`, `${away} ${alone}`, away],
  };
}

/** The chart in a sentence. */
export function chartSummary(
  marketName: string,
  label: string,
  last: string | undefined,
  lines: readonly ChartLine[],
  band: BandMark | undefined,
): string {
  const parts = [`${marketName} candles of ${label}`];
  if (last !== undefined) parts.push(`last ${last}`);
  for (const { name, axisText } of lines) parts.push(`${name} at ${axisText}`);
  if (band !== undefined) parts.push(band.awayWords[0] ?? '');
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
