import { HOUR_MS, MINUTE_MS } from '../units/time.ts';
import type { candles, trades } from './schema.ts';

export type TradeRow = typeof trades.$inferInsert;
export type CandleRow = typeof candles.$inferInsert;

/** Trades kept of each instrument. */
export const TAPE_LENGTH = 500;

/** Lengths that are written; every other one is made of these when somebody asks. */
export const KEPT_INTERVALS_MS = [MINUTE_MS, HOUR_MS] as const;

/** Everybody's trades since the last `take`: few rows however many trades, so a long replay fits in memory. */
export class MarketRows {
  #tapes: TradeRow[][] = [];
  #candles: CandleRow[] = [];
  /** The candle that grows, by instrument and interval. */
  #growing: CandleRow[] = [];

  get count(): number {
    return this.#candles.length;
  }

  add(trade: TradeRow): void {
    const tape = this.#tapes[trade.instrument];
    if (tape === undefined) this.#tapes[trade.instrument] = [trade];
    else if (tape.push(trade) >= 2 * TAPE_LENGTH) tape.splice(0, tape.length - TAPE_LENGTH);
    for (let k = 0; k < KEPT_INTERVALS_MS.length; k++) this.#grow(trade, k);
  }

  take(): { trades: TradeRow[]; candles: CandleRow[] } {
    const taken = {
      trades: this.#tapes.flatMap((tape) => tape.slice(-TAPE_LENGTH)),
      candles: this.#candles,
    };
    this.#tapes = [];
    this.#candles = [];
    this.#growing = [];
    return taken;
  }

  #grow({ instrument, timeMs, priceTicks, sizeLots }: TradeRow, interval: number): void {
    const intervalMs = KEPT_INTERVALS_MS[interval]!;
    const openMs = timeMs - (timeMs % intervalMs);
    const slot = instrument * KEPT_INTERVALS_MS.length + interval;
    const candle = this.#growing[slot];
    if (candle?.openMs === openMs) {
      candle.highTicks = Math.max(candle.highTicks, priceTicks);
      candle.lowTicks = Math.min(candle.lowTicks, priceTicks);
      candle.closeTicks = priceTicks;
      candle.sizeLots += sizeLots;
      candle.tickLots += priceTicks * sizeLots;
      candle.tradeCount += 1;
      return;
    }
    const opened: CandleRow = {
      instrument,
      intervalMs,
      openMs,
      openTicks: priceTicks,
      highTicks: priceTicks,
      lowTicks: priceTicks,
      closeTicks: priceTicks,
      sizeLots,
      tickLots: priceTicks * sizeLots,
      tradeCount: 1,
    };
    this.#growing[slot] = opened;
    this.#candles.push(opened);
  }
}
