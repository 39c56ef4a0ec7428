import type { MarginHistoryView, MarginSampleView } from '../../../../engine/protocol/views/accounts.ts';
import type { AccountRiskView } from '../../../../engine/protocol/views/firmRisk.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../engine/units/time.ts';

/** What one sample is the worst of. */
const STEP_MS = 5 * MINUTE_MS;
/** As many lines as can be told apart. */
const LINES_MAX = 8;
/** One that is drawn stays until so many others stand higher: lines must not come and go with every second. */
const STAYS_MAX = 12;
/** A desk that has just started does not draw a day of nothing. */
const SPANS_MS = [HOUR_MS, 6 * HOUR_MS, DAY_MS];
/** Tops of the scale: the first that leaves some room over the highest. */
const TOPS_PPM = [50_000, 100_000, 250_000, 500_000, 1_000_000];
const ROOM = 1.1;
const QUARTERS = 4;

/** Accounts to draw, in the order of the tree: those that need the most of their equity. */
export function accountsToDraw(accounts: readonly AccountRiskView[], before: readonly number[]): number[] {
  const ranked = accounts
    .filter(({ ratioPpm }) => ratioPpm !== 0)
    .sort((a, b) => heightOf(b.ratioPpm) - heightOf(a.ratioPpm) || a.account - b.account)
    .map(({ account }) => account);
  const staying = ranked.slice(0, STAYS_MAX).filter((account) => before.includes(account));
  const drawn = [...new Set([...staying, ...ranked])].slice(0, LINES_MAX);
  return accounts.map(({ account }) => account).filter((account) => drawn.includes(account));
}

/** An infinite ratio is higher than any other. */
function heightOf(ratioPpm: number): number {
  return ratioPpm < 0 ? Number.POSITIVE_INFINITY : ratioPpm;
}

export interface MarginLine {
  account: number;
  /** A new stretch after each gap; in a box of 1 × 1 from the top left. */
  stretches: (readonly [x: number, y: number])[][];
  /** The last sample; −1 is infinite. */
  lastPpm: number;
  lastY: number;
}

export interface MarginPicture {
  spanMs: number;
  topPpm: number;
  lines: MarginLine[];
}

/** @returns undefined before the first sample */
export function marginPicture(
  histories: readonly MarginHistoryView[],
  nowMs: number,
): MarginPicture | undefined {
  const all = histories.flatMap(({ samples }) => samples);
  if (all.length === 0) return undefined;
  const oldestMs = Math.min(...all.map(({ timeMs }) => timeMs));
  const spanMs = SPANS_MS.find((span) => nowMs - oldestMs <= span) ?? DAY_MS;
  const highest = all.reduce((most, { ratioPpm }) => Math.max(most, heightOf(ratioPpm)), 0);
  const topPpm = TOPS_PPM.find((top) => top >= highest * ROOM) ?? 1_000_000;
  const x = (timeMs: number) => Math.min(1, Math.max(0, 1 - (nowMs - timeMs) / spanMs));
  const y = (ratioPpm: number) => 1 - Math.min(1, heightOf(ratioPpm) / topPpm);
  const lines = histories.flatMap(({ account, samples }) => {
    const last = samples.at(-1);
    if (last === undefined) return [];
    const stretches = stretchesOf(samples).map((stretch) =>
      stretch.flatMap(({ timeMs, ratioPpm }) =>
        [timeMs, timeMs + STEP_MS].map((atMs) => [x(atMs), y(ratioPpm)] as const),
      ),
    );
    return [{ account, stretches, lastPpm: last.ratioPpm, lastY: y(last.ratioPpm) }];
  });
  return { spanMs, topPpm, lines };
}

/** Minutes nobody looked break a line: what was not seen is not drawn. */
function stretchesOf(samples: readonly MarginSampleView[]): MarginSampleView[][] {
  const all: MarginSampleView[][] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    if (sample.timeMs - lastMs > STEP_MS) all.push([]);
    all.at(-1)!.push(sample);
    lastMs = sample.timeMs;
  }
  return all;
}

/** Quarters of the span, the oldest first: `−24 h`, …, `now`. */
export function timeLabels(spanMs: number): string[] {
  return Array.from({ length: QUARTERS + 1 }, (_, at) => {
    const beforeMs = (spanMs * (QUARTERS - at)) / QUARTERS;
    if (beforeMs === 0) return 'now';
    return beforeMs % HOUR_MS === 0 ? `−${beforeMs / HOUR_MS} h` : `−${beforeMs / MINUTE_MS} min`;
  });
}

/**
 * Heights for labels that want to stand at these: none nearer to another than a line, all within the box, in their order.
 *
 * @param wanted pixels from the top
 */
export function spread(wanted: readonly number[], linePx: number, heightPx: number): number[] {
  const order = wanted.map((_, at) => at).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const placed = [...wanted];
  let least = 0;
  for (const at of order) {
    placed[at] = Math.max(placed[at]!, least);
    least = placed[at] + linePx;
  }
  let most = heightPx;
  for (const at of order.reverse()) {
    placed[at] = Math.min(placed[at]!, most);
    most = placed[at] - linePx;
  }
  return placed;
}
