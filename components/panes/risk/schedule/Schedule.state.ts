import type {
  MarginScheduleView,
  MultiplierView,
  ScheduledAccountView,
} from '../../../../engine/protocol/views/schedule.ts';
import { formatGreek, formatMinute, formatSignedUsd, formatTime, formatUsd } from '../../../../lib/format.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';

const PPM = 1_000_000;

/** One underlying, what belongs to none, or all of it. */
export interface ScheduleRow {
  id: string;
  label: string;
  /** Undefined for what has no multiplier of its own. */
  multiplier: MultiplierView | undefined;
  nowUsd: number;
  thenUsd: number;
  kind: 'part' | 'total';
}

export interface ScheduleTable {
  rows: readonly ScheduleRow[];
  /** Underlyings neither held nor about to change: each at its multiplier, and none moves. */
  quiet: readonly MultiplierView[];
}

/** Underlyings that are held or about to change, what belongs to none, and the sum: of all accounts given. */
export function scheduleTable(
  { multipliers }: Pick<MarginScheduleView, 'multipliers'>,
  accounts: readonly ScheduledAccountView[],
): ScheduleTable {
  const nowUsd = accounts.reduce((sum, account) => sum + account.nowUsd, 0);
  const thenUsd = accounts.reduce((sum, account) => sum + account.thenUsd, 0);
  const parts = accounts.flatMap((account) => account.parts);
  const partOf = (id: string) => {
    const own = parts.filter(({ underlying }) => underlying === id);
    return {
      isHeld: own.length > 0,
      nowUsd: own.reduce((sum, part) => sum + part.nowUsd, 0),
      thenUsd: own.reduce((sum, part) => sum + part.thenUsd, 0),
    };
  };
  const isShown = (each: MultiplierView) => partOf(each.underlying).isHeld || isChanging(each);
  const rows = multipliers.filter(isShown).map((multiplier): ScheduleRow => {
    const { underlying } = multiplier;
    return { id: underlying, label: underlying, multiplier, ...partOf(underlying), kind: 'part' };
  });
  const rest = partOf('');
  const label = 'hedges, charges';
  if (rest.isHeld) rows.push({ id: 'rest', label, multiplier: undefined, ...rest, kind: 'part' });
  rows.push({ id: 'total', label: 'MM', multiplier: undefined, nowUsd, thenUsd, kind: 'total' });
  return { rows, quiet: multipliers.filter((each) => !isShown(each)) };
}

export function isChanging({ nowPpm, targetPpm, nextPpm }: MultiplierView): boolean {
  return nextPpm !== nowPpm || targetPpm !== nowPpm;
}

export function multiplierText(ppm: number): string {
  return formatGreek(ppm / PPM, 2);
}

/** `15:00`, in the zone that was chosen. */
export function hourText(atMs: number): string {
  return formatTime(atMs, false).slice(0, 5);
}

/** The rest in few words: `9 more at 1.00`. */
export function quietText(quiet: readonly MultiplierView[]): string {
  const texts = [...new Set(quiet.map(({ nowPpm }) => multiplierText(nowPpm)))];
  return texts.length === 1 ? `${quiet.length} more at ${texts[0]}` : `${quiet.length} more unchanged`;
}

export function quietReason(quiet: readonly MultiplierView[]): Reason {
  return {
    formula: 'neither held nor about to change: at their target, and nothing is announced',
    inputs: quiet.map(({ underlying, nowPpm }) => [underlying, multiplierText(nowPpm)] as const),
  };
}

export function multiplierReason({ nowPpm, targetPpm, steps }: MultiplierView): Reason {
  return {
    formula:
      'target: the larger of the volatilities of 30 minutes and of a day ÷ reference, 1 to 4; held risk follows it on the full hour, up at most 5 %, down 2 %',
    inputs: [
      ['held risk now', multiplierText(nowPpm)],
      ['target', multiplierText(targetPpm)],
      ['new risk pays at once', multiplierText(Math.max(nowPpm, targetPpm))],
      ...(steps.length === 0 ? [['the hours ahead', 'unchanged'] as const] : []),
      ...steps
        .slice(0, STEPS_TOLD)
        .map(
          ({ atMs, muPpm }, at) =>
            [
              `${formatMinute(atMs)}${at === 0 ? ', announced' : ', if the target stays'}`,
              multiplierText(muPpm),
            ] as const,
        ),
    ],
  };
}

const STEPS_TOLD = 6;

const formulas = {
  part: 'legs of this underlying in the winning scenario, at the maintenance share; negative hedges',
  rest: 'imperfect hedges, bounds and add-ons: what belongs to no underlying',
  total: '60 % of the scan of the positions + add-ons, at the multipliers of now and at those announced',
};

export function amountReason({ id, kind, nowUsd, thenUsd }: ScheduleRow, atMs: number): Reason {
  return {
    formula: formulas[kind === 'total' ? 'total' : id === 'rest' ? 'rest' : 'part'],
    inputs: [
      ['now', formatUsd(nowUsd, 2)],
      [`at ${formatMinute(atMs)}, nothing else changing`, formatUsd(thenUsd, 2)],
      ['change', formatSignedUsd(thenUsd - nowUsd, 2)],
    ],
  };
}
