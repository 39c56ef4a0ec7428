import { broken } from '../units/assert.ts';
import { USD_SCALE } from '../units/money.ts';
import { roundHalfAway } from '../units/round.ts';
import { priceAtDeviation } from './black76.ts';
import { volShocks } from './volShock.ts';

/** Moves of the forward at which an option is revalued, ascending; the tenth is no move. */
export const PRICE_MOVES: readonly number[] = [
  -0.66, -0.5, -0.33, -0.25, -0.18, -0.135, -0.09, -0.045, -0.02, 0, 0.02, 0.045, 0.09, 0.135, 0.18, 0.25,
  0.5, 1, 2, 3, 5,
];

/** Volatility states of each move: same 0, up 1, down 2. */
export const VOL_STATES = 3;

/** Cells of one vector; cell = move × VOL_STATES + state. */
export const RISK_CELLS = PRICE_MOVES.length * VOL_STATES;

const DAYS_PER_YEAR = 365;

/** What a risk vector is made from. */
export interface RiskVectorOption {
  /** USD per coin, > 0. */
  readonly forward: number;
  /** USD per coin, > 0. */
  readonly strike: number;
  /** Per √year, ≥ 0; it stays with the option when the forward moves. */
  readonly volatility: number;
  /** Until expiry, years of 365 days, ≥ 0. */
  readonly years: number;
  readonly isCall: boolean;
  /** Coins in one lot. */
  readonly unitsPerLot: number;
}

/**
 * Writes how the value of one long lot changes at each move of the forward and state of its volatility.
 *
 * @param into gets RISK_CELLS integers from `at` on: micro-USD per lot, positive in favour of the holder, each rounded
 *   half away from zero
 * @fails AssertionError when a cell is not a safe integer: the caller bounds forward × unitsPerLot
 * @see volShocks for the states, black76 for the price
 * @example a call at its strike 2 000 with one coin per lot: a forward 500 % higher is worth almost 10 000 USD more
 */
export function fillRiskVector(into: Float64Array, at: number, option: RiskVectorOption): void {
  const { forward, strike, volatility, years, isCall, unitsPerLot } = option;
  const { up, down } = volShocks(years * DAYS_PER_YEAR);
  const same = volatility * Math.sqrt(years);
  const usdPerLot = USD_SCALE * unitsPerLot;
  const before = priceAtDeviation(forward, strike, same, isCall);
  let cell = at;
  for (let move = 0; move < PRICE_MOVES.length; move++) {
    const moved = forward * (1 + PRICE_MOVES[move]!);
    into[cell++] = changeOf(priceAtDeviation(moved, strike, same, isCall) - before, usdPerLot);
    into[cell++] = changeOf(priceAtDeviation(moved, strike, same * up, isCall) - before, usdPerLot);
    into[cell++] = changeOf(priceAtDeviation(moved, strike, same * down, isCall) - before, usdPerLot);
  }
}

function changeOf(usdPerCoin: number, usdPerLot: number): number {
  const change = roundHalfAway(usdPerCoin * usdPerLot);
  if (!Number.isSafeInteger(change))
    throw broken(`a cell of a risk vector left the safe integers: ${change}`);
  return change;
}

/**
 * The change at any move, linear between the nodes; beyond the outermost ones the last segment goes on.
 *
 * @param move of the forward, 0.1 is +10 %
 * @param volState same 0, up 1, down 2
 * @param at where the vector starts
 * @returns micro-USD per lot, not rounded
 */
export function valueAt(vector: Float64Array, move: number, volState: number, at = 0): number {
  let right = 1;
  while (right < PRICE_MOVES.length - 1 && PRICE_MOVES[right]! < move) right += 1;
  const from = PRICE_MOVES[right - 1]!;
  const low = vector[at + (right - 1) * VOL_STATES + volState]!;
  const high = vector[at + right * VOL_STATES + volState]!;
  // At a node the share is exactly 0 or 1, and so is the cell what comes out.
  const share = (move - from) / (PRICE_MOVES[right]! - from);
  return low + (high - low) * share;
}
