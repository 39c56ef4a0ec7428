import { UnderlyingClass } from '../../protocol/enums.ts';

/** Of a node's two sets of limits: the soft one asks for an approval, the hard one refuses whatever was approved. */
export const SOFT = 0;
export const HARD = 1;
export type Severity = typeof SOFT | typeof HARD;

/** A node with limits. Rows of the tables below are found from its row number. */
export const LIMITED_NODE_LAYOUT = {
  node: 'i32',
  /** The next row above it in the tree, NONE for none: an order walks these and no node between them. */
  above: 'i32',
  /** Whether some limit is on a sum over underlyings; 0 spares orders the sum. */
  hasSums: 'i32',
  /** Orders accepted in the minute (timeMs ÷ 1 min) of the last one. */
  minute: 'f64',
  orderCount: 'f64',
  /** Whether some limit is read off what its accounts are worth: ticks look at them. */
  isWatched: 'i32',
  /** What its accounts are worth as far as they were looked at, micro-USD. */
  worthUsd: 'f64',
  /** What its accounts have lost this day as far as they were looked at, micro-USD; a gain is negative. */
  dayLossUsd: 'f64',
  /** Limits of the day's loss that people were told of this day: 0 none, 1 the soft one, 2 the hard one. */
  dayLossTold: 'i32',
} as const;

/** Limits of one severity, Infinity for none. Money in micro-USD. Row = limited node × 2 + severity. */
export const LIMIT_LAYOUT = {
  gross: 'f64',
  net: 'f64',
  order: 'f64',
  ordersPerMinute: 'f64',
  /** Loss of a day after which nothing is opened. */
  dayLoss: 'f64',
  /** Largest gross over worth, ppm. */
  leveragePpm: 'f64',
  /** Largest share of gross that one underlying may have, ppm, once gross is over the floor. */
  concentrationPpm: 'f64',
  concentrationFloor: 'f64',
  /** Bit by InstrumentKind: which may be traded. */
  kinds: 'i32',
} as const;

/** Row = (limited node × 2 + severity) × UNDERLYING_CLASSES + class. */
export const CLASS_LIMIT_LAYOUT = { gross: 'f64', net: 'f64' } as const;

/** Row = (limited node × 2 + severity) × underlyings + underlying. */
export const ASSET_LIMIT_LAYOUT = { gross: 'f64', net: 'f64', isAllowed: 'i32' } as const;

/**
 * What the accounts at a limited node and below it could come to hold of an underlying, 1e-6 coins, whatever fills and
 * in which order. Spot counts as nothing, an option as the coins it is written on, a put against them.
 *
 * - `gross`: Σ over positions of the larger of max(lots, 0) + open bids and max(−lots, 0) + open asks. A position may
 *   be closed at any time by an order that is reduce-only, so an ask is not counted against what is held.
 * - `up`, `down`: Σ (lots + open bids) and Σ (open asks − lots), where positions offset each other.
 *
 * Row = limited node × underlyings + underlying.
 */
export const REACH_LAYOUT = { gross: 'f64', up: 'f64', down: 'f64' } as const;

/** Nodes that may have limits at a time, in a desk that has as many nodes. */
export const LIMITED_NODES_MAX = 4_096;

/** Classes an underlying may be of. */
export const UNDERLYING_CLASSES = Object.keys(UnderlyingClass).length;
