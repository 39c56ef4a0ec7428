import { type DampedMove, deltaScan } from '../deribit/portfolioMargin.ts';

/** Spot ±16 % in steps of 4 % in full, tails damped. */
export const PARADEX_MOVES: readonly DampedMove[] = [
  ...[-0.16, -0.12, -0.08, -0.04, 0, 0.04, 0.08, 0.12, 0.16].map((move) => ({ move, weight: 1 })),
  { move: -0.66, weight: 0.24 },
  { move: -0.33, weight: 0.48 },
  { move: 0.5, weight: 0.32 },
  { move: 1, weight: 0.16 },
  { move: 2, weight: 0.08 },
  { move: 3, weight: 0.0533 },
  { move: 4, weight: 0.04 },
  { move: 5, weight: 0.032 },
];

/** Smallest requirement per delta, and what maintenance keeps of initial. */
const MIN_DELTA_SHARE = 0.02;
const MAINTENANCE_SHARE = 0.5;

/**
 * Portfolio margin of a delta: its largest loss over the moves, at least 2 % of it; maintenance is half. Fees are not
 * included.
 *
 * @param deltaCoins signed, all perpetuals of one underlying
 * @see https://docs.paradex.trade/risk/portfolio-margin
 * @example long 1 at 100,000 → scan 16,000, initial 16,000, maintenance 8,000
 */
export function deltaMargin(
  deltaCoins: number,
  spot: number,
  moves: readonly DampedMove[] = PARADEX_MOVES,
): { scanUsd: number; minDeltaUsd: number; initialUsd: number; maintenanceUsd: number } {
  const scanUsd = deltaScan(deltaCoins, spot, moves);
  const minDeltaUsd = Math.abs(deltaCoins) * spot * MIN_DELTA_SHARE;
  const initialUsd = Math.max(scanUsd, minDeltaUsd);
  return { scanUsd, minDeltaUsd, initialUsd, maintenanceUsd: initialUsd * MAINTENANCE_SHARE };
}
