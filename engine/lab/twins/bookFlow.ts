import { SelfTrade, Side } from '../../protocol/enums.ts';
import type { Random } from '../sim/random.ts';
import type { BookCommand, PlaceInBook } from './plainBook.ts';

/** Accounts whose orders may be reduce-only; they always prevent self trade. */
const CAREFUL_ACCOUNTS = 12;

/** Accounts after them trade with self-trade prevention off, as a replay of foreign flow does. */
const ALL_ACCOUNTS = 20;

/** Where the middle starts: at the borders of pages and nodes of the price tree, and at its ends. */
const MIDDLES = [40, 1_024, 32_768, 100_000, 1_048_576, 33_554_000];

const MODES = [SelfTrade.expireTaker, SelfTrade.expireMaker, SelfTrade.expireBoth];

/** Draws commands that keep a book of some hundred orders busy around a wandering middle. */
export class BookFlow {
  readonly #random: Random;
  #middle: number;
  #nextId = 1;
  readonly #restingMax: number;

  constructor(random: Random, restingMax = 120) {
    this.#random = random;
    this.#restingMax = restingMax;
    this.#middle = MIDDLES[random.below(MIDDLES.length)]!;
  }

  /** @param live ids that rest now */
  next(live: readonly number[]): BookCommand {
    const random = this.#random;
    if (random.chance(0.02)) this.#middle = this.#near(3);
    if (random.chance(0.001)) this.#middle = MIDDLES[random.below(MIDDLES.length)]!;
    if (live.length === 0 || random.chance(live.length < this.#restingMax ? 0.7 : 0.3)) return this.#place();
    const id = random.chance(0.01) ? this.#nextId + 7 : live[random.below(live.length)]!;
    if (random.chance(0.5)) return { kind: 'cancel', id };
    if (random.chance(0.5)) return { kind: 'move', id, ticks: this.#near(12) };
    return { kind: 'reduce', id, lots: 1 + random.below(12) };
  }

  #place(): PlaceInBook {
    const random = this.#random;
    const isCareful = random.chance(0.85);
    const account = isCareful
      ? random.below(CAREFUL_ACCOUNTS)
      : CAREFUL_ACCOUNTS + random.below(ALL_ACCOUNTS - CAREFUL_ACCOUNTS);
    // Asked for far more than most positions, so that the order starts as all of what may be closed.
    const isReduceOnly = isCareful && random.chance(0.3);
    const timeInForce = random.chance(0.7) ? 'gtc' : random.chance(0.6) ? 'ioc' : 'fok';
    return {
      kind: 'place',
      id: this.#nextId++,
      account,
      side: random.chance(0.5) ? Side.buy : Side.sell,
      ticks: random.chance(0.03) ? this.#far() : this.#near(6),
      lots: 1 + random.below(isReduceOnly || random.chance(0.15) ? 200 : 20),
      timeInForce,
      isPostOnly: timeInForce === 'gtc' && random.chance(0.2),
      isReduceOnly,
      selfTrade: isCareful ? MODES[random.below(MODES.length)]! : SelfTrade.off,
    };
  }

  #near(reach: number): number {
    return clampTicks(this.#middle + this.#random.below(2 * reach + 1) - reach);
  }

  /** Any price at all: lonely pages far from the others. */
  #far(): number {
    return clampTicks(this.#random.below(33_554_432));
  }
}

function clampTicks(ticks: number): number {
  return Math.min(33_554_431, Math.max(1, ticks));
}
