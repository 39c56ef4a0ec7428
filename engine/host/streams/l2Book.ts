import type { LevelView } from '../../protocol/views/market.ts';

/** A book by price level, kept from LevelChanged events. */
export class L2Book {
  readonly #sides = [new Map<number, LevelView>(), new Map<number, LevelView>()] as const;

  /** @param side 0 bids, 1 asks; lots 0 removes the level */
  set(side: 0 | 1, priceTicks: number, lots: number, orderCount: number): void {
    if (lots === 0) this.#sides[side].delete(priceTicks);
    else this.#sides[side].set(priceTicks, [priceTicks, lots, orderCount]);
  }

  /** Price of the best level; 0 when there is none. */
  best(side: 0 | 1): number {
    let best = 0;
    for (const ticks of this.#sides[side].keys())
      if (best === 0 || (side === 0 ? ticks > best : ticks < best)) best = ticks;
    return best;
  }

  /** Best first. Sorted when asked: snapshots are rare, level changes are not. */
  levels(side: 0 | 1, countMax: number): LevelView[] {
    const direction = side === 0 ? -1 : 1;
    return [...this.#sides[side].values()].sort((a, b) => (a[0] - b[0]) * direction).slice(0, countMax);
  }
}
