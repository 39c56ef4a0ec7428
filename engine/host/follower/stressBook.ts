import type { Engine } from '../../core/engine.ts';
import {
  MAP_MOVES,
  MAP_VOLATILITIES,
  type StressedCells,
  stressedCellsOf,
} from '../../core/views/stressMap.ts';
import type { StressMapView } from '../../protocol/views/stressMap.ts';

/** One question may spend this much, ms: a ticket's preview waits behind it. */
const STRESSES_MS_MAX = 16;

type Measured = StressedCells & { seq: number };

/**
 * Accounts in every cell of the stress map, as they were measured last. One costs about a millisecond, so of a thousand
 * a question measures as many as fit its time, those whose turn it is first, and says how old the oldest is.
 */
export class StressBook {
  readonly #known = new Map<number, Measured>();
  readonly #nowMs: () => number;

  /** @param nowMs a clock that never runs back */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  read(engine: Engine, accounts: readonly number[]): StressMapView {
    const { risk, state } = engine;
    const seq = state.globals.columns.seq[0]!;
    this.#measure(engine, accounts, seq);
    const known = accounts.flatMap((account) => {
      const cells = this.#known.get(account);
      return cells === undefined ? [] : [{ account, ...cells }];
    });
    const { symbols, marketUnderlying } = risk.parameters();
    return {
      seq,
      timeMs: state.globals.columns.timeMs[0]!,
      oldestSeq: known.reduce((oldest, each) => Math.min(oldest, each.seq), seq),
      measured: known.length,
      accounts: accounts.length,
      market: symbols[marketUnderlying]!,
      moves: MAP_MOVES,
      volatilities: MAP_VOLATILITIES,
      cells: Array.from({ length: MAP_MOVES.length * MAP_VOLATILITIES.length }, (_, cell) => ({
        pnlUsd: known.reduce((sum, { pnlUsd }) => sum + pnlUsd[cell]!, 0),
        over: known.filter(({ isOver }) => isOver[cell] === 1).map(({ account }) => account),
      })),
    };
  }

  #measure(engine: Engine, accounts: readonly number[], seq: number): void {
    const untilMs = this.#nowMs() + STRESSES_MS_MAX;
    const seqOf = (account: number) => this.#known.get(account)?.seq ?? 0;
    for (const account of [...accounts].sort((a, b) => seqOf(a) - seqOf(b))) {
      if (seqOf(account) === seq) return;
      this.#known.set(account, { ...stressedCellsOf(engine, account), seq });
      // After the first one at the earliest: everybody's turn comes.
      if (this.#nowMs() >= untilMs) return;
    }
  }
}
