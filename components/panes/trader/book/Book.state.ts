import type { SideName } from '../../../../engine/protocol/enums.ts';
import type { LevelView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewState } from '../../../../lib/stores/draftStore.ts';
import { type BookSides, bucketOf, type LadderWindow } from './ladderWindow.ts';
import type { OwnSize, OwnSizes } from './ownSizes.ts';

export interface LadderRow {
  priceTicks: number;
  bidLots: number;
  askLots: number;
  ownBid: OwnSize | undefined;
  ownAsk: OwnSize | undefined;
  /** What the order being written would take from here. */
  takeLots: number;
  /** Where the orders that are being carried would be put down. */
  dropSide: SideName | undefined;
  isLast: boolean;
  isBestAsk: boolean;
  /** Somebody wants to be told when trades cross it. */
  hasLevel: boolean;
}

/** The part of the order being written that would trade at once. */
export interface Taking {
  side: SideName;
  lots: number;
  limitTicks: number | undefined;
}

export interface LadderInput {
  book: BookSides;
  window: LadderWindow;
  own: OwnSizes;
  taking: Taking | undefined;
  lastTicks: number | undefined;
  /** Buckets of the prices somebody watches. */
  levels: ReadonlySet<number>;
  /** Each row says what stands from the best price up to it. */
  isCumulative: boolean;
  drop: { side: SideName; priceTicks: number } | undefined;
}

/**
 * The rows of a window, from the top.
 *
 * @param into rows of the paint before, written over: a book changes sixty times a second
 */
export function ladderRows(input: LadderInput, into: LadderRow[] = []): LadderRow[] {
  const { window, own, levels, drop, lastTicks, book } = input;
  const { top, rows, groupTicks } = window;
  const bestAsk = book.asks[0] === undefined ? undefined : bucketOf(book.asks[0][0], 'sell', groupTicks);
  const bestBid = book.bids[0] === undefined ? undefined : bucketOf(book.bids[0][0], 'buy', groupTicks);
  const last = lastTicks === undefined ? undefined : nearestBucket(lastTicks, bestBid, bestAsk, groupTicks);
  into.length = Math.min(into.length, rows);
  for (let index = 0; index < rows; index++) {
    const bucket = top - index;
    const row = into[index] ?? emptyRow();
    into[index] = row;
    row.priceTicks = bucket * groupTicks;
    row.bidLots = 0;
    row.askLots = 0;
    row.takeLots = 0;
    row.ownBid = own.buy.get(bucket);
    row.ownAsk = own.sell.get(bucket);
    row.dropSide = drop?.priceTicks === row.priceTicks ? drop.side : undefined;
    row.isLast = bucket === last;
    row.isBestAsk = bucket === bestAsk;
    row.hasLevel = levels.has(bucket);
  }
  addLots(into, book.bids, 'buy', input);
  addLots(into, book.asks, 'sell', input);
  if (input.taking !== undefined) addTaken(into, book, input.taking, window);
  return into;
}

function emptyRow(): LadderRow {
  return {
    priceTicks: 0,
    bidLots: 0,
    askLots: 0,
    ownBid: undefined,
    ownAsk: undefined,
    takeLots: 0,
    dropSide: undefined,
    isLast: false,
    isBestAsk: false,
    hasLevel: false,
  };
}

function addLots(
  into: readonly LadderRow[],
  levels: readonly LevelView[],
  side: SideName,
  { window, isCumulative }: LadderInput,
): void {
  const { top, rows, groupTicks } = window;
  let sum = 0;
  for (const [priceTicks, lots] of levels) {
    const bucket = bucketOf(priceTicks, side, groupTicks);
    // Levels are best first: past the far edge nothing more can be seen.
    if (side === 'buy' ? bucket <= top - rows : bucket > top) break;
    sum += lots;
    const row = into[top - bucket];
    if (row === undefined) continue;
    if (side === 'buy') row.bidLots = isCumulative ? sum : row.bidLots + lots;
    else row.askLots = isCumulative ? sum : row.askLots + lots;
  }
}

/** What a taker of `lots` at its limit or better would take, walking from the best price. */
function addTaken(
  into: readonly LadderRow[],
  { bids, asks }: BookSides,
  taking: Taking,
  { top, groupTicks }: LadderWindow,
): void {
  const isBuy = taking.side === 'buy';
  let left = taking.lots;
  for (const [priceTicks, lots] of isBuy ? asks : bids) {
    if (left <= 0 || isWorse(taking.side, priceTicks, taking.limitTicks)) break;
    const row = into[top - bucketOf(priceTicks, isBuy ? 'sell' : 'buy', groupTicks)];
    if (row !== undefined) row.takeLots += Math.min(left, lots);
    left -= lots;
  }
}

function isWorse(side: SideName, priceTicks: number, limitTicks: number | undefined): boolean {
  if (limitTicks === undefined) return false;
  return side === 'buy' ? priceTicks > limitTicks : priceTicks < limitTicks;
}

/** The last trade stands at the side it traded with, so that a bucket never shows it in the spread. */
function nearestBucket(
  lastTicks: number,
  bestBid: number | undefined,
  bestAsk: number | undefined,
  groupTicks: number,
): number {
  const down = Math.floor(lastTicks / groupTicks);
  if (bestBid === undefined || bestAsk === undefined) return down;
  return lastTicks * 2 > (bestBid + bestAsk) * groupTicks ? Math.ceil(lastTicks / groupTicks) : down;
}

/** Lots of the largest size in these rows, at least 1. */
export function largestSize(rows: readonly LadderRow[]): number {
  let most = 1;
  for (const { bidLots, askLots } of rows) most = Math.max(most, bidLots, askLots);
  return most;
}

/** Lots that fill a bar: the next of 1, 2, 5 … over the largest row, so that bars do not breathe with every change. */
export function barScale(rows: readonly LadderRow[]): number {
  const most = largestSize(rows);
  const ten = 10 ** Math.floor(Math.log10(most));
  for (const step of [1, 2, 5]) if (step * ten >= most) return step * ten;
  return 10 * ten;
}

/** What the follower said would fill at once: the ladder shows from which rows. A refused order takes nothing. */
export function takingOf(preview: PreviewState, side: SideName): Taking | undefined {
  if (preview.state !== 'known' || !preview.isCurrent) return undefined;
  const { refusal, filledLots, worstPriceTicks } = preview.preview;
  if (refusal !== undefined || filledLots === 0) return undefined;
  return { side, lots: filledLots, limitTicks: worstPriceTicks };
}

/** Spread and how the best levels lean: both of one book. */
const LEANING_LEVELS = 10;

/** Undefined while a side is empty. */
export function spreadOf({ bids, asks }: BookSides): number | undefined {
  const [bid, ask] = [bids[0], asks[0]];
  return bid !== undefined && ask !== undefined ? ask[0] - bid[0] : undefined;
}

/** Share of the bids in the lots of the ten best levels of both sides, 0 to 1; undefined when both are empty. */
export function bidShareOf({ bids, asks }: BookSides): number | undefined {
  let bidLots = 0;
  let askLots = 0;
  for (let k = 0; k < LEANING_LEVELS; k++) {
    bidLots += bids[k]?.[1] ?? 0;
    askLots += asks[k]?.[1] ?? 0;
  }
  const all = bidLots + askLots;
  return all === 0 ? undefined : bidLots / all;
}
