import type { SideName } from '../../../../engine/protocol/enums.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatPrice, formatSize } from '../../../../lib/format.ts';
import { alignNumber, fitNumber, sharedDecimals, splitZeros } from '../../../ui/numberText.ts';
import type { LadderRow } from './Book.state.ts';
import type { OwnSize } from './ownSizes.ts';

/** A cell's two weights of text and what it is, as the painter writes them. */
export type CellText = readonly [bright: string, dim: string, kind: CellKind];
/** `text` is a fact, `pending` was sent, `drop` is where a carried order would go, `take` what the ticket would take. */
export type CellKind = '' | 'text' | 'pending' | 'drop' | 'take';

const EMPTY: CellText = ['', '', ''];
/** Characters a size column holds. */
const LOTS_CHARS = 7;
const OWN_CHARS = 6;
/** Characters of an own size and its queue together; the queue gives way, whole lots of it never do. */
const OWN_AND_QUEUE_CHARS = 8;

/** What the texts of all rows depend on. */
export interface LadderScale {
  readonly market: MarketView;
  readonly groupTicks: number;
  /** Digits after the point of every size, so that points stand under points. */
  readonly sizeDecimals: number;
}

/** Cells of a row in the order they stand: own bid, bid, price, ask, own ask. */
export function rowTexts(
  row: LadderRow,
  { market, groupTicks, sizeDecimals }: LadderScale,
): readonly CellText[] {
  return [
    ownText(row, 'buy', market),
    lotsText(row.bidLots, market, sizeDecimals),
    priceTextParts(row.priceTicks, market, groupTicks),
    lotsText(row.askLots, market, sizeDecimals),
    ownText(row, 'sell', market),
  ];
}

export function sizeDecimalsFor(most: number, market: MarketView, before?: number): number {
  return sharedDecimals(most, (lots) => formatSize(lots, market), LOTS_CHARS, before);
}

/** Whether a size has more digits before its point than a column has room for: digits before it are never cut. */
export function isLong(lots: number, market: MarketView): boolean {
  return fitNumber(formatSize(lots, market), LOTS_CHARS).length > LOTS_CHARS;
}

function lotsText(lots: number, market: MarketView, decimals: number): CellText {
  if (lots === 0) return EMPTY;
  const [significant, zeros] = splitZeros(alignNumber(formatSize(lots, market), decimals, LOTS_CHARS));
  return [significant, zeros, 'text'];
}

/** The last two digits are the ones that move: they are drawn strong, so they come second. */
function priceTextParts(priceTicks: number, market: MarketView, groupTicks: number): CellText {
  const text = formatPrice(priceTicks, market).slice(0, priceEnd(market, groupTicks));
  const cut = /[0-9][.,]?[0-9]$/.exec(text)?.index ?? 0;
  return [text.slice(0, cut), text.slice(cut), 'text'];
}

/** Own orders come before what was sent, and both before what the ticket would take from beside it. */
function ownText(row: LadderRow, side: SideName, market: MarketView): CellText {
  if (row.dropSide === side) return ['', 'drop here', 'drop'];
  const own = side === 'buy' ? row.ownBid : row.ownAsk;
  if (own !== undefined && own.orders.length > 0) return [...queueParts(own, market), 'text'];
  if (own !== undefined) return [short(own.pendingLots, market), 'sent', 'pending'];
  const levelLots = side === 'buy' ? row.bidLots : row.askLots;
  if (row.takeLots === 0 || levelLots === 0) return EMPTY;
  return [short(row.takeLots, market), '', 'take'];
}

/** `10 q 12.6`: the size and what trades before it. Several orders are their sum, and how many. */
export function queueParts(own: OwnSize, market: MarketView): [size: string, queue: string] {
  const count = own.orders.length;
  const size = `${short(own.lots, market)}${count > 1 ? `×${count}` : ''}`;
  if (own.lotsAhead < 0) return [size, 'q –'];
  if (own.lotsAhead === 0) return [size, 'first'];
  return [size, `q ${short(own.lotsAhead, market, Math.max(3, OWN_AND_QUEUE_CHARS - size.length))}`];
}

function short(lots: number, market: MarketView, width = OWN_CHARS): string {
  return splitZeros(fitNumber(formatSize(lots, market), width))[0];
}

/** Digits that are zero in every row of this step are not drawn: −1 for each, and the point with the last. */
function priceEnd(market: MarketView, groupTicks: number): number | undefined {
  const [, decimals = ''] = formatPrice(groupTicks, market).split('.');
  const zeros = /0*$/.exec(decimals)?.[0].length ?? 0;
  if (zeros === 0) return undefined;
  return zeros === decimals.length ? -zeros - 1 : -zeros;
}

/** What a screen reader says for a row; the cells alone would be bare numbers. */
export function rowWords(row: LadderRow, market: MarketView): string {
  const words = [formatPrice(row.priceTicks, market)];
  if (row.isLast) words.push('last trade');
  if (row.hasLevel) words.push('watched');
  if (row.bidLots > 0) words.push(`bid ${formatSize(row.bidLots, market)}`);
  if (row.askLots > 0) words.push(`ask ${formatSize(row.askLots, market)}`);
  if (row.ownBid !== undefined) words.push(`own bid ${ownWords(row.ownBid, market)}`);
  if (row.ownAsk !== undefined) words.push(`own ask ${ownWords(row.ownAsk, market)}`);
  return words.join(', ');
}

function ownWords({ lots, orders, lotsAhead, pendingLots }: OwnSize, market: MarketView): string {
  if (orders.length === 0) return `${formatSize(pendingLots, market)} sent`;
  const size = `${formatSize(lots, market)}${orders.length > 1 ? ` in ${orders.length} orders` : ''}`;
  if (lotsAhead < 0) return `${size}, queue not known yet`;
  return lotsAhead === 0 ? `${size}, first in the queue` : `${size}, ${formatSize(lotsAhead, market)} ahead`;
}
