import type { ReadDistanceView } from '../../engine/protocol/views/firmRisk.ts';
import { formatSigmas } from '../format.ts';

/** Past this a distance is only known to be large. */
const SIGMAS_SHOWN = 9;

/** A distance to liquidation in σ-days, the same on every screen of the desk: `2.68`, `> 9`. */
export function distanceText({ state, sigmas }: Pick<ReadDistanceView, 'state' | 'sigmas'>): string {
  return state === 'beyond' || sigmas > SIGMAS_SHOWN ? `> ${SIGMAS_SHOWN}` : formatSigmas(sigmas);
}

/** A distance of a preview: `2.61σ`, `> 9σ`; below 0 there is none to go. */
export function sigmasText(sigmas: number): string {
  if (sigmas < 0) return 'no risk';
  return sigmas > SIGMAS_SHOWN ? `> ${SIGMAS_SHOWN}σ` : `${formatSigmas(sigmas)}σ`;
}
