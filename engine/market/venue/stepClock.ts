/**
 * A market's sense of time. The times it is asked at come from a wall clock that may jump: forwards, when
 * the machine slept, and backwards, when somebody set it.
 */
export class StepClock {
  /** Time the market has been running; grows by what passes between steps, but never by more than the cap. */
  activeMs = 0;
  /** The latest wall time seen: what is reported never runs back. */
  latestMs = 0;
  #lastMs = Number.NaN;
  readonly #gapMsMax: number;

  /** @param gapMsMax how much of a longer gap is made up for */
  constructor(gapMsMax: number) {
    this.#gapMsMax = gapMsMax;
  }

  /** @returns time that counts as passed since the last step, ms */
  advance(nowMs: number): number {
    const elapsed = Number.isNaN(this.#lastMs)
      ? 0
      : Math.min(Math.max(nowMs - this.#lastMs, 0), this.#gapMsMax);
    this.#lastMs = nowMs;
    this.activeMs += elapsed;
    this.latestMs = Math.max(this.latestMs, nowMs);
    return elapsed;
  }
}
