import type { ReadDistanceView } from '../../engine/protocol/views/firmRisk.ts';
import { formatSigmas } from '../format.ts';

/** Past this a distance is only known to be large. */
const SIGMAS_SHOWN = 9;

/** A distance to liquidation in σ-days, the same on every screen of the desk: `2.68`, `> 9`. */
export function distanceText({ state, sigmas }: Pick<ReadDistanceView, 'state' | 'sigmas'>): string {
  return state === 'beyond' || sigmas > SIGMAS_SHOWN ? `> ${SIGMAS_SHOWN}` : formatSigmas(sigmas);
}
