import { DAY_MS, HOUR_MS } from '../../../units/time.ts';
import type { AssetStudy } from '../assetStudy.ts';
import { HISTOGRAM_REACH, HISTOGRAM_STEPS } from '../coverage.ts';
import { FIXED_SHOCK } from '../rivals.ts';
import type { StressRow } from '../stressWindows.ts';
import type { Week } from '../weekly.ts';
import { escapeHtml } from './table.ts';
import { percent } from './words.ts';

const WIDTH = 720;
const LEFT = 52;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 22;

/** A drawing with its axes: `x` and `y` put a value into it. */
interface Frame {
  readonly height: number;
  x(value: number): number;
  y(value: number): number;
}

function frameOf(height: number, [x0, x1]: [number, number], [y0, y1]: [number, number]): Frame {
  return {
    height,
    x: (value) => round(LEFT + ((value - x0) / (x1 - x0)) * (WIDTH - LEFT - RIGHT)),
    y: (value) => round(height - BOTTOM - ((value - y0) / (y1 - y0)) * (height - TOP - BOTTOM)),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function figure({ height }: Frame, parts: readonly string[], caption: string): string {
  const label = escapeHtml(caption);
  return `<figure><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">${parts.join('')}</svg><figcaption>${label}</figcaption></figure>`;
}

/** What held against what happened: the range as a band, the week's largest moves as bars, breaches as dots. */
export function rangePlot({ market, weeks, tapes, horizonHoursMin }: AssetStudy): string {
  const reach = Math.max(...weeks.flatMap((week) => [week.rangeMax, week.fallMax, week.riseMax])) * 1.05;
  const frame = frameOf(200, timeSpan(weeks), [-reach, reach]);
  const bars = weeks.map(
    (week) =>
      `<path class="${week.isBreached ? 'breach' : 'move'}" d="M${frame.x(week.fromMs)} ${frame.y(-week.fallMax)}V${frame.y(week.riseMax)}"/>`,
  );
  const dots = weeks
    .filter(({ isBreached }) => isBreached)
    .map((week) => {
      const worst = week.fallMax > week.riseMax ? -week.fallMax : week.riseMax;
      return `<circle class="breach-dot" cx="${frame.x(week.fromMs)}" cy="${frame.y(worst)}" r="3"/>`;
    });
  const parts = [
    ...yearMarks(frame, weeks),
    ...levels(
      frame,
      [-reach, 0, reach].map((level) => level / 1.05),
    ),
    stepLine(frame, weeks, 'range', (week) => week.rangeMax),
    stepLine(frame, weeks, 'range', (week) => -week.rangeMax),
    ...bars,
    ...dots,
  ];
  const horizons = tapes.map(({ barMs }) => Math.max(barMs / HOUR_MS, horizonHoursMin));
  const hours = [...new Set(horizons)].sort((a, b) => a - b).join(' or ');
  return figure(
    frame,
    parts,
    `${market.asset}: largest rise and fall over ${hours} h (as its bars allow) in each week (bars) inside the widest maintenance range of that week (lines); weeks with a breach are marked`,
  );
}

/** Initial margin of a small position over time, against the fixed shock. */
export function marginPlot({ market, weeks }: AssetStudy): string {
  const reach = Math.max(FIXED_SHOCK, ...weeks.map((week) => week.initialMax)) * 1.08;
  const frame = frameOf(160, timeSpan(weeks), [0, reach]);
  const fixed = frame.y(FIXED_SHOCK);
  const parts = [
    ...yearMarks(frame, weeks),
    ...levels(frame, [0, reach / 1.08]),
    `<path class="fixed" d="M${LEFT} ${fixed}H${WIDTH - RIGHT}"/>`,
    `<text x="${WIDTH - RIGHT}" y="${fixed - 4}" text-anchor="end">fixed 16 %</text>`,
    stepLine(frame, weeks, 'highest', (week) => week.initialMax),
    stepLine(frame, weeks, 'mean', (week) => week.initialSum / week.bars),
  ];
  return figure(
    frame,
    parts,
    `${market.asset}: initial margin of a small position, mean of each week (solid) and highest hour (thin)`,
  );
}

/** Moves as shares of the range that stood against them, on a logarithmic count. */
export function histogramPlot(name: string, histogram: ArrayLike<number>): string {
  const counts = Array.from(histogram, (bin) => bin);
  const tallest = Math.log10(Math.max(10, ...counts));
  const frame = frameOf(160, [-HISTOGRAM_REACH, HISTOGRAM_REACH], [0, tallest * 1.05]);
  const width = (frame.x(1) - frame.x(0)) / HISTOGRAM_STEPS;
  const bars = counts.flatMap((bin, place) => {
    if (bin === 0) return [];
    const from = place / HISTOGRAM_STEPS - HISTOGRAM_REACH;
    const isPast = from >= 1 || from < -1;
    // A bin of one still shows: its bar stands on a tenth of a decade.
    const top = frame.y(Math.max(0.1, Math.log10(bin)));
    return [
      `<rect class="${isPast ? 'past' : 'inside'}" x="${frame.x(from)}" y="${top}" width="${round(width * 0.85)}" height="${round(frame.y(0) - top)}"/>`,
    ];
  });
  const marks = [-1, -0.6, 0, 0.6, 1].map((ratio) => mark(frame, ratio, ratio.toFixed(1)));
  const decades = Array.from({ length: Math.floor(tallest) + 1 }, (_, power) => {
    const y = frame.y(power);
    return `<path class="grid" d="M${LEFT} ${y}H${WIDTH - RIGHT}"/><text x="${LEFT - 4}" y="${y + 4}" text-anchor="end">${10 ** power}</text>`;
  });
  return figure(
    frame,
    [...decades, ...marks, ...bars],
    `${name}: moves at the shortest horizon ÷ range, falls left, rises right; 0.6 is maintenance margin, 1 the range; outermost bars hold what lies beyond; counts are logarithmic`,
  );
}

/** Bars of what went further end at the edge; the table has the number. */
const REACH_MAX = 8;

/** Worst move of each asset as a share of its range; the worst trade inside as a thin bar. */
export function stressPlot(rows: readonly StressRow[]): string {
  const line = 15;
  const worst = rows.map(({ worst: { move, range }, worstWickRatio }) => ({
    close: Math.abs(move) / range,
    wick: worstWickRatio,
  }));
  const reach = Math.min(
    REACH_MAX,
    Math.max(1.2, ...worst.map((row) => Math.max(row.close, row.wick))) * 1.02,
  );
  const frame = frameOf(rows.length * line + TOP + BOTTOM, [0, reach], [0, 1]);
  const bars = rows.map(({ asset }, place) => {
    const y = TOP + place * line;
    const close = Math.min(reach, worst[place]!.close);
    const wick = Math.min(reach, worst[place]!.wick);
    return [
      `<text x="${LEFT - 4}" y="${y + 10}" text-anchor="end">${escapeHtml(asset)}</text>`,
      `<rect class="wick" x="${LEFT}" y="${y + 5}" width="${round(frame.x(wick) - LEFT)}" height="3"/>`,
      `<rect class="${close > 1 ? 'past' : 'inside'}" x="${LEFT}" y="${y + 2}" width="${round(frame.x(close) - LEFT)}" height="9"/>`,
    ].join('');
  });
  const marks = [0.6, 1].map((ratio) => mark(frame, ratio, ratio.toFixed(1)));
  return figure(
    frame,
    [...marks, ...bars],
    'Worst move ÷ range by closing price (thick) and by worst trade (thin); 0.6 is maintenance margin, 1 the range',
  );
}

function mark(frame: Frame, value: number, label: string): string {
  const x = frame.x(value);
  const bottom = frame.height - BOTTOM;
  return `<path class="limit" d="M${x} ${TOP}V${bottom}"/><text x="${x}" y="${frame.height - 6}" text-anchor="middle">${label}</text>`;
}

function timeSpan(weeks: readonly Week[]): [number, number] {
  return [weeks[0]!.fromMs, weeks[weeks.length - 1]!.fromMs + 7 * DAY_MS];
}

function yearMarks(frame: Frame, weeks: readonly Week[]): string[] {
  const [fromMs, untilMs] = timeSpan(weeks);
  const first = new Date(fromMs).getUTCFullYear() + 1;
  const last = new Date(untilMs).getUTCFullYear();
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => {
    const x = frame.x(Date.UTC(first + place, 0, 1));
    return `<path class="grid" d="M${x} ${TOP}V${frame.height - BOTTOM}"/><text x="${x}" y="${frame.height - 6}" text-anchor="middle">${first + place}</text>`;
  });
}

function levels(frame: Frame, values: readonly number[]): string[] {
  return values.map((value) => {
    const y = frame.y(value);
    return `<path class="grid" d="M${LEFT} ${y}H${WIDTH - RIGHT}"/><text x="${LEFT - 4}" y="${y + 4}" text-anchor="end">${percent(value, 0)}</text>`;
  });
}

/** A line that is interrupted where weeks are missing. */
function stepLine(frame: Frame, weeks: readonly Week[], style: string, read: (week: Week) => number): string {
  const path = weeks.map((week, place) => {
    const isNew = place === 0 || week.fromMs - weeks[place - 1]!.fromMs > 8 * DAY_MS;
    return `${isNew ? 'M' : 'L'}${frame.x(week.fromMs)} ${frame.y(read(week))}`;
  });
  return `<path class="line ${style}" d="${path.join('')}"/>`;
}
