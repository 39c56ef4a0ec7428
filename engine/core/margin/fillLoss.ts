import { PRICE_MOVES, RISK_CELLS, VOL_STATES } from '../../pricing/riskVector.ts';
import type { OptionBook } from './optionBook.ts';
import type { FillLoss, OptionLegs } from './optionScratch.ts';
import { clampToward } from './sizes.ts';

const moves = Float64Array.from(PRICE_MOVES);
const UNMOVED = 9;
const LAST = moves.length - 1;
/** Nodes outside every range, by side: −66, −50, −33 % and +50, 100, 200, 300, 500 %. */
const TAILS_DOWN = { from: 0, to: 3 } as const;
const TAILS_UP = { from: 16, to: moves.length } as const;
/** More than rounding can bring about, so that a tail left out for its bound is one that would not have counted. */
const TAIL_SLACK_USD = 8;

/**
 * Loss of one fill at a fraction of the range: the options and their hedge at the worse of two horizons, in
 * a rise with and without what a short loses more there; the rest of the linear notional at its own; at the
 * whole range also the tails.
 *
 * An option loss counts where it is larger, a gain only where the perpetuals move as well: at the options'
 * range alone, cheap one-day calls would pay for most of a short book.
 *
 * One loop without small functions: the JavaScript engine would put each number passed on the heap. And a line
 * for each state of volatility, same, up and down: a loop of three costs more than what it does, and sums in
 * locals stay in registers.
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
  const range = legs.range[fill]!;
  const hedge = legs.hedge[fill]!;
  const upFactor = legs.upFactor[leg]!;
  const hasOrders = legs.hasOrders[fill] === 1;
  const first = legs.block[leg]! * RISK_CELLS;
  const horizons = fraction > 0 && upFactor > 1 ? 4 : 2;
  let bareSame = Number.NEGATIVE_INFINITY;
  let bareUp = Number.NEGATIVE_INFINITY;
  let bareDown = Number.NEGATIVE_INFINITY;
  let worstSame = Number.NEGATIVE_INFINITY;
  let worstUp = Number.NEGATIVE_INFINITY;
  let worstDown = Number.NEGATIVE_INFINITY;
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
    const high = low + VOL_STATES;
    let same = -(cells[low]! + (cells[high]! - cells[low]!) * share) - linear;
    let up = -(cells[low + 1]! + (cells[high + 1]! - cells[low + 1]!) * share) - linear;
    let down = -(cells[low + 2]! + (cells[high + 2]! - cells[low + 2]!) * share) - linear;
    if (same > bareSame) bareSame = same;
    if (up > bareUp) bareUp = up;
    if (down > bareDown) bareDown = down;
    if (hasOrders) {
      same += orderCells[low]! + (orderCells[high]! - orderCells[low]!) * share;
      up += orderCells[low + 1]! + (orderCells[high + 1]! - orderCells[low + 1]!) * share;
      down += orderCells[low + 2]! + (orderCells[high + 2]! - orderCells[low + 2]!) * share;
    }
    if (same > worstSame) {
      worstSame = same;
      out.move[0] = move;
    }
    if (up > worstUp) {
      worstUp = up;
      out.move[1] = move;
    }
    if (down > worstDown) {
      worstDown = down;
      out.move[2] = move;
    }
  }
  const rest = restLoss(legs.notional[fill]! - hedge, fraction * range, upFactor);
  const { worst, bare } = out;
  worst[0] = worstSame + rest;
  worst[1] = worstUp + rest;
  worst[2] = worstDown + rest;
  bare[0] = bareSame + rest;
  bare[1] = bareUp + rest;
  bare[2] = bareDown + rest;
  out.weight[0] = 1;
  out.weight[1] = 1;
  out.weight[2] = 1;
  out.hedge[0] = hedge;
  out.hedge[1] = hedge;
  out.hedge[2] = hedge;
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
  const { cells, orderCells } = book;
  const notional = legs.notional[fill]!;
  const upFactor = legs.upFactor[leg]!;
  const hasOrders = legs.hasOrders[fill] === 1;
  const optionRange = legs.optionRange[fill]!;
  const rangeMove = nodes === TAILS_UP ? legs.range[fill]! : -legs.range[fill]!;
  const restMost = Math.max(0, restLoss(notional, rangeMove, upFactor)) + TAIL_SLACK_USD;
  const first = legs.block[leg]! * RISK_CELLS;
  for (let node = nodes.from; node < nodes.to; node++) {
    const move = moves[node]!;
    const weight = Math.min(1, optionRange / Math.abs(move));
    for (let state = 0; state < VOL_STATES; state++) {
      const at = first + node * VOL_STATES + state;
      const value = cells[at]!;
      const orders = hasOrders ? orderCells[at]! : 0;
      const worst = out.worst[state]!;
      // What is set against the options only lowers their loss, and leaves no more of the rest than all.
      if (weight * (Math.max(0, -value) + orders) + restMost <= worst) continue;
      const hedge = clampToward(-value / move, notional);
      const group = Math.max(0, -value - hedge * move + orders);
      const loss = weight * group + restLoss(notional - hedge, rangeMove, upFactor);
      if (loss <= worst) continue;
      out.worst[state] = loss;
      out.move[state] = move;
      out.weight[state] = group > 0 ? weight : 0;
      out.hedge[state] = hedge;
    }
  }
}
