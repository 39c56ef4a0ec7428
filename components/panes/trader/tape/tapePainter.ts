import { Side } from '../../../../engine/protocol/enums.ts';
import type { MarketView, TradeView } from '../../../../engine/protocol/views/market.ts';
import { formatPrice, formatSize, formatTime } from '../../../../lib/format.ts';
import { fitNumber, splitZeros } from '../../../ui/numberText.ts';

export interface TapeInput {
  prints: readonly TradeView[];
  market: MarketView;
  ownIds: ReadonlySet<number>;
  bigLots: number;
}

interface Line {
  element: HTMLElement;
  time: Text;
  tenths: Text;
  price: Text;
  size: Text;
  zeros: Text;
  tradeId: number;
  marks: string;
}

const SIZE_CHARS = 6;

/** Writes prints into rows that stand still; only a row whose trade changed is touched. */
export function createTapePainter(body: HTMLElement): (input: TapeInput) => void {
  const lines = [...body.querySelectorAll<HTMLElement>('tr')].map(lineOf);
  return (input) => {
    for (const [index, line] of lines.entries()) paintLine(line, input.prints[index], input);
  };
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
    price: part('price'),
    size: part('size'),
    zeros: part('zeros'),
    tradeId: -1,
    marks: '',
  };
}

function paintLine(line: Line, print: TradeView | undefined, input: TapeInput): void {
  const { market } = input;
  if ((print?.tradeId ?? -1) !== line.tradeId) {
    line.tradeId = print?.tradeId ?? -1;
    const size = print === undefined ? '' : fitNumber(formatSize(print.lots, market), SIZE_CHARS);
    const [significant, zeros] = splitZeros(size);
    const time = print === undefined ? '' : formatTime(print.timeMs);
    line.time.data = time.slice(3, 8);
    line.tenths.data = time.slice(8, 10);
    line.price.data = print === undefined ? '' : formatPrice(print.priceTicks, market);
    line.size.data = significant;
    line.zeros.data = zeros;
  }
  const marks = print === undefined ? '' : marksOf(print, input);
  if (marks === line.marks) return;
  line.marks = marks;
  line.element.dataset.marks = marks;
}

function marksOf(print: TradeView, { ownIds, bigLots }: TapeInput): string {
  const marks = [print.takerSide === Side.buy ? 'bought' : 'sold'];
  if (print.lots >= bigLots) marks.push('big');
  if (ownIds.has(print.tradeId)) marks.push('own');
  return marks.join(' ');
}
