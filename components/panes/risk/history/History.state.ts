import type { MarginHistoryView, MarginSampleView } from '../../../../engine/protocol/views/accounts.ts';
import { DAY_MS, MINUTE_MS } from '../../../../engine/units/time.ts';
import { formatCount, formatDateTime } from '../../../../lib/format.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';

/** Ends of the two scales: the first that shows the worst of the day, so that a calm day is still a line. */
const DEPTHS_SIGMAS = [4, 10, 40, 100];
const RATIOS_PPM = [100_000, 250_000, 500_000, 1_000_000];
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
  /** A step as long as its minute for each sample, in a box of 1 × 1 from the top left; a new stretch after each gap. */
  points: readonly (readonly [x: number, y: number])[][];
}

export interface HistoryPicture {
  fromMs: number;
  toMs: number;
  /** Joint distance: the surface on top, `deepestSigmas` at the bottom, as in the sounding. */
  depth: HistoryLine;
  deepestSigmas: number;
  /** Maintenance ÷ equity: 0 at the bottom, `topPpm` on top. */
  ratio: HistoryLine;
  topPpm: number;
  /** Smallest distance and largest ratio in it; undefined while nothing was at risk. */
  lowSigmas: number | undefined;
  highRatioPpm: number;
  /** Minutes somebody looked. */
  sampleCount: number;
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
      stretch.flatMap((sample) =>
        [sample.timeMs, sample.timeMs + MINUTE_MS].map(
          (timeMs) => [Math.min(1, Math.max(0, x(timeMs))), y(sample)] as const,
        ),
      ),
    ),
  });
  const depths = samples.filter(({ sigmas }) => sigmas >= 0).map(({ sigmas }) => sigmas);
  const lowSigmas = depths.length === 0 ? undefined : Math.min(...depths);
  const isGone = samples.some(({ ratioPpm }) => ratioPpm < 0);
  const highRatioPpm = isGone ? -1 : Math.max(...samples.map(({ ratioPpm }) => ratioPpm));
  const deepestSigmas = firstAbove(DEPTHS_SIGMAS, lowSigmas ?? 0);
  const topPpm = isGone ? RATIOS_PPM.at(-1)! : firstAbove(RATIOS_PPM, highRatioPpm);
  return {
    fromMs,
    toMs,
    depth: line(({ sigmas }) => (sigmas < 0 ? 1 : Math.min(1, sigmas / deepestSigmas))),
    deepestSigmas,
    ratio: line(({ ratioPpm }) => (ratioPpm < 0 ? 0 : 1 - Math.min(1, ratioPpm / topPpm))),
    topPpm,
    lowSigmas,
    highRatioPpm,
    sampleCount: samples.length,
  };
}

function firstAbove(ends: readonly number[], value: number): number {
  return ends.find((end) => end >= value) ?? ends.at(-1)!;
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

/** Why an extreme of the day is what it is: the worst of each minute, and of all of them. */
export function extremeReason(picture: HistoryPicture, what: 'depth' | 'ratio'): Reason {
  return {
    formula:
      what === 'depth'
        ? 'the smallest joint distance of the last day, of each minute the worst'
        : 'the largest maintenance margin ÷ equity of the last day, of each minute the worst',
    inputs: [
      ['minutes looked at', formatCount(picture.sampleCount)],
      ['from', formatDateTime(picture.fromMs)],
      ['to', formatDateTime(picture.toMs)],
    ],
  };
}
