import type { MarginSampleView } from '../protocol/views/accounts.ts';
import type { MarginWindowRecord } from '../records/views.ts';
import { MINUTE_MS } from '../units/time.ts';

/** What is kept over a restart is the worst of so many minutes, and which of them somebody looked in. */
const WINDOW_MINUTES = 5;
export const WINDOW_MS = WINDOW_MINUTES * MINUTE_MS;

/** Distances are kept to a ten-thousandth of a σ. */
const SIGMAS_SCALE = 10_000;

export function windowStartMs(timeMs: number): number {
  return Math.floor(timeMs / WINDOW_MS) * WINDOW_MS;
}

/** The worse of two looks at one account. Nothing at risk is the best there is, an infinite ratio the worst. */
export function worseOf(a: MarginSampleView, b: MarginSampleView): MarginSampleView {
  return {
    timeMs: a.timeMs,
    sigmas: a.sigmas < 0 || b.sigmas < 0 ? Math.max(a.sigmas, b.sigmas) : Math.min(a.sigmas, b.sigmas),
    ratioPpm: a.ratioPpm < 0 || b.ratioPpm < 0 ? -1 : Math.max(a.ratioPpm, b.ratioPpm),
  };
}

/** The worst of each window, dated at its start; a window in which nobody looked is not there. */
export function byWindow(samples: readonly MarginSampleView[]): MarginSampleView[] {
  const worst = new Map<number, MarginSampleView>();
  for (const sample of samples) {
    const timeMs = windowStartMs(sample.timeMs);
    const known = worst.get(timeMs);
    worst.set(timeMs, known === undefined ? { ...sample, timeMs } : worseOf(known, sample));
  }
  return [...worst.values()];
}

/** One account's minutes as the records keep them. */
export function windowsOf(account: number, samples: readonly MarginSampleView[]): MarginWindowRecord[] {
  const seen = new Map<number, number>();
  for (const { timeMs } of samples) {
    const startMs = windowStartMs(timeMs);
    seen.set(startMs, (seen.get(startMs) ?? 0) | (1 << ((timeMs - startMs) / MINUTE_MS)));
  }
  return byWindow(samples).map(({ timeMs, sigmas, ratioPpm }) => ({
    account,
    startMs: timeMs,
    sigmasE4: sigmas < 0 ? -1 : Math.floor(sigmas * SIGMAS_SCALE),
    ratioPpm,
    seenMinutes: seen.get(timeMs)!,
  }));
}

/** The minutes of a window in which somebody looked, each as bad as the worst of them: which it was is not kept. */
export function minutesOf({
  startMs,
  sigmasE4,
  ratioPpm,
  seenMinutes,
}: MarginWindowRecord): MarginSampleView[] {
  const sigmas = sigmasE4 < 0 ? -1 : sigmasE4 / SIGMAS_SCALE;
  return Array.from({ length: WINDOW_MINUTES }, (_, minute) => minute)
    .filter((minute) => (seenMinutes & (1 << minute)) !== 0)
    .map((minute) => ({ timeMs: startMs + minute * MINUTE_MS, sigmas, ratioPpm }));
}
