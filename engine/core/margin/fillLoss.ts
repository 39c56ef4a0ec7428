import { PRICE_MOVES, RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import type { OptionBook } from './optionBook.ts';
import type { OptionLegs } from './optionLegs.ts';

/** What one fill of an underlying with options loses at a fraction of its range, by state of volatility. */
export interface FillLoss {
  /** Loss in micro-USD; negative is a gain. */
  readonly worst: Float64Array;
  /** The same without open option orders and tails. */
  readonly bare: Float64Array;
  /** What decided `worst`: the move of the options, how much of it counts, the hedge that moved with them. */
  readonly move: Float64Array;
  readonly weight: Float64Array;
  readonly hedge: Float64Array;
}

export function createFillLoss(): FillLoss {
  return {
    worst: new Float64Array(VOL_STATES),
    bare: new Float64Array(VOL_STATES),
    move: new Float64Array(VOL_STATES),
    weight: new Float64Array(VOL_STATES),
    hedge: new Float64Array(VOL_STATES),
  };
}

const moves = Float64Array.from(PRICE_MOVES);
const UNMOVED = 9;
const LAST = moves.length - 1;
/** Nodes outside every range, by side: −66, −50, −33 % and +50, 100, 200, 300, 500 %. */
const TAILS_DOWN = { from: 0, to: 3 } as const;
const TAILS_UP = { from: 16, to: moves.length } as const;

/**
 * Loss of one fill at a fraction of the range: the options and their hedge at the worse of two horizons, in
 * a rise with and without what a short loses more there; the rest of the linear notional at its own; at the
 * whole range also the tails.
 *
 * An option loss counts where it is larger, a gain only where the perpetuals move as well: at the options'
 * range alone, cheap one-day calls would pay for most of a short book.
 *
 * One loop without small functions: the JavaScript engine would put each number passed on the heap.
 *
 * @param fill row of the fill columns
 */
export function fillLossAt(
  book: OptionBook,
  legs: OptionLegs,
  leg: number,
  fill: number,
  fraction: number,
  out: FillLoss,
): void {
  const { cells, orderCells } = book;
  const { worst, bare } = out;
  const range = legs.range[fill]!;
  const hedge = legs.hedge[fill]!;
  const upFactor = legs.upFactor[leg]!;
  const hasOrders = legs.hasOrders[fill] === 1;
  const first = legs.block[leg]! * RISK_CELLS;
  const horizons = fraction > 0 && upFactor > 1 ? 4 : 2;
  for (let horizon = 0; horizon < horizons; horizon++) {
    const part = fraction * ((horizon & 1) === 0 ? range : legs.optionRange[fill]!);
    const move = horizon < 2 ? part : part * upFactor;
    // Ranges are narrow: the nodes around no move are met first.
    let right = UNMOVED + 1;
    if (move > 0) while (right < LAST && moves[right]! < move) right++;
    else while (right > 1 && moves[right - 1]! >= move) right--;
    const from = moves[right - 1]!;
    const share = (move - from) / (moves[right]! - from);
    const linear = hedge * move;
    const low = first + (right - 1) * VOL_STATES;
    for (let state = 0; state < VOL_STATES; state++) {
      const at = low + state;
      let loss = -(cells[at]! + (cells[at + VOL_STATES]! - cells[at]!) * share) - linear;
      if (horizon === 0 || loss > bare[state]!) bare[state] = loss;
      if (hasOrders) loss += orderCells[at]! + (orderCells[at + VOL_STATES]! - orderCells[at]!) * share;
      if (horizon > 0 && loss <= worst[state]!) continue;
      worst[state] = loss;
      out.move[state] = move;
    }
  }
  const rest = restLoss(legs.notional[fill]! - hedge, fraction * range, upFactor);
  for (let state = 0; state < VOL_STATES; state++) {
    worst[state] = worst[state]! + rest;
    bare[state] = bare[state]! + rest;
    out.weight[state] = 1;
    out.hedge[state] = hedge;
  }
  if (fraction === -1) tryTails(book, legs, leg, fill, TAILS_DOWN, out);
  if (fraction === 1) tryTails(book, legs, leg, fill, TAILS_UP, out);
}

/** Loss of linear notional at a move; a short in a rise loses its fatter tail. */
export function restLoss(rest: number, move: number, upFactor: number): number {
  return move > 0 && rest < 0 ? -rest * move * upFactor : -rest * move;
}

/**
 * Moves far outside the range, each at the share of it that the range is. They charge short gamma: linear
 * notional that offsets the options there is set against them first, so covered calls cost nothing.
 */
function tryTails(
  book: OptionBook,
  legs: OptionLegs,
  leg: number,
  fill: number,
  nodes: { readonly from: number; readonly to: number },
  out: FillLoss,
): void {
  const notional = legs.notional[fill]!;
  const upFactor = legs.upFactor[leg]!;
  const rangeMove = nodes === TAILS_UP ? legs.range[fill]! : -legs.range[fill]!;
  for (let node = nodes.from; node < nodes.to; node++) {
    const move = moves[node]!;
    const weight = Math.min(1, legs.optionRange[fill]! / Math.abs(move));
    for (let state = 0; state < VOL_STATES; state++) {
      const at = legs.block[leg]! * RISK_CELLS + node * VOL_STATES + state;
      const offset = -book.cells[at]! / move;
      const hedge =
        notional >= 0 ? Math.min(notional, Math.max(0, offset)) : Math.max(notional, Math.min(0, offset));
      const orders = legs.hasOrders[fill] === 1 ? book.orderCells[at]! : 0;
      const group = Math.max(0, -book.cells[at]! - hedge * move + orders);
      const loss = weight * group + restLoss(notional - hedge, rangeMove, upFactor);
      if (loss <= out.worst[state]!) continue;
      out.worst[state] = loss;
      out.move[state] = move;
      out.weight[state] = group > 0 ? weight : 0;
      out.hedge[state] = hedge;
    }
  }
}
