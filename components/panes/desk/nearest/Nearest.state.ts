import type { AccountRiskView, ReadDistanceView } from '../../../../engine/protocol/views/firmRisk.ts';
import { isAtRisk } from '../../../../lib/firm/tree.ts';

/** The axis ends here; what is farther stands at its end. */
export const AXIS_SIGMAS = 6;
/** A list for people: of a thousand accounts these are looked at. */
const SHOWN_MAX = 40;
/** A distance that was measured longer ago than this is no news. */
const OLD_MS = 10_000;

/** Those that are at risk, the nearest first; one that is being liquidated before all. */
export function nearestFirst(accounts: readonly AccountRiskView[]): AccountRiskView[] {
  return accounts
    .filter(isAtRisk)
    .sort((a, b) => lengthOf(a) - lengthOf(b) || b.ratioPpm - a.ratioPpm || a.account - b.account)
    .slice(0, SHOWN_MAX);
}

function lengthOf({ distance: { state, sigmas } }: AccountRiskView): number {
  if (state === 'liquidatable') return -1;
  return state === 'beyond' ? Number.POSITIVE_INFINITY : sigmas;
}

/** Whether a distance stems from long before the rest of the view. */
export function isOld({ timeMs }: ReadDistanceView, viewMs: number): boolean {
  return viewMs - timeMs > OLD_MS;
}
