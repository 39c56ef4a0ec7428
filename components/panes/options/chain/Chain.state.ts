import type { ExpiryView, OptionView } from '../../../../engine/protocol/views/options.ts';
import { DAY_MS } from '../../../../engine/units/time.ts';

/** One strike of an expiry: its call on the left, its put on the right; either may not be listed. */
export interface ChainRow {
  strikeE8: number;
  call: OptionView | undefined;
  put: OptionView | undefined;
  /** The strike next to the forward. */
  isAtTheMoney: boolean;
}

/** Strikes of an expiry, ascending. */
export function chainRows({ options, forwardE8 }: ExpiryView): readonly ChainRow[] {
  const byStrike = new Map<number, ChainRow>();
  for (const option of options) {
    const { strikeE8, optionType } = option;
    const row = byStrike.get(strikeE8) ?? { strikeE8, call: undefined, put: undefined, isAtTheMoney: false };
    byStrike.set(strikeE8, { ...row, [optionType]: option });
  }
  const rows = [...byStrike.values()].sort((a, b) => a.strikeE8 - b.strikeE8);
  const nearest = nearestOf(rows, forwardE8);
  return rows.map((row) => ({ ...row, isAtTheMoney: row.strikeE8 === nearest }));
}

function nearestOf(rows: readonly ChainRow[], forwardE8: number): number | undefined {
  const distance = ({ strikeE8 }: ChainRow) => Math.abs(strikeE8 - forwardE8);
  return rows.reduce<ChainRow | undefined>(
    (best, row) => (best === undefined || distance(row) < distance(best) ? row : best),
    undefined,
  )?.strikeE8;
}

/** `in 4 days`, `in 6 h`, `now`: what is left to an expiry. */
export function leftText(leftMs: number): string {
  if (leftMs <= 0) return 'now';
  if (leftMs >= 2 * DAY_MS) return `in ${Math.floor(leftMs / DAY_MS)} days`;
  return `in ${Math.ceil(leftMs / 3_600_000)} h`;
}

/** Delta gained when the forward rises by a hundredth: gamma in a unit one can read. */
export function gammaPercent(option: Pick<OptionView, 'gamma'>, forwardE8: number): number {
  return (option.gamma * forwardE8) / 1e10;
}
