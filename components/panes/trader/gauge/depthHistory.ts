import type { MarginSampleView } from '../../../../engine/protocol/views/accounts.ts';
import type { DistanceView } from '../../../../engine/protocol/views/margin.ts';
import { DAY_MS, MINUTE_MS } from '../../../../engine/units/time.ts';
import { createKeyedStore } from '../../../../lib/stores/keyedStore.ts';

/** The nearest an account came to liquidation in one minute, as this browser saw it. */
export interface DepthSample {
  minute: number;
  sigmas: number;
}

const MINUTES_KEPT = DAY_MS / MINUTE_MS;
/** As far as the engine looks: "no risk" and "beyond" are depths too. */
const DEEPEST_SIGMAS = 100;
const SHORTEST_SPAN_MS = 10 * MINUTE_MS;

/**
 * By account. The last day, oldest first: what the desk kept since it started, and what this browser saw and kept over
 * a reload. Minutes that nobody looked are left out.
 */
export const depthHistories = createKeyedStore<number, readonly DepthSample[]>();

/** Notes where an account stands now. Only a new minute or a new low of this one changes anything. */
export function recordDepth(account: number, nowMs: number, distance: DistanceView): void {
  const before = depthHistories.latest(account) ?? readKept(account);
  const after = withSample(before, Math.floor(nowMs / MINUTE_MS), depthOf(distance));
  if (after === before && depthHistories.latest(account) !== undefined) return;
  depthHistories.set(account, after);
  if (after.at(-1)?.minute !== before.at(-1)?.minute) keep(account, after);
}

/** Adds what the desk kept. Of a minute both know, the lower counts. */
export function addDeskDepths(account: number, samples: readonly MarginSampleView[]): void {
  const before = depthHistories.latest(account) ?? readKept(account);
  const after = merged(before, samples);
  if (after.length !== before.length) keep(account, after);
  depthHistories.set(account, after);
}

export function merged(
  own: readonly DepthSample[],
  desk: readonly MarginSampleView[],
): readonly DepthSample[] {
  const byMinute = new Map(own.map(({ minute, sigmas }) => [minute, sigmas]));
  for (const { timeMs, sigmas } of desk) {
    const minute = Math.floor(timeMs / MINUTE_MS);
    const depth = sigmas < 0 ? DEEPEST_SIGMAS : Math.min(sigmas, DEEPEST_SIGMAS);
    byMinute.set(minute, Math.min(depth, byMinute.get(minute) ?? depth));
  }
  return [...byMinute]
    .map(([minute, sigmas]) => ({ minute, sigmas }))
    .sort((a, b) => a.minute - b.minute)
    .slice(-MINUTES_KEPT);
}

function depthOf({ state, sigmas }: DistanceView): number {
  return state === 'noRisk' ? DEEPEST_SIGMAS : Math.min(sigmas, DEEPEST_SIGMAS);
}

export function withSample(
  samples: readonly DepthSample[],
  minute: number,
  sigmas: number,
): readonly DepthSample[] {
  const last = samples.at(-1);
  if (last !== undefined && last.minute === minute) {
    return last.sigmas <= sigmas ? samples : [...samples.slice(0, -1), { minute, sigmas }];
  }
  const kept = samples.filter((sample) => sample.minute > minute - MINUTES_KEPT && sample.minute < minute);
  return [...kept, { minute, sigmas }];
}

export interface DepthPicture {
  /** Lowest of each bin, oldest first; undefined where nobody measured. */
  bins: (number | undefined)[];
  /** First measurement in the picture. */
  sinceMs: number;
  low: number;
  isWholeDay: boolean;
}

/** The history as so many columns, ending now. A short one fills the width, down to ten minutes. */
export function depthPicture(
  samples: readonly DepthSample[],
  nowMs: number,
  columns: number,
): DepthPicture | undefined {
  const first = samples[0];
  if (first === undefined || columns < 2) return undefined;
  const sinceMs = first.minute * MINUTE_MS;
  const spanMs = Math.min(DAY_MS, Math.max(SHORTEST_SPAN_MS, nowMs - sinceMs));
  const bins: (number | undefined)[] = Array.from({ length: columns }, () => undefined);
  for (const { minute, sigmas } of samples) {
    const startMs = minute * MINUTE_MS;
    // A minute may be wider than a column: it fills all it covers.
    const from = columnOf(startMs, nowMs, spanMs, columns);
    const to = columnOf(Math.min(nowMs, startMs + MINUTE_MS), nowMs, spanMs, columns);
    for (let bin = Math.max(0, from); bin <= to; bin++) {
      bins[bin] = Math.min(bins[bin] ?? sigmas, sigmas);
    }
  }
  return {
    bins,
    sinceMs,
    low: Math.min(...samples.map((sample) => sample.sigmas)),
    isWholeDay: nowMs - sinceMs >= DAY_MS - SHORTEST_SPAN_MS,
  };
}

function columnOf(timeMs: number, nowMs: number, spanMs: number, columns: number): number {
  return Math.min(columns - 1, Math.round(((timeMs - nowMs) / spanMs + 1) * (columns - 1)));
}

const keyOf = (account: number) => `ballast.depths.${account}`;

/** Text of `minute:σ×1000` pairs: a day is 20 kB as JSON objects and 8 kB like this. */
export function packed(samples: readonly DepthSample[]): string {
  return samples.map(({ minute, sigmas }) => `${minute}:${Math.round(sigmas * 1_000)}`).join(' ');
}

export function unpacked(text: string): DepthSample[] {
  const pairs = text.split(' ').map((pair) => pair.split(':').map(Number));
  return pairs
    .filter(([minute, milli]) => Number.isSafeInteger(minute) && Number.isSafeInteger(milli))
    .map(([minute = 0, milli = 0]) => ({ minute, sigmas: milli / 1_000 }));
}

function readKept(account: number): readonly DepthSample[] {
  try {
    return unpacked(localStorage.getItem(keyOf(account)) ?? '');
  } catch {
    // A browser that keeps nothing has a shorter history, and the label says since when.
    return [];
  }
}

function keep(account: number, samples: readonly DepthSample[]): void {
  try {
    localStorage.setItem(keyOf(account), packed(samples));
  } catch {
    // See readKept.
  }
}
