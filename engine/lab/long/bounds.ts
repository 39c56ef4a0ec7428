import { assert } from '../../units/assert.ts';
import type { KillReport } from './kill.ts';
import type { SoakReport } from './soak.ts';

/** Of one core, by the desk's process; its chain and its signers are processes of their own. */
const CPU_SHARE_MAX = 0.3;
const JOURNAL_MB_PER_HOUR_MAX = 100;
/**
 * What may rise once half of a run is over and books, tape and candles are full. A desk works off some 150 commands a
 * second: whatever keeps 40 bytes of each, the least an object takes, grows by 21 MB an hour and is found.
 */
const HEAP_MB_PER_HOUR_MAX = 20;
/** The same for memory outside the heap, which comes and goes in the allocator's arenas of 64 MB. */
const RSS_MB_PER_HOUR_MAX = 64;
/** What the lowest of one quarter and of the next differ by where nothing leaks. */
const HEAP_NOISE_MB = 5;
const RSS_NOISE_MB = 32;

/** The desk must be open again within this, on a machine that starts a bare Node within `BARE_START_MS`. */
const RESTART_MS_MAX = 3_000;
const STOP_MS_MAX = 2_000;
/** A machine busy with other things is slower with everything; the bounds stretch with it. */
const BARE_START_MS = 80;

/** @returns a sentence for each bound that a soak broke; none when it held */
export function soakFaults(report: SoakReport): string[] {
  const { cpuShare, journalMbPerHour, booksSeen, crossed, complaints, minutes } = report;
  const quarterHours = minutes / 60 / 4;
  return [
    ...over('processor', cpuShare, CPU_SHARE_MAX, 'of one core'),
    ...over('journal', journalMbPerHour, JOURNAL_MB_PER_HOUR_MAX, 'MB an hour'),
    ...over(
      'heap rose in the last quarter by',
      report.heapRiseMb,
      HEAP_NOISE_MB + HEAP_MB_PER_HOUR_MAX * quarterHours,
      'MB',
    ),
    ...over(
      'resident memory rose in the last quarter by',
      report.rssRiseMb,
      RSS_NOISE_MB + RSS_MB_PER_HOUR_MAX * quarterHours,
      'MB',
    ),
    ...(booksSeen > 0 ? [] : ['no book was seen']),
    ...(crossed === 0 ? [] : [`${crossed} of ${booksSeen} books were crossed`]),
    ...complaints.map((line) => `the desk complained: ${line}`),
  ];
}

/** @returns a sentence for each bound that a test of kills broke; none when it held */
export function killFaults(report: KillReport): string[] {
  const stretch = Math.max(1, report.bareStartMsMax / BARE_START_MS);
  return [
    ...over('slowest restart', report.restartMsMax, RESTART_MS_MAX * stretch, 'ms'),
    ...over('stop', report.stopMs, STOP_MS_MAX * stretch, 'ms'),
    ...(report.lostCount === 0 ? [] : [`${report.lostCount} acknowledged orders were lost`]),
    ...(report.acknowledgedCount > 0 ? [] : ['nothing was acknowledged before a kill']),
  ];
}

/**
 * The report of a run that kept its bounds.
 *
 * @fails AssertionError with every bound that it broke, once the report was said
 */
export function held<R extends object>(
  report: R,
  faultsOf: (report: R) => string[],
  say: (sentence: string) => void,
): R {
  const faults = faultsOf(report);
  if (faults.length > 0) say(JSON.stringify(report, undefined, 2));
  assert(faults.length === 0, faults.join('; '));
  return report;
}

/** What was not measured holds nothing. */
function over(what: string, value: number, most: number, unit: string): string[] {
  if (value <= most) return [];
  return [`${what}: ${Math.round(value * 100) / 100} ${unit} (≤ ${Math.round(most * 100) / 100})`];
}
