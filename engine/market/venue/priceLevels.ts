import { Side } from '../../protocol/enums.ts';

/**
 * Open lots by price on one side of a book, best first when asked. A sorted list: levels come and go near
 * the touch, which is its end, so an insertion moves few neighbours.
 */
export class PriceLevels {
  /** Prices as ranks, ascending: of two prices the better has the larger rank. */
  readonly #ranks: number[] = [];
  readonly #lots: number[] = [];
  readonly #sign: 1 | -1;

  constructor(side: Side) {
    this.#sign = side === Side.buy ? 1 : -1;
  }

  get count(): number {
    return this.#ranks.length;
  }

  /** The best price in ticks; undefined when the side is empty. */
  best(): number | undefined {
    return this.priceAt(0);
  }

  /** The price of the level `place` steps behind the best. */
  priceAt(place: number): number | undefined {
    const rank = this.#ranks[this.#ranks.length - 1 - place];
    return rank === undefined ? undefined : rank * this.#sign;
  }

  lotsAt(place: number): number {
    return this.#lots[this.#lots.length - 1 - place] ?? 0;
  }

  /** Lots at a price; 0 where there is no level. */
  lotsOf(priceTicks: number): number {
    const at = this.#find(priceTicks * this.#sign);
    return this.#ranks[at] === priceTicks * this.#sign ? this.#lots[at]! : 0;
  }

  /** Says how many lots a level has now; 0 removes it. */
  set(priceTicks: number, lots: number): void {
    const rank = priceTicks * this.#sign;
    const at = this.#find(rank);
    const isThere = this.#ranks[at] === rank;
    if (lots === 0) {
      if (isThere) {
        this.#ranks.splice(at, 1);
        this.#lots.splice(at, 1);
      }
    } else if (isThere) {
      this.#lots[at] = lots;
    } else {
      this.#ranks.splice(at, 0, rank);
      this.#lots.splice(at, 0, lots);
    }
  }

  clear(): void {
    this.#ranks.length = 0;
    this.#lots.length = 0;
  }

  /** First place whose rank is not below `rank`. */
  #find(rank: number): number {
    let low = 0;
    let high = this.#ranks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ranks[middle]! < rank) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
