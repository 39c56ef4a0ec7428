/** What is drawn over the candles. Prices in ticks, texts ready to print: the chart formats nothing of its own. */
export interface ChartMarks {
  fills: readonly FillMark[];
  lines: readonly LineMark[];
  band: BandMark | undefined;
}

/** Own trades of one candle and side. */
export interface FillMark {
  openMs: number;
  side: 'up' | 'down';
  /** Large ones are drawn larger. */
  isLarge: boolean;
}

export type MarkTone = 'up' | 'down' | 'plain';

/** A price with a pill: an order at the right, the entry at the left. */
export interface LineMark {
  priceTicks: number;
  tone: MarkTone;
  at: 'left' | 'right';
  dash: 'dashed' | 'dotted';
  parts: readonly { text: string; tone: MarkTone }[];
  /** On the price axis. */
  axisText: string;
}

/** Where liquidation lies: between the joint move and the asset alone. */
export interface BandMark {
  nearTicks: number;
  farTicks: number;
  /** Says what the edges assume. */
  words: string;
  nearText: string;
  farText: string;
  /** When the band is off the screen: the edge arrow's words. */
  awayWords: string;
}

/** Orders closer together than this share a pill. */
export const PILL_GAP_PX = 11;

/** Lines whose pills would cover each other, nearest together; each cluster keeps its lines in price order. */
export function clusterLines<T extends { y: number }>(lines: readonly T[], gapPx = PILL_GAP_PX): T[][] {
  const clusters: T[][] = [];
  for (const line of [...lines].sort((a, b) => a.y - b.y)) {
    const last = clusters.at(-1);
    const anchor = last?.[0];
    if (last !== undefined && anchor !== undefined && line.y - anchor.y < gapPx) last.push(line);
    else clusters.push([line]);
  }
  return clusters;
}
