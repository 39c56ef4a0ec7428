import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import { STABLE_COINS } from './markets.ts';
import { DataError, readTape } from './readTape.ts';
import { hourOf } from './report/words.ts';
import { firstAtOrAfter, sliceTape, stretchesOf, type Tape } from './tape.ts';

/** All tapes of one asset, in order of time and never two of the same hour. */
export interface AssetTapes {
  readonly asset: string;
  readonly tapes: readonly Tape[];
}

/** What was read, and every place where it was not taken as it stands. */
export interface DataSet {
  readonly assets: readonly AssetTapes[];
  readonly notes: readonly string[];
}

/** From the best source of an hour to the worst: a later one only fills what is still missing. */
const sources = [
  { folder: 'perp-1h-2020-2024', source: 'perpetual, 1 h', barMs: HOUR_MS, dropLast: false },
  { folder: 'perp-1h-2025-2026', source: 'perpetual, 1 h', barMs: HOUR_MS, dropLast: true },
  { folder: 'spot-1h-2021-2023', source: 'spot, 1 h', barMs: HOUR_MS, dropLast: false },
  { folder: 'perp-4h-2024-2026', source: 'perpetual, 4 h', barMs: 4 * HOUR_MS, dropLast: true },
] as const;

/** Highs that no second venue saw. They are cut back to the closes around them, and said so. */
const outlierHighs = [{ asset: 'ETH', folder: 'perp-1h-2020-2024', timeMs: Date.UTC(2020, 2, 13, 2) }];

const SUFFIX = 'USDT.csv.gz';

/**
 * Reads `DIR/ohlcv`, one file at a time.
 *
 * @fails DataError when the folder is not there or a file is not what its header says
 */
export function readDataSet(dataDir: string): DataSet {
  const ohlcv = path.join(dataDir, 'ohlcv');
  const found = sources.filter(({ folder }) => existsSync(path.join(ohlcv, folder)));
  if (found.length === 0) {
    throw new DataError(
      `There is no market data in ${ohlcv}. Say where it is: npm run backtest -- --data DIR, with DIR/ohlcv/${sources[0].folder} in it.`,
    );
  }
  const byAsset = new Map<string, Tape[]>();
  const notes: string[] = [];
  for (const from of found) {
    for (const name of readdirSync(path.join(ohlcv, from.folder)).sort()) {
      if (!name.endsWith(SUFFIX)) continue;
      const asset = name.slice(0, -SUFFIX.length);
      if (STABLE_COINS.includes(asset)) continue;
      const tape = readTape({ file: path.join(ohlcv, from.folder, name), asset, ...from });
      notes.push(...cutOutliers(tape, from.folder), ...holesOf(tape));
      const before = byAsset.get(asset) ?? [];
      byAsset.set(asset, [...before, ...missingParts(tape, before)]);
    }
  }
  const assets = [...byAsset].map(([asset, tapes]) => ({
    asset,
    tapes: tapes.sort((a, b) => a.timesMs[0]! - b.timesMs[0]!),
  }));
  assets.sort((a, b) => (a.asset < b.asset ? -1 : 1));
  return { assets, notes };
}

/** The parts of a tape before, between and after those that are already there; scraps under a week are left. */
export function missingParts(tape: Tape, before: readonly Tape[]): Tape[] {
  const taken = before
    .map(({ timesMs, barMs }) => ({ fromMs: timesMs[0]!, untilMs: timesMs[timesMs.length - 1]! + barMs }))
    .sort((a, b) => a.fromMs - b.fromMs);
  const parts: Tape[] = [];
  let fromMs = Number.NEGATIVE_INFINITY;
  for (const span of [...taken, { fromMs: Number.POSITIVE_INFINITY, untilMs: 0 }]) {
    // A bar that reaches into better data would count its first hours twice.
    const part = sliceTape(tape, fromMs, span.fromMs - tape.barMs + 1);
    if (part.timesMs.length * tape.barMs >= 7 * DAY_MS) parts.push(part);
    fromMs = span.untilMs;
  }
  return parts;
}

function cutOutliers(tape: Tape, folder: string): string[] {
  return outlierHighs
    .filter((outlier) => outlier.asset === tape.asset && outlier.folder === folder)
    .flatMap(({ timeMs }) => {
      const bar = firstAtOrAfter(tape.timesMs, timeMs);
      if (tape.timesMs[bar] !== timeMs || bar === 0) return [];
      const printed = tape.high[bar]!;
      const closes = Math.max(tape.close[bar - 1]!, tape.close[bar]!);
      tape.high[bar] = closes;
      const over = Math.round((printed / closes - 1) * 100);
      return [`${tape.asset} ${hourOf(timeMs)}: a high ${over} % over the closes around it was cut to them.`];
    });
}

function holesOf(tape: Tape): string[] {
  const { asset, source, timesMs, barMs } = tape;
  const notes: string[] = [];
  let outages = 0;
  for (let bar = 1; bar < timesMs.length; bar++) {
    const holeMs = timesMs[bar]! - timesMs[bar - 1]! - barMs;
    if (holeMs > 0 && holeMs <= DAY_MS) outages++;
  }
  if (outages > 0) notes.push(`${asset} (${source}): ${outages} outages of hours; no horizon spans one.`);
  for (const { first } of stretchesOf(tape, DAY_MS).slice(1)) {
    const days = Math.round((timesMs[first]! - timesMs[first - 1]!) / DAY_MS);
    notes.push(
      `${asset} (${source}): no price for ${days} days until ${hourOf(timesMs[first]!)}; starts anew.`,
    );
  }
  return notes;
}
