import { formatPercent } from './format.ts';

/** Above it a share is only known to be far more than all that trades. */
const SAID_PPM = 9_990_000;

/**
 * How much of what trades an order is, in ppm; undefined while either is not known or nothing traded.
 *
 * @param valueUsd of the order, micro-USD
 * @param volumeUsd of a minute or a day, micro-USD
 */
export function participationPpm(
  valueUsd: number | undefined,
  volumeUsd: number | undefined,
): number | undefined {
  if (valueUsd === undefined || volumeUsd === undefined || volumeUsd <= 0) return undefined;
  return (valueUsd / volumeUsd) * 1_000_000;
}

/** `18.9%`, `0.04%`, `> 999%`. */
export function participationText(ppm: number): string {
  if (ppm > SAID_PPM) return '> 999%';
  return formatPercent(ppm, ppm > 0 && ppm < 1_000 ? 2 : 1);
}
