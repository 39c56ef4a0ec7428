import type { Random } from '../random.ts';

/** One way in which an event makes others more likely: `branching` children each, at `ratePerSecond`. */
interface Kernel {
  readonly branching: number;
  readonly ratePerSecond: number;
}

/**
 * Market orders as they come: each makes more of them likely, at two speeds (a self-exciting process with
 * two exponential kernels), thinned after Ogata.
 *
 * Its clock may be stretched: rates fall, but the shape of the clusters stays.
 */
export class Hawkes {
  readonly #random: Random;
  readonly #baseRate: number;
  readonly #stretch: number;
  /** Excitement by kernel, events per second of the process' own clock. */
  readonly #excitement: Float64Array;
  #clockSeconds = 0;
  #nextSeconds: number;

  /**
   * @param meanRate events per second in the long run, before stretching
   * @param stretch how many seconds outside one second of the process' own clock lasts
   */
  constructor(random: Random, meanRate: number, stretch: number) {
    const branching = kernels.reduce((sum, kernel) => sum + kernel.branching, 0);
    this.#random = random;
    this.#baseRate = meanRate * (1 - branching);
    this.#stretch = stretch;
    this.#excitement = new Float64Array(kernels.length);
    this.#nextSeconds = this.#propose();
  }

  /** How many events happen by `seconds` since the start that were not counted before. */
  countUntil(seconds: number): number {
    const until = seconds / this.#stretch;
    let count = 0;
    while (this.#nextSeconds <= until) {
      const bound = this.#rate();
      this.#moveClockTo(this.#nextSeconds);
      if (this.#random.uniform() * bound < this.#rate()) {
        for (const [place, kernel] of kernels.entries()) {
          this.#excitement[place]! += kernel.branching * kernel.ratePerSecond;
        }
        count += 1;
      }
      this.#nextSeconds = this.#propose();
    }
    return count;
  }

  #rate(): number {
    return this.#excitement.reduce((sum, part) => sum + part, this.#baseRate);
  }

  /** The rate only falls until the next event, so the rate now bounds it. */
  #propose(): number {
    return this.#clockSeconds + this.#random.exponential() / this.#rate();
  }

  #moveClockTo(seconds: number): void {
    const elapsed = seconds - this.#clockSeconds;
    for (const [place, kernel] of kernels.entries()) {
      this.#excitement[place]! *= Math.exp(-kernel.ratePerSecond * elapsed);
    }
    this.#clockSeconds = seconds;
  }
}

/** Fitted on BTC and ETH perpetuals: bursts within milliseconds, and echoes over a tenth of a second. */
const kernels: readonly Kernel[] = [
  { branching: 0.22, ratePerSecond: 280 },
  { branching: 0.35, ratePerSecond: 7.5 },
];
