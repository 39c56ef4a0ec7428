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
  /** Told while the pointer is over it. */
  words: readonly string[];
}

/** `info` is what is only being written: the ticket's own draft. */
export type MarkTone = 'up' | 'down' | 'plain' | 'info';

/** A price drawn over the whole width. Its pill is no business of the canvas: a pill is pressed, dragged and read out. */
export interface LineMark {
  priceTicks: number;
  tone: MarkTone;
  dash: 'dashed' | 'dotted';
  /** On the price axis; a line without it has none, as the place an order is being dragged from. */
  axisText: string | undefined;
}

/** Where liquidation lies: between the joint move and the asset alone. */
export interface BandMark {
  nearTicks: number;
  farTicks: number;
  /** Says what the edges assume; then the same in fewer words, for a narrow chart. */
  words: readonly string[];
  nearText: string;
  farText: string;
  /** When the band is off the screen: the edge arrow's words, the longest first. */
  awayWords: readonly string[];
}

/** A fill under the pointer, in CSS pixels of the plot. */
export interface HoveredFill {
  fill: FillMark;
  x: number;
  y: number;
}
