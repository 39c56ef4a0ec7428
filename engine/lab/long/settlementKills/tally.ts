import type { HeldLives } from './heldLives.ts';
import type { StepName } from './steps.ts';
import type { Victim } from './victims.ts';

export interface SettlementKillReport {
  /** Kills, by step and victim. */
  readonly killed: Readonly<Record<StepName, Readonly<Partial<Record<Victim, number>>>>>;
  readonly killCount: number;
  /** Vaults that were opened. */
  readonly openingCount: number;
  readonly depositCount: number;
  readonly withdrawalCount: number;
  readonly lives: number;
  readonly restartMsMax: number;
  readonly sequence: number;
  readonly stateHash: string;
}

/** What was done so far, over all folders. */
export class Tally {
  readonly #killed = {} as Record<StepName, Partial<Record<Victim, number>>>;
  #openingCount = 0;
  #roundCount = 0;
  #lives = 0;
  #restartMsMax = 0;
  killCount = 0;

  killed(step: StepName, victim: Victim): void {
    const counts = this.#killed[step] ?? {};
    this.#killed[step] = { ...counts, [victim]: (counts[victim] ?? 0) + 1 };
    this.killCount += 1;
  }

  opened(): void {
    this.#openingCount += 1;
  }

  wentRound(): void {
    this.#roundCount += 1;
  }

  lived({ lives, startMsMax }: Pick<HeldLives, 'lives' | 'startMsMax'>): void {
    this.#lives += lives;
    this.#restartMsMax = Math.max(this.#restartMsMax, Math.round(startMsMax));
  }

  report(): Omit<SettlementKillReport, 'sequence' | 'stateHash'> {
    return {
      killed: this.#killed,
      killCount: this.killCount,
      openingCount: this.#openingCount,
      depositCount: this.#roundCount,
      withdrawalCount: this.#roundCount,
      lives: this.#lives,
      restartMsMax: this.#restartMsMax,
    };
  }
}
