import type { SideName } from '../../../../engine/protocol/enums.ts';
import type { LevelView } from '../../../../engine/protocol/views/market.ts';

/**
 * A static ladder: rows are consecutive prices that stand still until somebody moves them. A row is a
 * bucket of `groupTicks` prices; bids round down into it and asks up, so no bucket flatters either side.
 */
export interface LadderWindow {
  /** Bucket of the first row; the next row is one bucket lower. */
  top: number;
  rows: number;
  groupTicks: number;
}

export interface BookSides {
  /** Best first. */
  bids: readonly LevelView[];
  asks: readonly LevelView[];
}

/** Steps a trader counts in: 1, 2, 5 and their tens, up to 20 bp of the price. */
export function groupChoices(priceTicks: number): number[] {
  const choices: number[] = [];
  for (let ten = 1; ten <= Math.max(1, priceTicks / 500); ten *= 10) choices.push(ten, 2 * ten, 5 * ten);
  return choices.slice(0, 12);
}

/**
 * The step to begin with: at least 0.5 bp of the price, and the spread within two rows. Finer, the market
 * walks out of a window that does not follow it; coarser, a row hides the levels in it.
 */
export function usualGroup({ bids, asks }: BookSides): number {
  const middle = middleTicks({ bids, asks });
  if (middle === undefined) return 1;
  const spread = bids[0] !== undefined && asks[0] !== undefined ? asks[0][0] - bids[0][0] : 0;
  const least = Math.max(middle * 5e-5, spread / 2);
  return groupChoices(middle).find((ticks) => ticks >= least) ?? 1;
}

/** The next coarser (+1) or finer (−1) step; the same at the end of the choices. */
export function nextGroup(groupTicks: number, by: 1 | -1, priceTicks: number): number {
  const choices = groupChoices(priceTicks);
  const next =
    by > 0 ? choices.find((ticks) => ticks > groupTicks) : choices.findLast((ticks) => ticks < groupTicks);
  return next ?? groupTicks;
}

export function bucketOf(priceTicks: number, side: SideName, groupTicks: number): number {
  return side === 'buy' ? Math.floor(priceTicks / groupTicks) : Math.ceil(priceTicks / groupTicks);
}

/** The price in the middle of the market; the best of one side when the other is empty. */
export function middleTicks({ bids, asks }: BookSides): number | undefined {
  const bid = bids[0]?.[0];
  const ask = asks[0]?.[0];
  if (bid === undefined) return ask;
  return ask === undefined ? bid : (bid + ask) / 2;
}

export function centredOn(priceTicks: number, rows: number, groupTicks: number): LadderWindow {
  return { top: Math.ceil(priceTicks / groupTicks) + Math.ceil(rows / 2) - 1, rows, groupTicks };
}

/** Which way the market has left the window; the ladder does not follow it, it says so. */
export function outside(book: BookSides, window: LadderWindow): 'above' | 'below' | undefined {
  const middle = middleTicks(book);
  if (middle === undefined) return undefined;
  const bucket = middle / window.groupTicks;
  if (bucket > window.top) return 'above';
  return bucket < window.top - window.rows + 1 ? 'below' : undefined;
}

/** Whether a ladder that follows should move now: the market has left the middle half of it. */
export function isOffCentre(middleTicks: number, { top, rows, groupTicks }: LadderWindow): boolean {
  const fromTop = top - middleTicks / groupTicks;
  return fromTop < rows / 4 || fromTop > (rows * 3) / 4;
}
