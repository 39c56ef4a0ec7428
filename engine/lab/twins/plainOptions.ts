import type { RiskSource } from '../../core/margin/parameters.ts';
import type { Portfolio } from '../../core/margin/portfolio.ts';
import type { MarginKind } from '../../core/margin/range.ts';
import { PRICE_MOVES, RISK_CELLS } from '../../pricing/riskVector.ts';
import { larger, largest, MONEY, ONE, PPM, smaller } from './plainMath.ts';
import { plainRange } from './plainRange.ts';
import { type PlainFill, type PlainLeg, type PlainRow, unwindSize } from './plainRow.ts';

const MOVES_PPM = PRICE_MOVES.map((move) => BigInt(Math.round(move * 1e6)));
const NODES = MOVES_PPM.map((move) => (move * ONE) / PPM);
const STATES = [0, 1, 2];
const HALF_DAY = ONE / 2n;
const MOVE_OF_SIZE = 180_000n;

interface OptionFill extends PlainFill {
  loss(fraction: bigint, state: number): bigint;
}

/** Sums of cells by node and state. */
type Cells = readonly bigint[];

/** An underlying with options: as it is, after option orders, with all bids or all asks of the linear legs. */
export function optionLeg(
  source: RiskSource,
  portfolio: Portfolio,
  row: PlainRow,
  kind: MarginKind,
): PlainLeg {
  const { notional, bids, asks, underlying } = row;
  const { cells, orders, delta } = optionsOf(portfolio, row, kind);
  const none = orders.map(() => 0n);
  const heldRange = plainRange(
    source,
    underlying,
    kind,
    optionSize(row, cells, none, delta, notional),
    HALF_DAY,
  );
  const inside = MOVES_PPM.filter((move) => move !== 0n && larger(move, -move) * ONE < heldRange * PPM);
  const quarters = [-4n, -3n, -2n, -1n, 0n, 1n, 2n, 3n, 4n].map((step) => (step * ONE) / 4n);
  const fractions = [...quarters, ...inside.map((move) => (move * ONE * ONE) / (PPM * heldRange))];
  const fill = (linear: bigint, taken: Cells): OptionFill => {
    const size = optionSize(row, cells, taken, delta, linear);
    const terms: Terms = {
      cells,
      delta,
      linear,
      range: plainRange(source, underlying, kind, size, 0n),
      optionRange: plainRange(source, underlying, kind, size, HALF_DAY),
      up: BigInt(source.underlyings[underlying]!.upFactorPpm),
    };
    const loss = (fraction: bigint, state: number): bigint => lossOf(terms, taken, fraction, state, true);
    const losses = fractions.flatMap((fraction) => STATES.map((state) => loss(fraction, state)));
    return {
      loss,
      standalone: largest([0n, ...losses]),
      isGaining: (fraction, state) => lossOf(terms, none, fraction, state, false) <= -MONEY,
    };
  };
  const fills = [fill(notional, none)];
  if (kind === 'initial') {
    fills.push(fill(notional, orders), fill(notional + bids, orders), fill(notional - asks, orders));
  }
  return {
    underlying,
    hasOptions: true,
    fills,
    standalone: largest(fills.map(({ standalone }) => standalone)),
    fractions,
    worst: (fraction, state) => largest(fills.map(({ loss }) => loss(fraction, state))),
  };
}

export function optionsOf(
  { optionBlock, options }: Portfolio,
  { row }: PlainRow,
  kind: MarginKind,
): { cells: bigint[]; orders: bigint[]; delta: bigint } {
  const block = optionBlock[row]!;
  const from = block * RISK_CELLS;
  const orders = Array.from(options.orderCells.subarray(from, from + RISK_CELLS), BigInt);
  return {
    cells: Array.from(options.cells.subarray(from, from + RISK_CELLS), BigInt),
    orders: kind === 'initial' ? orders : orders.map(() => 0n),
    delta: BigInt(options.delta[block]!),
  };
}

