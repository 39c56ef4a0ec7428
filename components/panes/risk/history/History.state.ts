import type { MarginHistoryView, MarginSampleView } from '../../../../engine/protocol/views/accounts.ts';
import { DAY_MS, MINUTE_MS } from '../../../../engine/units/time.ts';

/** Deeper than this the line lies on its floor: the gauge shows no more either. */
export const SIGMAS_SHOWN = 4;
const PPM = 1_000_000;
/** A line of a few minutes is not stretched over the whole pane. */
const SHORTEST_SPAN_MS = 10 * MINUTE_MS;

/** The worst over several accounts, minute by minute, oldest first. */
export function worstByMinute(histories: readonly MarginHistoryView[]): readonly MarginSampleView[] {
  const worst = new Map<number, MarginSampleView>();
  for (const sample of histories.flatMap(({ samples }) => samples)) {
    const known = worst.get(sample.timeMs);
    worst.set(sample.timeMs, known === undefined ? sample : worseOf(known, sample));
  }
  return [...worst.values()].sort((a, b) => a.timeMs - b.timeMs);
}

function worseOf(a: MarginSampleView, b: MarginSampleView): MarginSampleView {
  return {
    timeMs: a.timeMs,
    sigmas: a.sigmas < 0 || b.sigmas < 0 ? Math.max(a.sigmas, b.sigmas) : Math.min(a.sigmas, b.sigmas),
    ratioPpm: a.ratioPpm < 0 || b.ratioPpm < 0 ? -1 : Math.max(a.ratioPpm, b.ratioPpm),
  };
}

export interface HistoryLine {
  /** Path with `M` at each gap, in a box of 1 × 1 from the top left. */
  points: readonly (readonly [x: number, y: number])[][];
}

export interface HistoryPicture {
  fromMs: number;
  toMs: number;
  /** Joint distance: the surface on top, `SIGMAS_SHOWN` at the bottom, as in the sounding. */
  depth: HistoryLine;
  /** Maintenance ÷ equity: 0 at the bottom, 100 % on top. */
  ratio: HistoryLine;
  /** Smallest distance and largest ratio in it; undefined while nothing was at risk. */
  lowSigmas: number | undefined;
  highRatioPpm: number;
}

/** @returns undefined before the first sample */
export function historyPicture(
  samples: readonly MarginSampleView[],
  nowMs: number,
): HistoryPicture | undefined {
  const [first] = samples;
  if (first === undefined) return undefined;
  const toMs = nowMs;
  const fromMs = Math.max(nowMs - DAY_MS, Math.min(first.timeMs, nowMs - SHORTEST_SPAN_MS));
  const x = (timeMs: number) => (timeMs - fromMs) / (toMs - fromMs);
  const line = (y: (sample: MarginSampleView) => number): HistoryLine => ({
    points: stretches(samples).map((stretch) =>
      stretch.map((sample) => [Math.min(1, Math.max(0, x(sample.timeMs))), y(sample)] as const),
    ),
  });
  const depths = samples.filter(({ sigmas }) => sigmas >= 0).map(({ sigmas }) => sigmas);
  return {
    fromMs,
    toMs,
    depth: line(({ sigmas }) => (sigmas < 0 ? 1 : Math.min(1, sigmas / SIGMAS_SHOWN))),
    ratio: line(({ ratioPpm }) => (ratioPpm < 0 ? 0 : 1 - Math.min(1, ratioPpm / PPM))),
    lowSigmas: depths.length === 0 ? undefined : Math.min(...depths),
    highRatioPpm: samples.some(({ ratioPpm }) => ratioPpm < 0)
      ? -1
      : Math.max(...samples.map(({ ratioPpm }) => ratioPpm)),
  };
}

/** Minutes nobody looked break the line: what was not seen is not drawn. */
function stretches(samples: readonly MarginSampleView[]): MarginSampleView[][] {
  const all: MarginSampleView[][] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    if (sample.timeMs - lastMs > 2 * MINUTE_MS) all.push([]);
    all.at(-1)!.push(sample);
    lastMs = sample.timeMs;
  }
  return all;
}
