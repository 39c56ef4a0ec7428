import type { SetSurface } from '../../protocol/commands/types.ts';
import { DAY_MS } from '../../units/time.ts';

const YEAR_MS = 365 * DAY_MS;

/**
 * Shape of the smile: how far it leans to puts, and how curved it is. With a curvature that falls with the
 * root of variance, no slice has a butterfly and no two of them a calendar spread: Gatheral and Jacquier,
 * "Arbitrage-free SVI volatility surfaces", 2014, theorem 4.2 and 4.1.
 */
const LEAN = -0.15;
const CURVATURE = 0.7;

/** Variance of the last hours: an expiry that is minutes away keeps a smile that can be written in 1e-8. */
const LEFT_MS_MIN = DAY_MS / 8;

const E8 = 100_000_000;

/**
 * The slice of an expiry on a surface that has one volatility at the money for all of them.
 *
 * @param volYear volatility at the money, 0.5 is 50 % of a year
 */
export function smileAt(
  volYear: number,
  leftMs: number,
): Pick<SetSurface, 'aE8' | 'bE8' | 'rhoE8' | 'mE8' | 'sigmaE8'> {
  const variance = (volYear * volYear * Math.max(leftMs, LEFT_MS_MIN)) / YEAR_MS;
  const phi = CURVATURE / Math.sqrt(variance);
  const rest = 1 - LEAN * LEAN;
  return {
    aE8: Math.round(E8 * (variance / 2) * rest),
    bE8: Math.round(E8 * (variance / 2) * phi),
    rhoE8: Math.round(E8 * LEAN),
    mE8: Math.round((E8 * -LEAN) / phi),
    sigmaE8: Math.round((E8 * Math.sqrt(rest)) / phi),
  };
}
