/** Turns 32 bits into 32 others that look unrelated (splitmix32's finisher). */
function scramble(word: number): number {
  let x = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) | 0;
}

/**
 * A seeded stream of random numbers: sfc32, 128 bits of state. The same seed and purpose give the same
 * numbers on every machine.
 *
 * Each user draws from a stream of its own (`purpose`), so one more draw here does not change what happens
 * there.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #spare = Number.NaN;

  constructor(seed: number, purpose: string) {
    let word = scramble(seed | 0) ^ scramble(Math.floor(seed / 2 ** 32) + 1);
    for (const character of purpose) word = scramble(word ^ character.codePointAt(0)!);
    this.#a = word;
    this.#b = scramble(word + 1);
    this.#c = scramble(word + 2);
    for (let round = 0; round < 12; round++) this.word();
  }

  /** 32 random bits, signed. */
  word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum;
  }

  /** In [0, 1). */
  uniform(): number {
    return (this.word() >>> 0) / 2 ** 32;
  }

  /** An integer in [0, count). */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  isWithin(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  /** Mean 0, variance 1 (Marsaglia's polar method, which gives them in pairs). */
  gaussian(): number {
    if (!Number.isNaN(this.#spare)) {
      const kept = this.#spare;
      this.#spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spare = y * scale;
      return x * scale;
    }
  }

  /** Pareto with tail exponent `alpha` and the given median, cut at the quantile `cut` (0.999: one in a thousand). */
  pareto(median: number, alpha: number, cut: number): number {
    const smallest = median / 2 ** (1 / alpha);
    const rest = Math.max(1 - this.uniform(), 1 - cut);
    return smallest / rest ** (1 / alpha);
  }
}
