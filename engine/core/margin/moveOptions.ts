import { PRICE_MOVES, RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import type { OptionBook } from './optionBook.ts';

const moves = Float64Array.from(PRICE_MOVES);
/** 1 + each move, and how far each lies from the one before it. */
const factors = moves.map((move) => 1 + move);
const widths = moves.map((move, node) => (node === 0 ? 0 : move - moves[node - 1]!));
const UNMOVED = 9;
const LAST = moves.length - 1;
/** Half the width over which the delta at a move is taken: that of the nodes next to no move. */
const DELTA_STEP = 0.02;

/**
 * Change of value of one block at a move, linear between the nodes; beyond the outermost the last segment goes on.
 *
 * @param state of volatility: same 0, up 1, down 2
 * @returns micro-USD, not rounded
 */
export function valueChangeAt(
  book: Pick<OptionBook, 'cells'>,
  block: number,
  move: number,
  state: number,
): number {
  let right = UNMOVED + 1;
  if (move > 0) while (right < LAST && moves[right]! < move) right++;
  else while (right > 1 && moves[right - 1]! >= move) right--;
  const from = moves[right - 1]!;
  const at = block * RISK_CELLS + (right - 1) * VOL_STATES + state;
  const low = book.cells[at]!;
  const share = (move - from) / widths[right]!;
  return low + (book.cells[at + VOL_STATES]! - low) * share;
}

/** Slope of the value at a move, micro-USD per unit of the move as seen from the start; the book's own delta at no move. */
export function valueSlopeAt(book: OptionBook, block: number, move: number): number {
  return centralSlope(book, block, move) + book.delta[block]! - centralSlope(book, block, 0);
}

function centralSlope(book: OptionBook, block: number, move: number): number {
  const above = valueChangeAt(book, block, move + DELTA_STEP, 0);
  return (above - valueChangeAt(book, block, move - DELTA_STEP, 0)) / (2 * DELTA_STEP);
}

/**
 * The options of one underlying as they would be after its price moved: what the vectors say of moves on
 * top of the first. Time and implied volatility stand still.
 *
 * @returns what they gain by the move, micro-USD, not rounded
 */
export function moveOptions(
  from: OptionBook,
  fromBlock: number,
  move: number,
  to: OptionBook,
  toBlock: number,
): number {
  const { cells } = from;
  const moved = to.cells;
  const first = fromBlock * RISK_CELLS;
  const unchanged = valueChangeAt(from, fromBlock, move, 0);
  const factor = 1 + move;
  let cell = toBlock * RISK_CELLS;
  let right = 1;
  for (let node = 0; node <= LAST; node++) {
    const both = factor * factors[node]! - 1;
    // The same node as `valueChangeAt` finds; moves rise, so the search goes on where the last one ended.
    while (right < LAST && moves[right]! < both) right++;
    const share = (both - moves[right - 1]!) / widths[right]!;
    const low = first + (right - 1) * VOL_STATES;
    const high = low + VOL_STATES;
    // One line for each state: a loop of three would cost more than what it does.
    moved[cell] = cells[low]! + (cells[high]! - cells[low]!) * share - unchanged;
    moved[cell + 1] = cells[low + 1]! + (cells[high + 1]! - cells[low + 1]!) * share - unchanged;
    moved[cell + 2] = cells[low + 2]! + (cells[high + 2]! - cells[low + 2]!) * share - unchanged;
    cell += VOL_STATES;
  }
  to.delta[toBlock] = (1 + move) * valueSlopeAt(from, fromBlock, move);
  to.shortUsd[toBlock] = (1 + move) * from.shortUsd[fromBlock]!;
  to.shortUsdMax[toBlock] = to.shortUsd[toBlock]!;
  return unchanged;
}
