import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatPrice, formatSize } from '../../../../lib/format.ts';
import { fitNumber, splitZeros } from '../../../ui/numberText.ts';
import type { LadderRow, OwnSize } from './Book.state.ts';

/** A cell's two weights of text and what it is, as the painter writes them. */
export type CellText = readonly [bright: string, dim: string, kind: '' | 'text' | 'take'];

const EMPTY: CellText = ['', '', ''];

/** Cells of a row in the order they stand: own bid, bid, price, ask, own ask. */
export function rowTexts(row: LadderRow, market: MarketView, groupTicks: number): readonly CellText[] {
  // What the ticket would take stands outside, beside the level it takes from.
  const isTakingBids = row.bidLots > 0;
  return [
    row.ownBid === undefined && isTakingBids ? takeText(row, market) : ownText(row.ownBid, market),
    lotsText(row.bidLots, market),
    priceTextParts(row.priceTicks, market, groupTicks),
    lotsText(row.askLots, market),
    row.ownAsk === undefined && !isTakingBids ? takeText(row, market) : ownText(row.ownAsk, market),
  ];
}

function lotsText(lots: number, market: MarketView): CellText {
  if (lots === 0) return EMPTY;
  const [significant, zeros] = splitZeros(fitNumber(formatSize(lots, market), 7));
  return [significant, zeros, 'text'];
}

/** The last two digits are the ones that move: they are drawn strong, so they come second. */
function priceTextParts(priceTicks: number, market: MarketView, groupTicks: number): CellText {
  const text = formatPrice(priceTicks, market).slice(0, priceEnd(market, groupTicks));
  const cut = /[0-9][.,]?[0-9]$/.exec(text)?.index ?? 0;
  return [text.slice(0, cut), text.slice(cut), 'text'];
}

function ownText(own: OwnSize | undefined, market: MarketView): CellText {
  if (own === undefined) return EMPTY;
  const queue = own.lotsAhead < 0 ? '' : `q ${short(own.lotsAhead, market)}`;
  return [short(own.lots, market), own.count > 1 ? `×${own.count} ${queue}` : queue, 'text'];
}

function takeText(row: LadderRow, market: MarketView): CellText {
  return row.takeLots === 0 ? EMPTY : [short(row.takeLots, market), '', 'take'];
}

function short(lots: number, market: MarketView): string {
  return splitZeros(fitNumber(formatSize(lots, market), 6))[0];
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
  if (row.bidLots > 0) words.push(`bid ${formatSize(row.bidLots, market)}`);
  if (row.askLots > 0) words.push(`ask ${formatSize(row.askLots, market)}`);
  if (row.ownBid !== undefined) words.push(`own bid ${formatSize(row.ownBid.lots, market)}`);
  if (row.ownAsk !== undefined) words.push(`own ask ${formatSize(row.ownAsk.lots, market)}`);
  return words.join(', ');
}
