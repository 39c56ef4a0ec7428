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
/** Moves outside every range, as indices of the nodes. */
const TAILS = [...NODES.keys()].filter((at) => MOVES_PPM[at]! <= -330_000n || MOVES_PPM[at]! >= 500_000n);
const HALF_DAY = ONE / 2n;
const MOVE_OF_SIZE = 180_000n;

interface OptionFill extends PlainFill {
  loss(fraction: bigint, state: number): bigint;
}

/** By state of volatility, money with 12 digits. */
interface Losses {
  worst: readonly bigint[];
  /** Without open orders and tails: what decides whether the leg gains. */
  bare: readonly bigint[];
}

/** Sums of cells by node and state. */
type Cells = readonly bigint[];
export const NOTHING: Cells = new Array<bigint>(RISK_CELLS).fill(0n);

/** An underlying with options: as it is, after option orders, with all bids or all asks of the linear legs. */
export function optionLeg(
  source: RiskSource,
  portfolio: Portfolio,
  row: PlainRow,
  kind: MarginKind,
): PlainLeg {
  const { notional, bids, asks, underlying } = row;
  const { cells, orders, delta } = optionsOf(portfolio, row, kind);
  const size = optionSize(row, cells, NOTHING, delta, notional);
  const heldRange = plainRange(source, underlying, kind, size, HALF_DAY);
  const inside = MOVES_PPM.filter((move) => move !== 0n && larger(move, -move) * ONE < heldRange * PPM);
  const quarters = [-4n, -3n, -2n, -1n, 0n, 1n, 2n, 3n, 4n].map((step) => (step * ONE) / 4n);
  const fractions = [...quarters, ...inside.map((move) => (move * ONE * ONE) / (PPM * heldRange))];
  const fill = (linear: bigint, taken: Cells): OptionFill => {
    const size = optionSize(row, cells, taken, delta, linear);
    const terms: Terms = {
      cells,
      taken,
      delta,
      linear,
      range: plainRange(source, underlying, kind, size, 0n),
      optionRange: plainRange(source, underlying, kind, size, HALF_DAY),
      up: BigInt(source.underlyings[underlying]!.upFactorPpm),
    };
    const lossesAt = remembered((fraction) => lossesOf(terms, fraction));
    return {
      loss: (fraction, state) => lossesAt(fraction).worst[state]!,
      standalone: largest([0n, ...fractions.flatMap((fraction) => lossesAt(fraction).worst)]),
      isGaining: (fraction, state) => lossesAt(fraction).bare[state]! <= -MONEY,
    };
  };
  const fills = [fill(notional, NOTHING)];
  if (kind === 'initial' && orders.some((lost) => lost > 0n)) fills.push(fill(notional, orders));
  if (bids > 0n) fills.push(fill(notional + bids, orders));
  if (asks > 0n) fills.push(fill(notional - asks, orders));
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
): { cells: Cells; orders: Cells; delta: bigint } {
  const block = optionBlock[row]!;
  const from = block * RISK_CELLS;
  const orders = Array.from(options.orderCells.subarray(from, from + RISK_CELLS), BigInt);
  return {
    cells: Array.from(options.cells.subarray(from, from + RISK_CELLS), BigInt),
    orders: kind === 'initial' ? orders : NOTHING,
    delta: BigInt(options.delta[block]!),
  };
}

/**
 * max(|Δ| over the owner, |A(±18 %)| ÷ 0.18), volatility unchanged, money with 12 digits: a whole micro-USD
 * of it is seen in the range of a market that trades little.
 */
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
    return ((larger(change, -change) + orders[cell]! * PPM) * MONEY) / MOVE_OF_SIZE;
  });
  return largest([unwindSize(linear + delta, row), ...gamma]);
}

interface Terms {
  cells: Cells;
  /** Cells of the open orders that the fill takes in. */
  taken: Cells;
  delta: bigint;
  linear: bigint;
  range: bigint;
  optionRange: bigint;
  up: bigint;
}

/** A scenario is asked for by every epicentre and in every state: its answer is kept. */
function remembered(answer: (fraction: bigint) => Losses): (fraction: bigint) => Losses {
  const known = new Map<bigint, Losses>();
  return (fraction) => {
    const losses = known.get(fraction) ?? answer(fraction);
    known.set(fraction, losses);
    return losses;
  };
}

/** max(Loss_G(f·R°), Loss_G(f·R)) + Loss_rest(f·R); at the whole range no less than any tail. */
function lossesOf(terms: Terms, fraction: bigint): Losses {
  const { cells, taken, delta, linear, range, optionRange, up } = terms;
  const hedge = between(-delta, linear);
  const rest = restLoss(terms, linear - hedge, fraction);
  const points = [range, optionRange];
  if (fraction > 0n) points.push((range * up) / PPM, (optionRange * up) / PPM);
  const groups = points.map((point) => {
    const move = (fraction * point) / ONE;
    const linearLoss = (-hedge * move * MONEY) / ONE;
    const bare = valuesAt(cells, move).map((value) => linearLoss - value);
    if (taken === NOTHING) return { bare, ordered: bare };
    const lost = valuesAt(taken, move);
    return { bare, ordered: bare.map((loss, state) => loss + lost[state]!) };
  });
  const bare = STATES.map((state) => rest + largest(groups.map((group) => group.bare[state]!)));
  const ordered = STATES.map((state) => rest + largest(groups.map((group) => group.ordered[state]!)));
  if (fraction !== ONE && fraction !== -ONE) return { bare, worst: ordered };
  const tails = TAILS.filter((at) => NODES[at]! > 0n === fraction > 0n);
  const worst = STATES.map((state) =>
    largest([ordered[state]!, ...tails.map((at) => tailLoss(terms, at, fraction, state))]),
  );
  return { bare, worst };
}

/** A move far outside, weighted by range ÷ move: the options after whatever linear notional offsets them there. */
function tailLoss(terms: Terms, at: number, fraction: bigint, state: number): bigint {
  const { cells, taken, linear, optionRange } = terms;
  const cell = at * STATES.length + state;
  const move = NODES[at]!;
  const weight = smaller(ONE, (optionRange * ONE) / larger(move, -move));
  // Money digits from here on: the offset is a quotient.
  const offset = between((-cells[cell]! * MONEY * ONE) / move, linear * MONEY);
  const lost = (taken[cell]! - cells[cell]!) * MONEY - (offset * move) / ONE;
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

/** By state, straight between the nodes, money with 12 digits. */
function valuesAt(cells: Cells, move: bigint): bigint[] {
  let right = NODES.findIndex((node, at) => at > 0 && node >= move);
  if (right < 0) right = NODES.length - 1;
  const from = NODES[right - 1]!;
  const width = NODES[right]! - from;
  return STATES.map((state) => {
    const low = cells[(right - 1) * STATES.length + state]!;
    const high = cells[right * STATES.length + state]!;
    return low * MONEY + ((high - low) * MONEY * (move - from)) / width;
  });
}
