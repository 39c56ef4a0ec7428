import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { barScale, type LadderRow, largestSize } from './Book.state.ts';
import { type CellText, isLong, type LadderScale, rowTexts, sizeDecimalsFor } from './ladderText.ts';

/**
 * Writes ladder rows into text nodes that are already on the page.
 *
 * A book changes up to sixty times a second in a dozen of forty rows: rendering them through React costs
 * several times as much as writing what changed, and a canvas would need a second table for whoever reads with
 * a screen reader or selects a number. The elements are React's; only their text, the bar widths and `data-`
 * marks are ours. A row whose numbers are those of the paint before costs a comparison.
 */
export interface LadderPainter {
  paint(rows: readonly LadderRow[], market: MarketView, groupTicks: number): void;
}

interface Cell {
  element: HTMLElement;
  bright: Text;
  dim: Text;
  kind: string;
}

interface Line {
  element: HTMLElement;
  cells: Cell[];
  bars: readonly [bid: number, ask: number, take: number];
  marks: string;
  /** A copy of what was painted last; undefined before the first paint. */
  row: LadderRow | undefined;
}

/** What the text and the bars of all rows depend on. */
interface LadderStyle extends LadderScale {
  /** Lots of a full bar. */
  scale: number;
}

const BID = 1;
const ASK = 3;

export function createLadderPainter(grid: HTMLElement): LadderPainter {
  const lines = [...grid.querySelectorAll<HTMLElement>('[data-row]')].map(lineOf);
  const table = grid.closest('table');
  let style: LadderStyle | undefined;
  return {
    paint(rows, market, groupTicks) {
      const scale = barScale(rows);
      const isSameStep = style?.market === market && style.groupTicks === groupTicks;
      const before = isSameStep ? style?.sizeDecimals : undefined;
      const sizeDecimals = sizeDecimalsFor(largestSize(rows), market, before);
      const isSameStyle = isSameStep && style?.scale === scale && style.sizeDecimals === sizeDecimals;
      if (!isSameStyle) style = { market, groupTicks, scale, sizeDecimals };
      // By the full bar, a round number: columns do not change places while sizes change.
      if (!isSameStyle && table !== null) table.dataset.sizes = isLong(scale, market) ? 'long' : 'short';
      for (let index = 0; index < lines.length; index++) {
        const line = lines[index]!;
        const row = rows[index];
        if (row === undefined || style === undefined) continue;
        if (isSameStyle && line.row !== undefined && isSameRow(line.row, row)) continue;
        paintLine(line, row, style);
        line.row = { ...row };
      }
    },
  };
}

function isSameRow(a: LadderRow, b: LadderRow): boolean {
  return (
    a.priceTicks === b.priceTicks &&
    a.bidLots === b.bidLots &&
    a.askLots === b.askLots &&
    a.ownBid === b.ownBid &&
    a.ownAsk === b.ownAsk &&
    a.takeLots === b.takeLots &&
    a.dropSide === b.dropSide &&
    a.isLast === b.isLast &&
    a.isBestAsk === b.isBestAsk &&
    a.hasLevel === b.hasLevel
  );
}

function lineOf(element: HTMLElement): Line {
  const cells = [...element.children].map((child) => cellOf(child as HTMLElement));
  return { element, cells, bars: [0, 0, 0], marks: '', row: undefined };
}

function cellOf(element: HTMLElement): Cell {
  const [first, second] = [...element.children].map((child) => {
    const text = document.createTextNode('');
    child.replaceChildren(text);
    return text;
  });
  if (first === undefined || second === undefined) throw new Error('a ladder cell has two parts');
  return { element, bright: first, dim: second, kind: '' };
}

function paintLine(line: Line, row: LadderRow, style: LadderStyle): void {
  const { scale } = style;
  const texts = rowTexts(row, style);
  for (let index = 0; index < texts.length; index++) write(line.cells[index]!, texts[index]!);
  const bid = share(row.bidLots, scale);
  const ask = share(row.askLots, scale);
  const take = share(row.takeLots, scale);
  if (bid !== line.bars[0] || ask !== line.bars[1] || take !== line.bars[2]) {
    line.bars = [bid, ask, take];
    setBar(line.cells[BID]!, bid, row.bidLots > 0 ? take : 0);
    setBar(line.cells[ASK]!, ask, row.bidLots > 0 ? 0 : take);
  }
  const marks = marksOf(row);
  if (marks === line.marks) return;
  line.marks = marks;
  line.element.dataset.marks = marks;
}

function write(cell: Cell, [bright, dim, kind]: CellText): void {
  if (cell.bright.data !== bright) cell.bright.data = bright;
  if (cell.dim.data !== dim) cell.dim.data = dim;
  if (cell.kind === kind) return;
  cell.kind = kind;
  cell.element.dataset.has = kind;
}

/** Per cent of the bar, in whole numbers: half a pixel is not worth a repaint. */
function share(lots: number, scale: number): number {
  return Math.round(Math.min(1, lots / scale) * 100);
}

function setBar(cell: Cell, depth: number, take: number): void {
  cell.element.style.setProperty('background-size', `${take}% 100%, ${depth}% 100%`);
}

/** Words the stylesheet selects on with `~=`. */
function marksOf(row: LadderRow): string {
  const marks = [row.askLots > 0 ? 'asks' : row.bidLots > 0 ? 'bids' : 'empty'];
  if (row.isLast) marks.push('last');
  if (row.isBestAsk) marks.push('bestAsk');
  if (row.takeLots > 0) marks.push('taken');
  if (row.hasLevel) marks.push('level');
  return marks.join(' ');
}
