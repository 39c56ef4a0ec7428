/** The levels of a distance to liquidation, in σ-days, on every screen: amber under the first, red under the second. */
export const WARN_SIGMAS = 3;
export const DANGER_SIGMAS = 1.5;

/** The levels of maintenance ÷ equity: amber from here on, red where liquidation begins. */
export const RATIO_WARN_PPM = 800_000;
export const RATIO_DANGER_PPM = 1_000_000;

export type Level = 'safe' | 'warn' | 'danger';

export function levelOf(sigmas: number): Level {
  if (sigmas < DANGER_SIGMAS) return 'danger';
  return sigmas < WARN_SIGMAS ? 'warn' : 'safe';
}

/** Of an account whose distance says its state too: one that is being liquidated has none left. */
export function distanceLevel({ state, sigmas }: { state: string; sigmas: number }): Level {
  if (state === 'liquidatable') return 'danger';
  return state === 'noRisk' || state === 'beyond' ? 'safe' : levelOf(sigmas);
}

/** @param ratioPpm −1 is infinite: no equity is left */
export function ratioLevel(ratioPpm: number): Level {
  if (ratioPpm < 0 || ratioPpm >= RATIO_DANGER_PPM) return 'danger';
  return ratioPpm >= RATIO_WARN_PPM ? 'warn' : 'safe';
}
