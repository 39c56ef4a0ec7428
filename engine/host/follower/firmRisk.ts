import type { Engine } from '../../core/engine.ts';
import { accountRiskOf, limitUsesAbove } from '../../core/views/firmRisk.ts';
import type { FirmRiskView } from '../../protocol/views/firmRisk.ts';
import type { DayBook } from './dayBook.ts';
import type { DistanceBook } from './distanceBook.ts';

/** What the follower remembers of accounts besides their state. */
export interface AccountBooks {
  /** As they were measured last. */
  readonly distances: DistanceBook;
  readonly days: DayBook;
}

/** Accounts side by side, and what their places use of their limits. */
export function firmRiskOf(
  engine: Engine,
  accounts: readonly number[],
  { distances, days }: AccountBooks,
): FirmRiskView {
  const { state } = engine;
  const measured = distances.read(engine, accounts);
  return {
    seq: state.globals.columns.seq[0]!,
    timeMs: state.globals.columns.timeMs[0]!,
    daySinceMs: days.sinceMs,
    accounts: accounts.map((account, place) => {
      const risk = accountRiskOf(engine, account);
      const dayPnlUsd = days.pnlUsd(account, risk.equityUsd);
      return { ...risk, dayPnlUsd, distance: measured[place]! };
    }),
    limits: limitUsesAbove(state, accounts),
  };
}
