import {
  createFillLoss,
  createLegLoss,
  createOptionLegs,
  type FillLoss,
  type LegLoss,
  type OptionLegs,
} from './optionScratch.ts';
import { CorrelationSet, UNDERLYINGS_MAX } from './parameters.ts';

/** What decided a scan: a scenario, or one of the two bounds around all scenarios. */
export const ScanDecision = { empty: 0, epicentre: 1, altGap: 2, floor: 3, cap: 4 } as const;
export type ScanDecision = (typeof ScanDecision)[keyof typeof ScanDecision];

/** In place of an epicentre: the alt gap has none. */
export const NO_EPICENTRE = -1;

/** What the book does when underlyings move one way. */
export interface Direction {
  /** −1 for the fall, 1 for the rise. */
  readonly sign: number;
  /** By leg: loss over the whole range at the worst of the fills; negative is a gain. */
  readonly signed: Float64Array;
  /** Σ of the losses among the linear legs, gains left out. */
  lossSum: number;
}

/**
 * Working space of a scan and the record of what decided it. One per thread, reused for every check.
 *
 * Leg columns hold `count` rows: the rows of the portfolio that carry risk, in ascending underlying id.
 */
export interface ScanScratch {
  count: number;
  /** Legs without options come first; behind them those of `optionLegs`. */
  linearCount: number;
  readonly underlying: Int32Array;
  readonly fall: Direction;
  readonly rise: Direction;
  /** What the leg would need alone: the larger loss of the two directions, never negative. */
  readonly standalone: Float64Array;
  standaloneSum: number;
  /** Standalone margin by row of the portfolio; 0 without risk. */
  readonly rowStandalone: Float64Array;
  /** Sum and largest of the standalone margins of what is held, open orders aside. */
  heldSum: number;
  heldMax: number;
  /** Standalone margin from which an epicentre counts in full; open orders fade nothing. */
  fullSize: number;
  /** Share at which the scenarios of the epicentre at hand count. */
  fade: number;
  /** The scan before it is rounded up. */
  scan: number;
  decision: ScanDecision;
  /** Loss of the worst scenario, after fading; a bound may have replaced it. */
  worst: number;
  /** Leg of the worst scenario's epicentre, or -1 for the alt gap. */
  epicentre: number;
  /** Signed share of its range that the epicentre moves. */
  fraction: number;
  set: CorrelationSet;
  /** State of volatility of the worst scenario: same 0, up 1, down 2. */
  volatility: number;
  readonly optionLegs: OptionLegs;
  /** Results of the last look at a fill and at a leg with options. */
  readonly fillLoss: FillLoss;
  readonly legLoss: LegLoss;
}

function createDirection(sign: number): Direction {
  return {
    sign,
    signed: new Float64Array(UNDERLYINGS_MAX),
    lossSum: Number.NaN,
  };
}

/** Numbers start as NaN, not 0: the JavaScript engine then keeps them as doubles from the first scan on. */
export function createScanScratch(): ScanScratch {
  return {
    count: 0,
    linearCount: 0,
    underlying: new Int32Array(UNDERLYINGS_MAX),
    fall: createDirection(-1),
    rise: createDirection(1),
    standalone: new Float64Array(UNDERLYINGS_MAX),
    standaloneSum: Number.NaN,
    rowStandalone: new Float64Array(UNDERLYINGS_MAX),
    heldSum: Number.NaN,
    heldMax: Number.NaN,
    fullSize: Number.NaN,
    fade: Number.NaN,
    scan: Number.NaN,
    decision: ScanDecision.empty,
    worst: Number.NaN,
    epicentre: NO_EPICENTRE,
    fraction: Number.NaN,
    set: CorrelationSet.low,
    volatility: 0,
    optionLegs: createOptionLegs(),
    fillLoss: createFillLoss(),
    legLoss: createLegLoss(),
  };
}
