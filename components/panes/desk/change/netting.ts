import type { AccountRiskView } from '../../../../engine/protocol/views/firmRisk.ts';

/** An instrument that some accounts hold long and others short. */
export interface Crossable {
  instrument: number;
  name: string;
  /** The smaller of all long and all short: as much as could be given up on both sides. */
  lots: number;
}

/** What accounts hold against each other, by name; pots stand apart. */
export function crossable(accounts: readonly AccountRiskView[]): Crossable[] {
  const found = new Map<number, { name: string; long: number; short: number }>();
  for (const { potOf, positions } of accounts) {
    if (potOf !== null) continue;
    for (const { instrument, name, lots } of positions) {
      const sums = found.get(instrument) ?? { name, long: 0, short: 0 };
      if (lots > 0) sums.long += lots;
      else sums.short -= lots;
      found.set(instrument, sums);
    }
  }
  return [...found]
    .map(([instrument, { name, long, short }]) => ({ instrument, name, lots: Math.min(long, short) }))
    .filter(({ lots }) => lots > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
