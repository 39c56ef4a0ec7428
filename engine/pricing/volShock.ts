import { exp } from './exp.ts';
import { ln } from './ln.ts';

/** Days at which the shocks are what they are called; shorter options move more, longer ones less. */
const REFERENCE_DAYS = 30;
const SHORT_POWER = 0.3;
const LONG_POWER = 0.13;

const UP = 0.5;
const UP_MIN = 0.4;
const DOWN = 0.25;

/**
 * Factors on the volatility in the states up and down.
 *
 * @param days until expiry; less than one counts as one
 * @returns up 1 + max(0.4, 0.5·(30/days)^p), down 1 − 0.25·(30/days)^p, p = 0.30 up to 30 days and 0.13 beyond
 * @see engine/core/margin/README.md
 * @example 30 days → 1.5 and 0.75; 1 day → 2.387 and 0.306
 */
export function volShocks(days: number): { up: number; down: number } {
  const ratio = REFERENCE_DAYS / Math.max(1, days);
  const scale = exp((ratio >= 1 ? SHORT_POWER : LONG_POWER) * ln(ratio));
  return { up: 1 + Math.max(UP_MIN, UP * scale), down: 1 - DOWN * scale };
}
