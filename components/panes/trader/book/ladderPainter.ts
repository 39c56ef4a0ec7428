import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { barScale, type LadderRow } from './Book.state.ts';
import { rowTexts } from './ladderText.ts';

/**
 * Writes ladder rows into text nodes that are already on the page.
 *
 * A book changes up to sixty times a second in a dozen of forty rows: rendering them through React costs
 * several times as much as writing what changed. The elements are React's; only their text, the bar
 * widths and `data-` marks are ours.
 */
export interface LadderPainter {
  paint(rows: readonly LadderRow[], market: MarketView, groupTicks: number): void;
}

interface Cell {
  element: HTMLElement;
  bright: Text;
  dim: Text;
  text: string;
}

const BID = 1;
const ASK = 3;

export function createLadderPainter(grid: HTMLElement): LadderPainter {
  const lines = [...grid.querySelectorAll<HTMLElement>('[data-row]')].map(lineOf);
  return {
    paint(rows, market, groupTicks) {
      const scale = barScale(rows);
      for (const [index, line] of lines.entries()) {
        const row = rows[index];
        if (row !== undefined) paintLine(line, row, { market, groupTicks, scale });
      }
    },
  };
}

interface Line {
  element: HTMLElement;
  cells: Cell[];
  bars: string;
  marks: string;
}

function lineOf(element: HTMLElement): Line {
  const cells = [...element.children].map((child) => cellOf(child as HTMLElement));
  return { element, cells, bars: '', marks: '' };
}

function cellOf(element: HTMLElement): Cell {
  const [first, second] = [...element.children].map((child) => {
    const text = document.createTextNode('');
    child.replaceChildren(text);
    return text;
  });
  if (first === undefined || second === undefined) throw new Error('a ladder cell has two parts');
  return { element, bright: first, dim: second, text: '' };
}

interface LineStyle {
  market: MarketView;
  groupTicks: number;
  /** Lots of a full bar. */
  scale: number;
}

function paintLine(line: Line, row: LadderRow, { market, groupTicks, scale }: LineStyle): void {
  for (const [index, [bright, dim, kind]] of rowTexts(row, market, groupTicks).entries()) {
    const cell = line.cells[index];
    if (cell !== undefined) write(cell, bright, dim, kind);
  }
  const bars = `${share(row.bidLots, scale)}/${share(row.askLots, scale)}/${share(row.takeLots, scale)}`;
  if (bars !== line.bars) {
    line.bars = bars;
    const [bid, ask, take] = bars.split('/');
    setBar(line.cells[BID], `${bid}% 100%`, row.bidLots > 0 ? take : '0');
    setBar(line.cells[ASK], `${ask}% 100%`, row.bidLots > 0 ? '0' : take);
  }
  const marks = marksOf(row);
  if (marks === line.marks) return;
  line.marks = marks;
  line.element.dataset.marks = marks;
}

function write(cell: Cell, bright: string, dim: string, kind: string): void {
  const text = `${bright}|${dim}|${kind}`;
  if (cell.text === text) return;
  cell.text = text;
  cell.bright.data = bright;
  cell.dim.data = dim;
  cell.element.dataset.has = kind;
}

/** Per cent of the bar, in whole numbers: half a pixel is not worth a repaint. */
function share(lots: number, scale: number): number {
  return Math.round(Math.min(1, lots / scale) * 100);
}

function setBar(cell: Cell | undefined, depth: string, take: string | undefined): void {
  cell?.element.style.setProperty('background-size', `${take}% 100%, ${depth}`);
}

/** Words the stylesheet selects on with `~=`. */
function marksOf(row: LadderRow): string {
  const marks = [row.askLots > 0 ? 'asks' : row.bidLots > 0 ? 'bids' : 'empty'];
  if (row.isLast) marks.push('last');
  if (row.isBestAsk) marks.push('bestAsk');
  if (row.takeLots > 0) marks.push('taken');
  return marks.join(' ');
}
