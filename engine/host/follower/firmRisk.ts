import type { Engine } from '../../core/engine.ts';
import { accountRiskOf, limitUsesAbove } from '../../core/views/firmRisk.ts';
import type { FirmRiskView } from '../../protocol/views/firmRisk.ts';
import type { DistanceBook } from './distanceBook.ts';

/**
 * Accounts side by side, and what their places use of their limits.
 *
 * @param distances as they were measured last: of all that is told here they alone are not of the state
 */
export function firmRiskOf(
  engine: Engine,
  accounts: readonly number[],
  distances: DistanceBook,
): FirmRiskView {
  const { state } = engine;
  const measured = distances.read(engine, accounts);
  return {
    seq: state.globals.columns.seq[0]!,
    timeMs: state.globals.columns.timeMs[0]!,
    daySinceMs: state.globals.columns.daySinceMs[0]!,
    accounts: accounts.map((account, place) => ({
      ...accountRiskOf(engine, account),
      distance: measured[place]!,
    })),
    limits: limitUsesAbove(state, accounts),
  };
}
