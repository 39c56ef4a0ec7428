import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import type { Random } from '../random.ts';
import type { Coin } from './coins.ts';

/** One step of the paths. */
export const PATH_STEP_MS = 100;

const YEAR_MS = 365 * DAY_MS;

/** Log-volatility returns to its middle with this time constant, and strays by this much. */
const VOL_MEMORY_MS = 2 * HOUR_MS;
const VOL_SPREAD = 0.35;

/** Jumps of the whole market and of single coins: mean time between them, and size in days of volatility. */
const MARKET_JUMP_MS = 6 * HOUR_MS;
const COIN_JUMP_MS = 12 * HOUR_MS;
const JUMP_DAYS = 0.02;

/** A price strays, but over months it stays in sight of where it started. */
const RETURN_MS = 45 * DAY_MS;

/** Steps kept, so that an index source can report what it saw a moment ago. */
const MEMORY_STEPS = 64;

/**
 * Correlated price paths: two factors (the market, the majors) and each coin's own noise, a common
 * volatility that wanders slowly, and a rare jump. One step of 100 ms after another, so a path depends
 * on its seed and not on when it is looked at.
 */
export class PricePaths {
  readonly #coins: readonly Coin[];
  readonly #random: Random;
  readonly #prices: Float64Array;
  readonly #ownLoadings: Float64Array;
  readonly #stepVols: Float64Array;
  readonly #past: Float64Array[];
  #logVol = 0;
  #steps = 0;

  /**
   * @param startUsd where each coin's path begins: its own start, or where an earlier run ended
   */
  constructor(coins: readonly Coin[], random: Random, startUsd: readonly number[]) {
    this.#coins = coins;
    this.#random = random;
    this.#prices = Float64Array.from(startUsd);
    this.#ownLoadings = Float64Array.from(coins, ownLoading);
    this.#stepVols = Float64Array.from(coins, (coin) => coin.volYear * Math.sqrt(PATH_STEP_MS / YEAR_MS));
    this.#past = Array.from({ length: MEMORY_STEPS }, () => Float64Array.from(startUsd));
  }

  /** Price of a coin now, USD. */
  usd(coin: number): number {
    return this.#prices[coin]!;
  }

  /** Price of a coin some steps ago (at most 63). */
  pastUsd(coin: number, stepsAgo: number): number {
    return this.#past[(this.#steps - stepsAgo + MEMORY_STEPS) % MEMORY_STEPS]![coin]!;
  }

  /** One step. */
  advance(): void {
    const random = this.#random;
    const coins = this.#coins;
    const prices = this.#prices;
    const memory = PATH_STEP_MS / VOL_MEMORY_MS;
    this.#logVol += -this.#logVol * memory + VOL_SPREAD * Math.sqrt(2 * memory) * random.gaussian();
    const vol = Math.exp(this.#logVol - (VOL_SPREAD * VOL_SPREAD) / 2);
    const marketMove = random.gaussian() + this.#jump(MARKET_JUMP_MS);
    const majorMove = random.gaussian();
    for (let coin = 0; coin < coins.length; coin++) {
      const { marketLoading, majorLoading, startUsd } = coins[coin]!;
      const own = random.gaussian() + this.#jump(COIN_JUMP_MS);
      const shock = marketLoading * marketMove + majorLoading * majorMove + this.#ownLoadings[coin]! * own;
      const back = ((startUsd / prices[coin]! - 1) * PATH_STEP_MS) / RETURN_MS;
      const change = shock * vol * this.#stepVols[coin]! + back;
      // 1 + x + x²/2 is exp to within a part in 10⁹ for moves of this size, and the same on every machine.
      prices[coin] = prices[coin]! * (1 + change + (change * change) / 2);
    }
    this.#steps += 1;
    this.#past[this.#steps % MEMORY_STEPS]!.set(prices);
  }

  /** Almost always 0; a jump, in units of one step's volatility, once in `meanMs`. */
  #jump(meanMs: number): number {
    if (!this.#random.isWithin(PATH_STEP_MS / meanMs)) return 0;
    return this.#random.gaussian() * Math.sqrt((JUMP_DAYS * DAY_MS) / PATH_STEP_MS);
  }
}

/** What is left of a coin's variance once the factors took theirs. */
export function ownLoading(coin: Coin): number {
  return Math.sqrt(1 - coin.marketLoading * coin.marketLoading - coin.majorLoading * coin.majorLoading);
}
