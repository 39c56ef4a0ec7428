import type { MarketDeltaMessage, ServerMessage } from '../../engine/protocol/stream.ts';
import type { LevelView, TradeView } from '../../engine/protocol/views/market.ts';
import type { Passage } from '../relay.ts';

const TICK_MS = 2;
/** Levels on each side that change: what a ladder and a depth chart show. */
const DEPTH = 60;
/** Ids of a real desk's trades never get there in a bench. */
const FIRST_TRADE_ID = 1_000_000_000;

/** A small seeded generator: the same flow on every machine. */
function sequence(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * A market far busier than the desk's own: so many messages a second in one market, one change each, in the desk's own
 * words. It starts from the desk's snapshot and takes the place of its deltas for that market; marks, statistics,
 * accounts, previews and answers stay the desk's. A desk gathers what happens in 40 ms into one message, so no flood of
 * orders would send as many.
 */
export class MarketLoad {
  /** Messages sent. */
  sent = 0;
  perSecond = 0;
  readonly #instrument: number;
  readonly #below = sequence(20_260_101);
  #sides: [Map<number, number>, Map<number, number>] = [new Map(), new Map()];
  #best: [bid: number, ask: number] = [0, 0];
  #seq = 0;
  #timeMs = 0;
  #lot = 1;
  #tradeId = FIRST_TRADE_ID;
  #send: ((message: ServerMessage) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #due = 0;
  #lastMs = 0;

  constructor(instrument: number) {
    this.#instrument = instrument;
  }

  /** For a relay: what the desk says of this market is replaced, all else passes. */
  readonly passage: Passage = (message, send) => {
    if (message.type === 'marketSnapshot' && message.market.instrument === this.#instrument) {
      this.#begin(message.market, send);
      send(message);
    } else if (message.type === 'marketDelta' && message.instrument === this.#instrument) {
      this.#timeMs = message.timeMs;
      const { mark, stats } = message;
      this.#tell([], [], { ...(mark && { mark }), ...(stats && { stats }) }, message.seq);
    } else if (message.type === 'heartbeat') {
      this.#timeMs = message.timeMs;
      const others = message.markets.filter(([instrument]) => instrument !== this.#instrument);
      send({ ...message, markets: [...others, [this.#instrument, this.#seq]] });
    } else send(message);
  };

  stop(): void {
    clearInterval(this.#timer);
  }

  #begin(
    market: { seq: number; bids: LevelView[]; asks: LevelView[] },
    send: (message: ServerMessage) => void,
  ): void {
    this.stop();
    this.#send = send;
    this.#seq = market.seq;
    this.#sides = [levelMap(market.bids), levelMap(market.asks)];
    this.#best = [market.bids[0]?.[0] ?? 0, market.asks[0]?.[0] ?? 0];
    this.#lot = market.bids[0]?.[1] ?? 1;
    this.#lastMs = performance.now();
    this.#timer = setInterval(() => this.#step(), TICK_MS);
  }

  #step(): void {
    const nowMs = performance.now();
    this.#due = Math.min(this.#due + ((nowMs - this.#lastMs) * this.perSecond) / 1_000, this.perSecond);
    this.#lastMs = nowMs;
    for (; this.#due >= 1; this.#due--) this.#change();
  }

  /** Nine in ten a level's size, one in ten a trade at the touch; a level traded away moves the touch. */
  #change(): void {
    const side = this.#below(2) as 0 | 1;
    if (this.#below(10) === 0) return this.#trade(side);
    const away = Math.min(this.#below(DEPTH), this.#below(DEPTH));
    const out = side === 0 ? -1 : 1;
    // One in thirty improves the touch, where there is room.
    const hasRoom = this.#best[1] - this.#best[0] > 1;
    const ticks = hasRoom && this.#below(30) === 0 ? this.#best[side] - out : this.#best[side] + out * away;
    const lots = (1 + this.#below(40)) * this.#lot;
    if ((ticks - this.#best[side]) * out < 0) this.#best[side] = ticks;
    this.#sides[side].set(ticks, lots);
    this.#tell([[side, ticks, lots, 1]], []);
  }

  #trade(side: 0 | 1): void {
    const ticks = this.#best[side];
    const there = this.#sides[side].get(ticks) ?? 0;
    const lots = Math.min(there, (1 + this.#below(10)) * this.#lot);
    if (lots === 0) return this.#retreat(side);
    const left = there - lots;
    if (left === 0) this.#sides[side].delete(ticks);
    else this.#sides[side].set(ticks, left);
    const trade: TradeView = {
      tradeId: this.#tradeId++,
      timeMs: this.#timeMs,
      seq: this.#seq,
      takerSide: side === 0 ? 1 : 0,
      priceTicks: ticks,
      lots,
    };
    this.#tell([[side, ticks, left, left === 0 ? 0 : 1]], [trade]);
    if (left === 0) this.#retreat(side);
  }

  /** The touch moves to the next level that holds something. */
  #retreat(side: 0 | 1): void {
    const levels = [...this.#sides[side].keys()];
    if (levels.length > 0) this.#best[side] = side === 0 ? Math.max(...levels) : Math.min(...levels);
  }

  #tell(
    levels: MarketDeltaMessage['levels'],
    trades: TradeView[],
    rest: Pick<MarketDeltaMessage, 'mark' | 'stats'> = {},
    seq = this.#seq,
  ): void {
    this.#send?.({
      type: 'marketDelta',
      instrument: this.#instrument,
      prevSeq: this.#seq,
      seq,
      timeMs: this.#timeMs,
      sentMs: Date.now(),
      levels,
      trades,
      ...rest,
    });
    this.#seq = seq;
    this.sent++;
  }
}

function levelMap(levels: readonly LevelView[]): Map<number, number> {
  return new Map(levels.map(([ticks, lots]) => [ticks, lots]));
}
