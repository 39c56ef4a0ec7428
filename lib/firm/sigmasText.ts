import { formatDistance } from '../format.ts';

/** A distance of a preview: `2.61σ`, `> 99σ`; below 0 there is none to go. */
export function sigmasText(sigmas: number): string {
  return sigmas < 0 ? 'no risk' : `${formatDistance(sigmas)}σ`;
}
