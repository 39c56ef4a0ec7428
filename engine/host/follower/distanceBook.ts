import type { Engine } from '../../core/engine.ts';
import { liquidationDistance } from '../../core/margin/distance.ts';
import type { ReadDistanceView } from '../../protocol/views/firmRisk.ts';

/** One question may spend this much on distances, ms: a ticket's preview waits behind it. */
export const DISTANCES_MS_MAX = 16;
/** Up to here an account is near, σ: half of the time is for those. */
const NEAR_SIGMAS = 3;

const UNKNOWN: ReadDistanceView = { state: 'noRisk', sigmas: 0, touchPpm: 0, path: [], seq: 0, timeMs: 0 };

/**
 * Distances of many accounts, as they were measured last. One costs up to a millisecond, so of a thousand accounts a
 * question measures as many as fit its time: those that are near first, then those whose turn it is. Each says when.
 */
export class DistanceBook {
  readonly #known = new Map<number, ReadDistanceView>();
  readonly #nowMs: () => number;

  /** @param nowMs a clock that never runs back */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Distances in the order of the accounts. */
  read(engine: Engine, accounts: readonly number[]): ReadDistanceView[] {
    const startMs = this.#nowMs();
    const byTurn = [...accounts].sort((a, b) => this.#of(a).seq - this.#of(b).seq);
    this.#measure(
      engine,
      byTurn.filter((account) => this.#isNear(account)),
      startMs + DISTANCES_MS_MAX / 2,
    );
    this.#measure(
      engine,
      byTurn.filter((account) => !this.#isNear(account)),
      startMs + DISTANCES_MS_MAX,
    );
    return accounts.map((account) => this.#of(account));
  }

  #measure(engine: Engine, accounts: readonly number[], untilMs: number): void {
    const { risk, state } = engine;
    const [seq, timeMs] = [state.globals.columns.seq[0]!, state.globals.columns.timeMs[0]!];
    const parameters = risk.parameters();
    for (const account of accounts) {
      const view = liquidationDistance(parameters, risk.portfolioOf(account));
      this.#known.set(account, {
        state: view.state,
        sigmas: view.sigmas,
        touchPpm: view.touchPpm,
        path: view.path,
        seq,
        timeMs,
      });
      // After the first one at the earliest: everybody's turn comes.
      if (this.#nowMs() >= untilMs) return;
    }
  }

  #of(account: number): ReadDistanceView {
    return this.#known.get(account) ?? UNKNOWN;
  }

  #isNear(account: number): boolean {
    const { seq, state, sigmas } = this.#of(account);
    return seq > 0 && (state === 'liquidatable' || (state === 'measured' && sigmas < NEAR_SIGMAS));
  }
}
