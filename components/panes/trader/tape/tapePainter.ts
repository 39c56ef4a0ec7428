import { Side } from '../../../../engine/protocol/enums.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatPrice, formatSize, formatTime } from '../../../../lib/format.ts';
import { alignNumber, sharedDecimals, splitZeros } from '../../../ui/numberText.ts';
import type { Print } from './Tape.state.ts';

export interface TapePaint {
  prints: readonly Print[];
  market: MarketView;
  bigLots: number;
}

interface Line {
  element: HTMLElement;
  time: Text;
  tenths: Text;
  side: Text;
  price: Text;
  size: Text;
  zeros: Text;
  tradeId: number;
  lots: number;
  decimals: number;
  marks: string;
}

const SIZE_CHARS = 7;

/**
 * Writes prints into rows that are already on the page. New prints take the rows of the oldest, which go to the top: the
 * others keep their text, because laying out a hundred texts anew at each print costs more than all the rest of a frame.
 */
export function createTapePainter(body: HTMLElement): (paint: TapePaint) => void {
  let lines = [...body.querySelectorAll<HTMLElement>('tr')].map(lineOf);
  let market: MarketView | undefined;
  let decimals: number | undefined;
  return (paint) => {
    decimals = decimalsOf(paint, paint.market === market ? decimals : undefined);
    market = paint.market;
    const stay = lines.length - newCount(lines, paint.prints);
    if (stay < lines.length && stay > 0) {
      const reused = lines.slice(stay);
      body.prepend(...reused.map(({ element }) => element));
      lines = [...reused, ...lines.slice(0, stay)];
    }
    for (let index = 0; index < lines.length; index++) {
      paintLine(lines[index]!, paint.prints[index], paint, decimals);
    }
  };
}

/** Digits after the point of every size on the tape. */
function decimalsOf({ prints, market }: TapePaint, before: number | undefined): number {
  let most = 1;
  for (const { lots } of prints) most = Math.max(most, lots);
  return sharedDecimals(most, (lots) => formatSize(lots, market), SIZE_CHARS, before);
}

/** How many prints stand over the one that is on top now: none when that one is on top still, or gone. */
function newCount(lines: readonly Line[], prints: readonly Print[]): number {
  const top = lines[0]?.tradeId;
  return Math.max(
    0,
    prints.findIndex(({ tradeId }) => tradeId === top),
  );
}

function lineOf(element: HTMLElement): Line {
  const part = (name: string) => {
    const found = element.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (found === null) throw new Error(`a line of the tape has a ${name}`);
    // One text node for good: setting `textContent` would make a new one for every print.
    const text = document.createTextNode('');
    found.replaceChildren(text);
    return text;
  };
  return {
    element,
    time: part('time'),
    tenths: part('tenths'),
    side: part('side'),
    price: part('price'),
    size: part('size'),
    zeros: part('zeros'),
    tradeId: -1,
    lots: 0,
    decimals: 0,
    marks: '',
  };
}

function paintLine(line: Line, print: Print | undefined, paint: TapePaint, decimals: number): void {
  if (print === undefined) clearLine(line);
  else if (print.tradeId !== line.tradeId || print.lots !== line.lots || decimals !== line.decimals)
    writeLine(line, print, paint.market, decimals);
  const marks = print === undefined ? '' : marksOf(print, paint.bigLots);
  if (marks === line.marks) return;
  line.marks = marks;
  line.element.dataset.marks = marks;
}

function clearLine(line: Line): void {
  if (line.tradeId === -1) return;
  line.tradeId = -1;
  for (const text of [line.time, line.tenths, line.side, line.price, line.size, line.zeros]) text.data = '';
}

/** Minutes, seconds and tenths: the hour is on the clock of the desk. */
function writeLine(line: Line, print: Print, market: MarketView, decimals: number): void {
  line.tradeId = print.tradeId;
  line.lots = print.lots;
  line.decimals = decimals;
  const [significant, zeros] = splitZeros(alignNumber(formatSize(print.lots, market), decimals, SIZE_CHARS));
  const time = formatTime(print.timeMs);
  write(line.time, time.slice(3, 8));
  write(line.tenths, time.slice(8, 10));
  write(line.side, print.takerSide === Side.buy ? '▲' : '▼');
  write(line.price, formatPrice(print.priceTicks, market));
  write(line.size, significant);
  write(line.zeros, zeros);
}

/** The same text written again would be laid out again. */
function write(text: Text, data: string): void {
  if (text.data !== data) text.data = data;
}

function marksOf(print: Print, bigLots: number): string {
  const marks = [print.takerSide === Side.buy ? 'bought' : 'sold'];
  if (print.lots >= bigLots) marks.push('big');
  if (print.isOwn) marks.push('own');
  return marks.join(' ');
}
