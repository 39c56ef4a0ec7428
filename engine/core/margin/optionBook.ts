import { RISK_CELLS } from '../../pricing/riskVector.ts';

/** In place of a block: the row of the portfolio holds no option. */
export const NO_OPTIONS = -1;

/** Most underlyings in which one account holds options. */
export const OPTION_BLOCKS_MAX = 16;

/** The options of an account, summed over instruments: one block for each underlying that has any. */
export interface OptionBook {
  count: number;
  /** `blocks × RISK_CELLS`: change of value of what is held, Σ lots × risk vector, micro-USD. */
  readonly cells: Float64Array;
  /** Same shape: what open orders lose at the worse of all bids and all asks, by instrument; ≥ 0. */
  readonly orderCells: Float64Array;
  /** Change of value per unit of return of the underlying at the current price, micro-USD. */
  readonly delta: Float64Array;
  /** Notional of the underlying under instruments held net short, micro-USD ≥ 0. */
  readonly shortUsd: Float64Array;
  /** The same after all asks. */
  readonly shortUsdMax: Float64Array;
}

export function createOptionBook(): OptionBook {
  return {
    count: 0,
    cells: new Float64Array(OPTION_BLOCKS_MAX * RISK_CELLS),
    orderCells: new Float64Array(OPTION_BLOCKS_MAX * RISK_CELLS),
    delta: new Float64Array(OPTION_BLOCKS_MAX),
    shortUsd: new Float64Array(OPTION_BLOCKS_MAX),
    shortUsdMax: new Float64Array(OPTION_BLOCKS_MAX),
  };
}

/** Blocks are wiped when they are taken, so an account without options costs nothing. */
export function clearOptionBook(book: OptionBook): void {
  book.count = 0;
}

/** Takes the next block, all zeros. */
export function openBlock(book: OptionBook): number {
  const block = book.count++;
  const at = block * RISK_CELLS;
  book.cells.fill(0, at, at + RISK_CELLS);
  book.orderCells.fill(0, at, at + RISK_CELLS);
  book.delta[block] = 0;
  book.shortUsd[block] = 0;
  book.shortUsdMax[block] = 0;
  return block;
}

export function copyOptionBook(from: OptionBook, to: OptionBook): void {
  to.count = from.count;
  const cells = from.count * RISK_CELLS;
  for (let cell = 0; cell < cells; cell++) {
    to.cells[cell] = from.cells[cell]!;
    to.orderCells[cell] = from.orderCells[cell]!;
  }
  for (let block = 0; block < from.count; block++) {
    to.delta[block] = from.delta[block]!;
    to.shortUsd[block] = from.shortUsd[block]!;
    to.shortUsdMax[block] = from.shortUsdMax[block]!;
  }
}

/** Largest change of value in any scenario, as a value ≥ 0, with all open orders filled at their worst. */
export function largestCell(book: OptionBook): number {
  let largest = 0;
  for (let cell = 0; cell < book.count * RISK_CELLS; cell++) {
    largest = Math.max(largest, Math.abs(book.cells[cell]!) + book.orderCells[cell]!);
  }
  return largest;
}
