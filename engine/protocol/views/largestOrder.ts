import type { ErrorView } from '../errors.ts';

/** The largest size of an order that would be accepted if it were the next command. */
export interface LargestOrderView {
  seq: number;
  timeMs: number;
  /** Of a scale, of all its orders together; 0 when no size passes. */
  lots: number;
  /**
   * What one lot more would be told. Undefined where it would pass: `lots` is the bound that was asked with, or all
   * that a reduce-only order can close.
   */
  refusal: ErrorView | undefined;
}
