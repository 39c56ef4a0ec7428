import type { CandleView, MarketView } from '../../protocol/views/market.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../units/time.ts';
import { Random } from '../random.ts';
import { type Coin, coinOf } from './coins.ts';
import { paces } from './paces.ts';
import { ownLoading } from './pricePaths.ts';

/**
 * Candles of a time before the desk existed. They come from the model of the index path, not from trades,
 * and whoever shows them must be able to tell.
 */
export interface GeneratedHistory {
  readonly isGenerated: true;
  /** Oldest first; the last one ends at the start of the desk at the latest. */
  readonly candles: CandleView[];
}

export interface HistoryWish {
  seed: number;
  market: MarketView;
  /** Start of the desk: the path has its starting price there. */
  startMs: number;
  intervalMs: number;
  /** Candles wanted at most. */
  count: number;
}

const MINUTES_PER_YEAR = (365 * DAY_MS) / MINUTE_MS;

/** How far a minute strays beyond its open and close, in its own volatility. */
const WICK = 0.35;

/** Longest stretch of minutes walked for one request: 200 days. */
const MINUTES_MAX = 200 * 1_440;

/**
 * Candles of the index path backwards from the start of the desk. Every interval shows the same minutes,
 * so a chart may switch between them, and coins move together as they do on the desk.
 *
 * @returns no candles for an instrument whose coin the generated market does not know
 */
export function generatedHistory(wish: HistoryWish): GeneratedHistory {
  const { market, startMs, intervalMs, count } = wish;
  // An option's price is not its coin's.
  const coin = market.kind === 'option' ? undefined : coinOf(market.underlying);
  const candles: CandleView[] = [];
  if (coin === undefined || intervalMs < MINUTE_MS) return { isGenerated: true, candles };
  const walk = new MinuteWalk(wish.seed, coin);
  const firstMs = Math.floor(startMs / intervalMs) * intervalMs - (count - 1) * intervalMs;
  const lastMinute = Math.floor(startMs / MINUTE_MS) - 1;
  const minutes = Math.min(MINUTES_MAX, Math.ceil((lastMinute * MINUTE_MS - firstMs) / MINUTE_MS) + 1);
  for (let back = 0; back < minutes; back++) {
    const minuteMs = (lastMinute - back) * MINUTE_MS;
    const openMs = Math.floor(minuteMs / intervalMs) * intervalMs;
    const minute = walk.previous(market);
    const candle = candles.at(-1);
    if (candle?.openMs === openMs) addEarlier(candle, minute);
    else candles.push({ openMs, ...minute });
  }
  // The oldest may have been cut in the middle.
  return { isGenerated: true, candles: candles.slice(0, count).reverse() };
}

type Bar = Omit<CandleView, 'openMs'>;

function addEarlier(candle: Bar, minute: Bar): void {
  candle.open = minute.open;
  candle.high = Math.max(candle.high, minute.high);
  candle.low = Math.min(candle.low, minute.low);
  candle.lots += minute.lots;
}

/** Minutes of one coin, each before the last. */
class MinuteWalk {
  readonly #coin: Coin;
  readonly #own: Random;
  readonly #market: Random;
  readonly #majors: Random;
  readonly #ownLoading: number;
  readonly #minuteVol: number;
  #logVol = 0;
  #closeUsd: number;

  constructor(seed: number, coin: Coin) {
    this.#coin = coin;
    // The factors are drawn from streams of their own: every coin's history sees the same ones.
    this.#own = new Random(seed, `history ${coin.name}`);
    this.#market = new Random(seed, 'history of the market');
    this.#majors = new Random(seed, 'history of the majors');
    this.#ownLoading = ownLoading(coin);
    this.#minuteVol = coin.volYear / Math.sqrt(MINUTES_PER_YEAR);
    this.#closeUsd = coin.startUsd;
  }

  previous(market: MarketView): Bar {
    const coin = this.#coin;
    const own = this.#own;
    this.#logVol = 0.995 * this.#logVol + 0.035 * this.#market.gaussian();
    const vol = this.#minuteVol * Math.exp(this.#logVol);
    const shock =
      coin.marketLoading * this.#market.gaussian() +
      coin.majorLoading * this.#majors.gaussian() +
      this.#ownLoading * own.gaussian();
    const close = this.#closeUsd;
    // A weak pull keeps a long history in sight of today's price.
    const pull = (coin.startUsd / close - 1) / (45 * 1_440);
    const open = close * (1 + shock * vol + pull);
    const high = Math.max(open, close) * (1 + WICK * vol * own.exponential());
    const low = Math.min(open, close) * (1 - WICK * vol * own.exponential());
    this.#closeUsd = open;
    const ticks = (usd: number) => Math.max(1, Math.round(usd * market.ticksPerUsd));
    const tradedUsd = tradedUsdPerMinute(coin) * (0.4 + 0.6 * own.exponential()) * Math.exp(this.#logVol);
    const lots = Math.round((tradedUsd / close) * market.lotsPerUnit);
    return { open: ticks(open), high: ticks(high), low: ticks(low), close: ticks(close), lots };
  }
}

/** About what the desk's own taker flow trades in a minute, so that the volume does not jump at the start. */
function tradedUsdPerMinute(coin: Coin): number {
  const takes = (coin.takesPerSecond / paces.default.flowStretch) * (MINUTE_MS / SECOND_MS);
  return takes * coin.takeUsdMedian * 2.8;
}