/** max(|Δ| over the owner, |A(±18 %)| ÷ 0.18), volatility unchanged. */
export function optionSize(
  row: PlainRow,
  cells: Cells,
  orders: Cells,
  delta: bigint,
  linear: bigint,
): bigint {
  const gamma = [-MOVE_OF_SIZE, MOVE_OF_SIZE].map((move) => {
    const cell = MOVES_PPM.indexOf(move) * STATES.length;
    const change = cells[cell]! * PPM + linear * move;
    return (larger(change, -change) + orders[cell]! * PPM) / MOVE_OF_SIZE;
  });
  return largest([unwindSize(linear + delta, row), ...gamma]);
}

interface Terms {
  cells: Cells;
  delta: bigint;
  linear: bigint;
  range: bigint;
  optionRange: bigint;
  up: bigint;
}

/** max(Loss_G(f·R°), Loss_G(f·R)) + Loss_rest(f·R); at the whole range no less than any tail. */
function lossOf(terms: Terms, orders: Cells, fraction: bigint, state: number, hasTails: boolean): bigint {
  const { cells, delta, linear, range, optionRange, up } = terms;
  const hedge = between(-delta, linear);
  const group = (point: bigint): bigint => {
    const move = (fraction * point) / ONE;
    const change = valueAt(cells, move, state) + (hedge * move * MONEY) / ONE;
    return valueAt(orders, move, state) - change;
  };
  const points = [range, optionRange];
  if (fraction > 0n) points.push((range * up) / PPM, (optionRange * up) / PPM);
  const ordinary = largest(points.map(group)) + restLoss(terms, linear - hedge, fraction);
  if (!hasTails || (fraction !== ONE && fraction !== -ONE)) return ordinary;
  const tails = NODES.flatMap((node, at) =>
    isTail(MOVES_PPM[at]!) && node > 0n === fraction > 0n
      ? [tailLoss(terms, orders, at, fraction, state)]
      : [],
  );
  return largest([ordinary, ...tails]);
}

function isTail(movePpm: bigint): boolean {
  return movePpm <= -330_000n || movePpm >= 500_000n;
}

/** A move far outside, weighted by range ÷ move: the options after whatever linear notional offsets them there. */
function tailLoss(terms: Terms, orders: Cells, at: number, fraction: bigint, state: number): bigint {
  const { cells, linear, optionRange } = terms;
  const cell = at * STATES.length + state;
  const move = NODES[at]!;
  const weight = smaller(ONE, (optionRange * ONE) / larger(move, -move));
  // Money digits from here on: the offset is a quotient.
  const offset = between((-cells[cell]! * MONEY * ONE) / move, linear * MONEY);
  const lost = (orders[cell]! - cells[cell]!) * MONEY - (offset * move) / ONE;
  const rest = linear * MONEY - offset;
  return (larger(0n, lost) * weight) / ONE + restLossMoney(terms, rest, fraction);
}

function restLoss(terms: Terms, rest: bigint, fraction: bigint): bigint {
  return restLossMoney(terms, rest * MONEY, fraction);
}

function restLossMoney({ range, up }: Terms, rest: bigint, fraction: bigint): bigint {
  const loss = (-rest * fraction * range) / (ONE * ONE);
  return fraction > 0n && rest < 0n ? (loss * up) / PPM : loss;
}

/** The part of a value between 0 and a limit of either sign. */
function between(value: bigint, limit: bigint): bigint {
  return limit >= 0n ? smaller(limit, larger(0n, value)) : larger(limit, smaller(0n, value));
}

/** Straight between the nodes, money with 12 digits. */
function valueAt(cells: Cells, move: bigint, state: number): bigint {
  let right = NODES.findIndex((node, at) => at > 0 && node >= move);
  if (right < 0) right = NODES.length - 1;
  const low = cells[(right - 1) * STATES.length + state]!;
  const high = cells[right * STATES.length + state]!;
  const from = NODES[right - 1]!;
  return low * MONEY + ((high - low) * MONEY * (move - from)) / (NODES[right]! - from);
}
