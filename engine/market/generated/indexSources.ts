import type { PriceReport } from '../../protocol/commands/types.ts';
import { PRICE_E8_SCALE } from '../../units/price.ts';
import type { Random } from '../random.ts';
import { PATH_STEP_MS, type PricePaths } from './pricePaths.ts';

/** How one outside venue sees a price: how late, and how far off (standard deviation, fraction). */
interface SourceTraits {
  delaySteps: number;
  noise: number;
}

/** Six good venues and one that is late and rough. Further sources repeat the row. */
const traits: readonly SourceTraits[] = [
  { delaySteps: 0, noise: 0.00003 },
  { delaySteps: 1, noise: 0.00004 },
  { delaySteps: 1, noise: 0.00005 },
  { delaySteps: 2, noise: 0.00005 },
  { delaySteps: 3, noise: 0.00006 },
  { delaySteps: 5, noise: 0.00008 },
  { delaySteps: 20, noise: 0.00025 },
];

/** A venue's distance from the others lasts: share of it that is left after one report. */
const NOISE_MEMORY = 0.9;

/** What the index sources of one underlying report: the path as each of them sees it. */
export class IndexSources {
  private readonly underlying: number;
  private readonly coin: number;
  private readonly random: Random;
  private readonly offsets: Float64Array;

  constructor(underlying: number, coin: number, sources: number, random: Random) {
    this.underlying = underlying;
    this.coin = coin;
    this.random = random;
    this.offsets = new Float64Array(sources);
  }

  /**
   * One report of every source.
   *
   * @param isStill sources repeat their price, only its time moves on: a paused market
   */
  reports(paths: PricePaths, nowMs: number, isStill: boolean): PriceReport[] {
    return Array.from(this.offsets, (offset, source) => {
      const { delaySteps, noise } = traits[source % traits.length]!;
      if (!isStill) {
        const kick = noise * Math.sqrt(1 - NOISE_MEMORY * NOISE_MEMORY) * this.random.gaussian();
        this.offsets[source] = offset * NOISE_MEMORY + kick;
      }
      const seenUsd = paths.pastUsd(this.coin, delaySteps) * (1 + this.offsets[source]!);
      return {
        underlying: this.underlying,
        source,
        priceE8: Math.max(1, Math.round(seenUsd * PRICE_E8_SCALE)),
        sourceTimeMs: nowMs - delaySteps * PATH_STEP_MS,
      };
    });
  }
}
