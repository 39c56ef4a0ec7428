import type { PriceReport } from '../../protocol/commands/types.ts';
import { PRICE_E8_SCALE } from '../../units/price.ts';
import type { Random } from '../random.ts';

/** How one outside venue sees a price: how late, and how far off (standard deviation, fraction). */
interface SourceTraits {
  delayMs: number;
  noise: number;
}

/** Six good venues and one that is late and rough. Further sources repeat the row. */
const traits: readonly SourceTraits[] = [
  { delayMs: 0, noise: 0.00003 },
  { delayMs: 100, noise: 0.00004 },
  { delayMs: 100, noise: 0.00005 },
  { delayMs: 200, noise: 0.00005 },
  { delayMs: 300, noise: 0.00006 },
  { delayMs: 500, noise: 0.00008 },
  { delayMs: 2_000, noise: 0.00025 },
];

/** A venue's distance from the others lasts: share of it that is left after one report. */
const NOISE_MEMORY = 0.9;

/** What the index sources of one underlying report: a price as each of them sees it. */
export class IndexSources {
  readonly #underlying: number;
  readonly #random: Random;
  readonly #offsets: Float64Array;

  constructor(underlying: number, sources: number, random: Random) {
    this.#underlying = underlying;
    this.#random = random;
    this.#offsets = new Float64Array(sources);
  }

  /**
   * One report of every source.
   *
   * @param usdBefore the price so many milliseconds ago, USD
   * @param isStill sources repeat their price, only its time moves on: a paused market
   */
  reports(usdBefore: (delayMs: number) => number, nowMs: number, isStill: boolean): PriceReport[] {
    return Array.from(this.#offsets, (offset, source) => {
      const { delayMs, noise } = traits[source % traits.length]!;
      if (!isStill) {
        const kick = noise * Math.sqrt(1 - NOISE_MEMORY * NOISE_MEMORY) * this.#random.gaussian();
        this.#offsets[source] = offset * NOISE_MEMORY + kick;
      }
      const seenUsd = usdBefore(delayMs) * (1 + this.#offsets[source]!);
      return {
        underlying: this.#underlying,
        source,
        priceE8: Math.max(1, Math.round(seenUsd * PRICE_E8_SCALE)),
        sourceTimeMs: nowMs - delayMs,
      };
    });
  }
}
