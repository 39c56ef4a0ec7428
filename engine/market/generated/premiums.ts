import type { Random } from '../random.ts';

/** How far the perpetuals stand from their index: mean and spread as fractions, and how long a distance lasts. */
const MEAN = 0.00002;
const SPREAD = 0.00008;
const MEMORY_SECONDS = 600;

/** The wandering distance of each perpetual's fair price from its index, which is what funding is paid on. */
export class Premiums {
  readonly #values: Float64Array;
  readonly #random: Random;

  constructor(count: number, random: Random) {
    this.#values = new Float64Array(count).fill(MEAN);
    this.#random = random;
  }

  of(place: number): number {
    return this.#values[place]!;
  }

  advanceSecond(): void {
    const pull = 1 / MEMORY_SECONDS;
    const kick = SPREAD * Math.sqrt(2 * pull);
    for (let place = 0; place < this.#values.length; place++) {
      this.#values[place]! += (MEAN - this.#values[place]!) * pull + kick * this.#random.gaussian();
    }
  }
}
