import type { Side } from '../../protocol/enums.ts';
import { announceLevelChanged } from '../announce.ts';
import { ladderOf, rankOf } from '../book/ladder.ts';
import { findLevel } from '../book/priceTree.ts';
import { NONE } from '../memory/table.ts';
import type { Out } from '../out.ts';
import type { State } from '../state.ts';
import { orderBookOf } from './books.ts';

/** How far back a repeated touch is looked for; one that is missed costs a repeated event, nothing else. */
const LOOK_BACK = 8;

/** Price levels that a command changed: announced once, with what they hold at its end. */
export class Touched {
  #instruments: number[] = [];
  #sides: number[] = [];
  #ticks: number[] = [];
  #count = 0;

  add(instrument: number, side: number, priceTicks: number): void {
    for (let at = this.#count - 1; at >= 0 && at >= this.#count - LOOK_BACK; at--) {
      if (this.#ticks[at] === priceTicks && this.#sides[at] === side && this.#instruments[at] === instrument)
        return;
    }
    const at = this.#count++;
    this.#instruments[at] = instrument;
    this.#sides[at] = side;
    this.#ticks[at] = priceTicks;
  }

  /** How many there are: what an attempt rewinds to. */
  get length(): number {
    return this.#count;
  }

  rewind(length: number): void {
    this.#count = length;
  }

  announce(state: State, out: Out): void {
    const { lots, orderCount } = state.book.levels.columns;
    for (let at = 0; at < this.#count; at++) {
      const instrument = this.#instruments[at]!;
      const side = this.#sides[at]! as Side;
      const ticks = this.#ticks[at]!;
      const ladder = ladderOf(orderBookOf(instrument), side);
      const level = findLevel(state.book, ladder, rankOf(ladder, ticks));
      announceLevelChanged(
        out,
        instrument,
        side,
        ticks,
        level === NONE ? 0 : lots[level]!,
        level === NONE ? 0 : orderCount[level]!,
      );
    }
    this.#count = 0;
  }

  clear(): void {
    this.#count = 0;
  }
}
