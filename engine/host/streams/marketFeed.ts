import type { MarketDeltaMessage, MarketSnapshotMessage } from '../../protocol/stream.ts';
import type {
  IsolationView,
  LevelView,
  MarketSnapshotView,
  MarketStatsView,
  MarketView,
  MarkView,
  TradeView,
} from '../../protocol/views/market.ts';
import { HOUR_MS } from '../../units/time.ts';
import { limits } from '../limits.ts';
import { Candles } from './candles.ts';
import { L2Book } from './l2Book.ts';

interface Sent {
  readonly prevSeq: number;
  readonly seq: number;
  readonly text: string;
}

/** Sides and prices as one key: prices fit 31 bits. */
const SIDE_SHIFT = 4_294_967_296;

/**
 * One market as its subscribers see it: everything since the last flush is gathered into one delta, which
 * is written as JSON once for all of them and kept a while for those who come back.
 */
export class MarketFeed {
  readonly instrument: number;
  readonly underlyingId: number;
  readonly candles: Candles;
  readonly #paysFunding: boolean;
  readonly #book = new L2Book();
  #seq: number;
  #tape: TradeView[] = [];
  #mark: MarkView | null = null;
  #isolation: IsolationView | null = null;
  #stats: MarketStatsView;
  #levels = new Map<number, MarketDeltaMessage['levels'][number]>();
  #trades: TradeView[] = [];
  #isMarkNew = false;
  #areStatsNew = false;
  #sent: Sent[] = [];

  /** @param start the market when the desk recovered; undefined when it was listed just now */
  constructor(market: MarketView, start: MarketSnapshotView | undefined, seq: number) {
    this.instrument = market.instrument;
    this.underlyingId = market.underlyingId;
    this.#paysFunding = market.kind === 'perpetual';
    this.candles = new Candles(market.usdPerTickLot);
    this.#seq = start?.seq ?? seq;
    this.#stats = start?.stats ?? emptyStats(market.instrument);
    this.#mark = start?.mark ?? null;
    this.#isolation = this.#mark?.isolation ?? null;
    for (const [ticks, lots, orders] of start?.bids ?? []) this.#book.set(0, ticks, lots, orders);
    for (const [ticks, lots, orders] of start?.asks ?? []) this.#book.set(1, ticks, lots, orders);
  }

  /** Sequence of the last flush. */
  get seq(): number {
    return this.#seq;
  }

  get mark(): MarkView | null {
    return this.#mark;
  }

  get stats(): MarketStatsView {
    return this.#stats;
  }

  levelChanged(side: 0 | 1, ticks: number, lots: number, orders: number): void {
    this.#book.set(side, ticks, lots, orders);
    this.#levels.set(side * SIDE_SHIFT + ticks, [side, ticks, lots, orders]);
  }

  traded(trade: TradeView): void {
    this.#trades.push(trade);
    this.candles.add(trade.timeMs, trade.priceTicks, trade.lots);
    this.#stats = { ...this.#stats, lastTicks: trade.priceTicks };
    this.#areStatsNew = true;
  }

  markChanged(mark: Omit<MarkView, 'isolation'>): void {
    this.#mark = { ...mark, isolation: this.#isolation };
    this.#isMarkNew = true;
  }

  /** @param isolation null when the underlying stands with the others again */
  isolationChanged(isolation: IsolationView | null): void {
    this.#isolation = isolation;
    if (this.#mark !== null) this.markChanged(this.#mark);
  }

  /** Figures only the core knows, as the follower computed them. */
  coreStats({ openInterestLots, fundingRatePpb }: MarketStatsView): void {
    if (openInterestLots === this.#stats.openInterestLots && fundingRatePpb === this.#stats.fundingRatePpb)
      return;
    this.#stats = { ...this.#stats, openInterestLots, fundingRatePpb };
    this.#areStatsNew = true;
  }

  /** The figures of the last day move on with time alone, and the best prices with the book. */
  refreshStats(nowMs: number): void {
    this.#stats = {
      ...this.#stats,
      ...this.candles.dayStats(nowMs, this.#stats.lastTicks),
      bidTicks: this.#book.best(0),
      askTicks: this.#book.best(1),
      nextFundingMs: this.#paysFunding ? (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS : 0,
    };
  }

  /**
   * Ends the delta being gathered.
   *
   * @param seq last durable sequence, with its time
   * @returns the delta's text, or undefined when nothing happened
   */
  flush(seq: number, timeMs: number, sentMs: number): string | undefined {
    if (this.#levels.size === 0 && this.#trades.length === 0 && !this.#isMarkNew && !this.#areStatsNew) {
      return undefined;
    }
    const delta: MarketDeltaMessage = {
      type: 'marketDelta',
      instrument: this.instrument,
      prevSeq: this.#seq,
      seq,
      timeMs,
      sentMs,
      levels: [...this.#levels.values()],
      trades: this.#trades,
    };
    if (this.#isMarkNew && this.#mark !== null) delta.mark = this.#mark;
    if (this.#areStatsNew) {
      this.refreshStats(timeMs);
      delta.stats = this.#stats;
    }
    const text = JSON.stringify(delta);
    this.#remember({ prevSeq: this.#seq, seq, text });
    return text;
  }

  #remember(sent: Sent): void {
    this.#tape = [...this.#trades.toReversed(), ...this.#tape].slice(0, limits.stream.tapeLength);
    this.#levels = new Map();
    this.#trades = [];
    this.#isMarkNew = false;
    this.#areStatsNew = false;
    this.#seq = sent.seq;
    this.#sent.push(sent);
    if (this.#sent.length > limits.stream.resumeMessages * 1.25) {
      this.#sent = this.#sent.slice(-limits.stream.resumeMessages);
    }
  }

  /** The market at the last flush; flush first, so that the next delta follows it. */
  snapshot(): MarketSnapshotMessage {
    const levels = (side: 0 | 1): LevelView[] => this.#book.levels(side, limits.stream.levelsPerSide);
    return {
      type: 'marketSnapshot',
      market: {
        instrument: this.instrument,
        seq: this.#seq,
        bids: levels(0),
        asks: levels(1),
        trades: this.#tape,
        mark: this.#mark,
        stats: this.#stats,
      },
    };
  }

  /** Texts a client at `seq` has missed, or undefined when they are gone or it never had them. */
  missedSince(seq: number): string[] | undefined {
    if (seq === this.#seq) return [];
    const first = this.#sent.findIndex((sent) => sent.prevSeq === seq);
    return first < 0 ? undefined : this.#sent.slice(first).map(({ text }) => text);
  }
}

function emptyStats(instrument: number): MarketStatsView {
  return {
    instrument,
    lastTicks: 0,
    open24hTicks: 0,
    high24hTicks: 0,
    low24hTicks: 0,
    volume24hUsd: 0,
    volumeMinuteUsd: 0,
    trades24h: 0,
    bidTicks: 0,
    askTicks: 0,
    openInterestLots: 0,
    fundingRatePpb: 0,
    nextFundingMs: 0,
  };
}
