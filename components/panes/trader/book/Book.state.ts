import type { SideName } from '../../../../engine/protocol/enums.ts';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { LevelView } from '../../../../engine/protocol/views/market.ts';
import type { PreviewState } from '../../../../lib/stores/draftStore.ts';

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

export interface OwnSize {
  lots: number;
  count: number;
  /** Lots in front of the first of them; −1 when not known. */
  lotsAhead: number;
}

export interface LadderRow {
  priceTicks: number;
  bidLots: number;
  askLots: number;
  ownBid: OwnSize | undefined;
  ownAsk: OwnSize | undefined;
  /** What the order being written would take from here. */
  takeLots: number;
  isLast: boolean;
  isBestAsk: boolean;
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

/** Lots by bucket that a taker of `lots` at `limitTicks` or better would take, walking from the best price. */
export function takenBy(
  { bids, asks }: BookSides,
  order: { side: SideName; lots: number; limitTicks: number | undefined },
  groupTicks: number,
): Map<number, number> {
  const taken = new Map<number, number>();
  const levels = order.side === 'buy' ? asks : bids;
  let left = order.lots;
  for (const [priceTicks, lots] of levels) {
    if (left <= 0 || isWorse(order.side, priceTicks, order.limitTicks)) break;
    const bucket = bucketOf(priceTicks, order.side === 'buy' ? 'sell' : 'buy', groupTicks);
    taken.set(bucket, (taken.get(bucket) ?? 0) + Math.min(left, lots));
    left -= lots;
  }
  return taken;
}

function isWorse(side: SideName, priceTicks: number, limitTicks: number | undefined): boolean {
  if (limitTicks === undefined) return false;
  return side === 'buy' ? priceTicks > limitTicks : priceTicks < limitTicks;
}

export interface LadderInput {
  book: BookSides;
  window: LadderWindow;
  orders: readonly OrderView[];
  taken: ReadonlyMap<number, number>;
  lastTicks: number | undefined;
}

export function ladderRows({ book, window, orders, taken, lastTicks }: LadderInput): LadderRow[] {
  const { top, rows, groupTicks } = window;
  const bids = lotsByBucket(book.bids, 'buy', window);
  const asks = lotsByBucket(book.asks, 'sell', window);
  const own = ownByBucket(orders, groupTicks);
  const bestAsk = book.asks[0] === undefined ? undefined : bucketOf(book.asks[0][0], 'sell', groupTicks);
  const bestBid = book.bids[0] === undefined ? undefined : bucketOf(book.bids[0][0], 'buy', groupTicks);
  return Array.from({ length: rows }, (_, index) => {
    const bucket = top - index;
    const isAskSide = bestAsk !== undefined && bucket >= bestAsk;
    return {
      priceTicks: bucket * groupTicks,
      bidLots: bids.get(bucket) ?? 0,
      askLots: asks.get(bucket) ?? 0,
      ownBid: own.buy.get(bucket),
      ownAsk: own.sell.get(bucket),
      takeLots: taken.get(bucket) ?? 0,
      isLast: lastTicks !== undefined && bucket === nearestBucket(lastTicks, bestBid, bestAsk, groupTicks),
      isBestAsk: isAskSide && bucket === bestAsk,
    };
  });
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

function lotsByBucket(
  levels: readonly LevelView[],
  side: SideName,
  window: LadderWindow,
): Map<number, number> {
  const lots = new Map<number, number>();
  for (const [priceTicks, size] of levels) {
    const bucket = bucketOf(priceTicks, side, window.groupTicks);
    // Levels are best first: past the far edge nothing more can be seen.
    if (side === 'buy' ? bucket <= window.top - window.rows : bucket > window.top) break;
    lots.set(bucket, (lots.get(bucket) ?? 0) + size);
  }
  return lots;
}

function ownByBucket(
  orders: readonly OrderView[],
  groupTicks: number,
): Record<SideName, Map<number, OwnSize>> {
  const own = { buy: new Map<number, OwnSize>(), sell: new Map<number, OwnSize>() };
  for (const order of orders) {
    if (order.state !== 'open') continue;
    const bucket = bucketOf(order.priceTicks, order.side, groupTicks);
    const before = own[order.side].get(bucket);
    own[order.side].set(bucket, {
      lots: (before?.lots ?? 0) + order.openLots,
      count: (before?.count ?? 0) + 1,
      lotsAhead: before === undefined ? order.lotsAhead : Math.min(before.lotsAhead, order.lotsAhead),
    });
  }
  return own;
}

/** Lots that fill a bar: the next of 1, 2, 5 … over the largest row, so that bars do not breathe with every change. */
export function barScale(rows: readonly LadderRow[]): number {
  const most = rows.reduce((max, row) => Math.max(max, row.bidLots, row.askLots), 1);
  const ten = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5].find((step) => step * ten >= most) ?? 10) * ten;
}

/** What a click or Enter on a cell means: the bid side buys, the ask side sells, the price only sets the price. */
export function pickOf(column: number, row: LadderRow): { priceTicks: number; side: SideName | undefined } {
  const side = column < 2 ? 'buy' : column > 2 ? 'sell' : undefined;
  return { priceTicks: row.priceTicks, side };
}

/** Instruments share the account's order list. */
export function ordersOf(orders: readonly OrderView[], instrument: number): OrderView[] {
  return orders.filter((order) => order.instrument === instrument);
}

/** What the follower said would fill at once: the ladder shows from which rows. A refused order takes nothing. */
export function takingOf(
  preview: PreviewState,
  side: SideName,
): { side: SideName; lots: number; limitTicks: number | undefined } | undefined {
  if (preview.state !== 'known' || !preview.isCurrent) return undefined;
  const { refusal, filledLots, worstPriceTicks } = preview.preview;
  if (refusal !== undefined || filledLots === 0) return undefined;
  return { side, lots: filledLots, limitTicks: worstPriceTicks };
}
