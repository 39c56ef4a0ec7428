import { UNDERLYINGS_MAX } from './parameters.ts';

/** Which correlation set moved the others in a scenario. */
export const CorrelationSet = { low: 0, high: 1 } as const;
export type CorrelationSet = (typeof CorrelationSet)[keyof typeof CorrelationSet];

/** What decided a scan: a scenario, or one of the two bounds around all scenarios. */
export const ScanDecision = { empty: 0, epicentre: 1, altGap: 2, floor: 3, cap: 4 } as const;
export type ScanDecision = (typeof ScanDecision)[keyof typeof ScanDecision];

/** What each leg does when its underlying moves one way by the whole range. */
export interface Direction {
  /** −1 for the fall, 1 for the rise. */
  readonly sign: number;
  /** Loss at the worst of the fills; negative is a gain. */
  readonly signed: Float64Array;
  /** `signed` split in two, so that the inner loop has no branch. */
  readonly loss: Float64Array;
  readonly gain: Float64Array;
  /** Squared standalone margin of the fill that would gain most; 0 when none would. */
  readonly square: Float64Array;
  lossSum: number;
}

/**
 * Working space of a scan and the record of what decided it. One per thread, reused for every check.
 *
 * Leg columns hold `count` rows: the rows of the portfolio that carry risk, in ascending underlying id.
 */
export interface ScanScratch {
  count: number;
  readonly underlying: Int32Array;
  /** Row of the portfolio that the leg stands for. */
  readonly row: Int32Array;
  readonly fall: Direction;
  readonly rise: Direction;
  /** What the leg would need alone: the larger loss of `fall` and `rise`, never negative. */
  readonly standalone: Float64Array;
  /** Range after all bids are filled; equals `rangeAsks` without open orders. */
  readonly rangeBids: Float64Array;
  readonly rangeAsks: Float64Array;
  standaloneSum: number;
  standaloneMax: number;
  /** Some leg has open orders that count. */
  hasOrders: boolean;
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
  /** The positions alone were worse than the positions with every order at its worst. */
  isWithoutOrders: boolean;
}

function column(): Float64Array {
  return new Float64Array(UNDERLYINGS_MAX);
}

function createDirection(sign: number): Direction {
  return { sign, signed: column(), loss: column(), gain: column(), square: column(), lossSum: 0 };
}

export function createScanScratch(): ScanScratch {
  return {
    count: 0,
    underlying: new Int32Array(UNDERLYINGS_MAX),
    row: new Int32Array(UNDERLYINGS_MAX),
    fall: createDirection(-1),
    rise: createDirection(1),
    standalone: column(),
    rangeBids: column(),
    rangeAsks: column(),
    standaloneSum: 0,
    standaloneMax: 0,
    hasOrders: false,
    scan: 0,
    decision: ScanDecision.empty,
    worst: 0,
    epicentre: -1,
    fraction: 0,
    set: CorrelationSet.low,
    isWithoutOrders: false,
  };
}
