import type { CandleView } from '../../protocol/views/market.ts';
import type { CandleRecord } from '../../records/views.ts';
import { DAY_MS, MINUTE_MS } from '../../units/time.ts';
import { limits } from '../limits.ts';

/** A minute of trades; `notionalUsd` in micro-USD. */
interface Minute extends CandleView {
  notionalUsd: number;
  tradeCount: number;
}

export interface DayStats {
  readonly open24hTicks: number;
  readonly high24hTicks: number;
  readonly low24hTicks: number;
  readonly volume24hUsd: number;
  readonly volumeMinuteUsd: number;
  readonly trades24h: number;
}

/** One market's trades by the minute, for charts and for the figures of the last day. */
export class Candles {
  #minutes: Minute[] = [];
  readonly #usdPerTickLot: number;

  constructor(usdPerTickLot: number) {
    this.#usdPerTickLot = usdPerTickLot;
  }

  /** Time never goes back: it is the engine's. */
  add(timeMs: number, priceTicks: number, lots: number): void {
    const openMs = timeMs - (timeMs % MINUTE_MS);
    const notionalUsd = priceTicks * lots * this.#usdPerTickLot;
    const last = this.#minutes.at(-1);
    if (last === undefined || last.openMs < openMs) {
      const [open, high, low, close] = [priceTicks, priceTicks, priceTicks, priceTicks];
      this.#minutes.push({ openMs, open, high, low, close, lots, notionalUsd, tradeCount: 1 });
      if (this.#minutes.length > limits.candles.minutesKept * 1.1) {
        this.#minutes = this.#minutes.slice(-limits.candles.minutesKept);
      }
      return;
    }
    last.high = Math.max(last.high, priceTicks);
    last.low = Math.min(last.low, priceTicks);
    last.close = priceTicks;
    last.lots += lots;
    last.notionalUsd += notionalUsd;
    last.tradeCount++;
  }

  /** When the oldest minute known here began; now and later ones are here in any case. */
  get firstMs(): number {
    return this.#minutes[0]?.openMs ?? Number.POSITIVE_INFINITY;
  }

  /** Puts history in front of what was seen here. The minute in which the desk started is fuller there. */
  seed(history: readonly CandleRecord[]): void {
    const firstMs = this.firstMs;
    const older = history.filter(({ openMs }) => openMs <= firstMs).map((candle) => this.#minuteOf(candle));
    const first = this.#minutes[0];
    const isFuller =
      first !== undefined && older.at(-1)?.openMs === firstMs && older.at(-1)!.lots >= first.lots;
    const own = isFuller ? this.#minutes.slice(1) : this.#minutes;
    const before = isFuller ? older : older.filter(({ openMs }) => openMs < firstMs);
    this.#minutes = [...before, ...own].slice(-limits.candles.minutesKept);
  }

  #minuteOf({ openMs, open, high, low, close, lots, tickLots, tradeCount }: CandleRecord): Minute {
    const notionalUsd = tickLots * this.#usdPerTickLot;
    return { openMs, open, high, low, close, lots, notionalUsd, tradeCount };
  }

  /** Candles of a longer interval, oldest first; the last `limits.candles.answerMax` of them. */
  query(intervalMs: number, fromMs: number, toMs: number): CandleView[] {
    const candles: CandleView[] = [];
    for (const { openMs, open, high, low, close, lots } of this.#minutes) {
      if (openMs < fromMs || openMs >= toMs) continue;
      const bucketMs = openMs - (openMs % intervalMs);
      const last = candles.at(-1);
      if (last === undefined || last.openMs < bucketMs) {
        candles.push({ openMs: bucketMs, open, high, low, close, lots });
        continue;
      }
      last.high = Math.max(last.high, high);
      last.low = Math.min(last.low, low);
      last.close = close;
      last.lots += lots;
    }
    return candles.slice(-limits.candles.answerMax);
  }

  /** The last 24 hours, to the minute. */
  dayStats(nowMs: number, lastTicks: number): DayStats {
    let [open, high, low, volume, busiest, trades24h] = [0, 0, 0, 0, 0, 0];
    const beforeMs = nowMs - (nowMs % MINUTE_MS) - MINUTE_MS;
    for (let at = this.#minutes.length - 1; at >= 0; at--) {
      const minute = this.#minutes[at]!;
      if (minute.openMs <= nowMs - DAY_MS) break;
      open = minute.open;
      high = Math.max(high, minute.high);
      low = low === 0 ? minute.low : Math.min(low, minute.low);
      volume += minute.notionalUsd;
      trades24h += minute.tradeCount;
      if (minute.openMs >= beforeMs) busiest = Math.max(busiest, minute.notionalUsd);
    }
    if (open === 0) [open, high, low] = [lastTicks, lastTicks, lastTicks];
    return {
      open24hTicks: open,
      high24hTicks: high,
      low24hTicks: low,
      volume24hUsd: volume,
      volumeMinuteUsd: busiest,
      trades24h,
    };
  }
}
