import { PRICE_MOVES, VOL_STATES } from '../../pricing/riskVector.ts';
import { OPTION_BLOCKS_MAX } from './optionBook.ts';

/** Ways an underlying can end: as it is; after the option orders; these with all linear bids; with all asks. */
export const FILLS_MAX = 4;

/** Nine quarters of the range and at most every node of the risk vector. */
export const FRACTIONS_MAX = 9 + PRICE_MOVES.length;

/** Underlyings with options as the scan sees them. Fill columns hold FILLS_MAX rows a leg, fractions FRACTIONS_MAX. */
export interface OptionLegs {
  count: number;
  readonly row: Int32Array;
  readonly underlying: Int32Array;
  readonly block: Int32Array;
  /** What a short loses in a rise, against the range. */
  readonly upFactor: Float64Array;
  readonly fillCount: Int32Array;
  /** Linear notional after the fill. */
  readonly notional: Float64Array;
  /** What of it offsets the delta of the options and moves with them. */
  readonly hedge: Float64Array;
  /** 1 when the fill takes in the open option orders. */
  readonly hasOrders: Int32Array;
  readonly range: Float64Array;
  /** The longer range of options. */
  readonly optionRange: Float64Array;
  /** Standalone margin of the fill. */
  readonly standalone: Float64Array;
  readonly fractionCount: Int32Array;
  readonly fraction: Float64Array;
  /** Loss at each of these fractions at the worst of the fills, VOL_STATES to a fraction. */
  readonly loss: Float64Array;
  /** No fill loses more in any fall and in any rise; VOL_STATES to a leg, never negative; set when needed. */
  readonly fallBound: Float64Array;
  readonly riseBound: Float64Array;
}

export function createOptionLegs(): OptionLegs {
  const fills = OPTION_BLOCKS_MAX * FILLS_MAX;
  return {
    count: 0,
    row: new Int32Array(OPTION_BLOCKS_MAX),
    underlying: new Int32Array(OPTION_BLOCKS_MAX),
    block: new Int32Array(OPTION_BLOCKS_MAX),
    upFactor: new Float64Array(OPTION_BLOCKS_MAX),
    fillCount: new Int32Array(OPTION_BLOCKS_MAX),
    notional: new Float64Array(fills),
    hedge: new Float64Array(fills),
    hasOrders: new Int32Array(fills),
    range: new Float64Array(fills),
    optionRange: new Float64Array(fills),
    standalone: new Float64Array(fills),
    fractionCount: new Int32Array(OPTION_BLOCKS_MAX),
    fraction: new Float64Array(OPTION_BLOCKS_MAX * FRACTIONS_MAX),
    loss: new Float64Array(OPTION_BLOCKS_MAX * FRACTIONS_MAX * VOL_STATES),
    fallBound: new Float64Array(OPTION_BLOCKS_MAX * VOL_STATES),
    riseBound: new Float64Array(OPTION_BLOCKS_MAX * VOL_STATES),
  };
}

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

/** What an underlying with options loses at a fraction of its range, by state of volatility. */
export interface LegLoss {
  /** At the worst of the fills; negative is a gain. */
  readonly worst: Float64Array;
  /** Squared standalone margin of the fill that gains and needs most; 0 when none gains. */
  readonly square: Float64Array;
  /** Row of the fill that decided `worst`. */
  readonly fill: Int32Array;
}

export function createLegLoss(): LegLoss {
  return {
    worst: new Float64Array(VOL_STATES),
    square: new Float64Array(VOL_STATES),
    fill: new Int32Array(VOL_STATES),
  };
}
