import { IsolationRule, type IsolationRuleName, nameOf } from '../../protocol/enums.ts';
import { walkEvents } from '../../protocol/events/read.ts';
import { eventTags } from '../../protocol/events/table.ts';
import type { MarketsMessage } from '../../protocol/stream.ts';
import type { MarketSnapshotView, MarketStatsView, MarketView } from '../../protocol/views/market.ts';
import { MarketFeed } from './marketFeed.ts';

/** All markets, kept from durable events. */
export class MarketFeeds {
  readonly #feeds: MarketFeed[] = [];
  /** Nothing happens in them any more: they are left out of what is told of all markets. */
  #settled: ReadonlySet<number> = new Set();
  #seq = 0;
  #timeMs = 0;

  get seq(): number {
    return this.#seq;
  }

  /** Engine time of the last command. */
  get timeMs(): number {
    return this.#timeMs;
  }

  get all(): readonly MarketFeed[] {
    return this.#feeds;
  }

  feed(instrument: number): MarketFeed | undefined {
    return this.#feeds[instrument];
  }

  startAt(seq: number, timeMs: number): void {
    this.#seq = seq;
    this.#timeMs = timeMs;
  }

  /** Opens a feed for each market that has none. Instruments are numbered from 0 and no number is used twice. */
  list(markets: readonly MarketView[], starts: readonly MarketSnapshotView[] = []): void {
    for (const market of markets.slice(this.#feeds.length)) {
      this.#feeds.push(new MarketFeed(market, starts[market.instrument], this.#seq));
    }
    const settled = markets.filter(({ stage }) => stage === 'settled');
    this.#settled = new Set(settled.map(({ instrument }) => instrument));
  }

  /** @returns whether a mark moved, or how it counts: views of accounts are then old */
  apply(lanes: Float64Array, lastSeq: number, lastMs: number): boolean {
    let hasMarkMoved = false;
    walkEvents(lanes, 0, lanes.length, (tag, at, seq, timeMs) => {
      const feed = this.#feeds[lanes[at]!];
      if (tag === eventTags.LevelChanged) {
        feed?.levelChanged(lanes[at + 1] as 0 | 1, lanes[at + 2]!, lanes[at + 3]!, lanes[at + 4]!);
      } else if (tag === eventTags.Traded) {
        feed?.traded({
          tradeId: lanes[at + 1]!,
          timeMs,
          seq,
          takerSide: lanes[at + 2] as 0 | 1,
          priceTicks: lanes[at + 3]!,
          lots: lanes[at + 4]!,
        });
      } else if (tag === eventTags.MarkChanged) {
        hasMarkMoved = true;
        feed?.markChanged({
          instrument: lanes[at]!,
          markUsdPerLot: lanes[at + 1]!,
          indexUsdPerLot: lanes[at + 2]!,
          timeMs,
          seq,
          sources: lanes[at + 3]!,
          confidencePpm: lanes[at + 4]!,
        });
      } else if (tag === eventTags.IsolationStarted || tag === eventTags.IsolationEnded) {
        hasMarkMoved = true;
        this.#isolate(lanes, tag, at);
      }
    });
    this.#seq = lastSeq;
    this.#timeMs = lastMs;
    return hasMarkMoved;
  }

  #isolate(lanes: Float64Array, tag: number, at: number): void {
    const rule = nameOf(IsolationRule, lanes[at + 1]!) as IsolationRuleName;
    const isolation = tag === eventTags.IsolationStarted ? { rule, endsMsMin: lanes[at + 2]! } : null;
    for (const feed of this.#feeds) {
      if (feed.underlyingId === lanes[at]) feed.isolationChanged(isolation);
    }
  }

  coreStats(stats: readonly MarketStatsView[]): void {
    for (const stat of stats) this.#feeds[stat.instrument]?.coreStats(stat);
  }

  /** Mark and figures of every market: what a picker shows. */
  overview(): MarketsMessage {
    const feeds = this.#feeds.filter(({ instrument }) => !this.#settled.has(instrument));
    for (const feed of feeds) feed.refreshStats(this.#timeMs);
    return {
      type: 'markets',
      seq: this.#seq,
      timeMs: this.#timeMs,
      marks: feeds.flatMap(({ mark }) => (mark === null ? [] : [mark])),
      stats: feeds.map(({ stats }) => stats),
    };
  }
}
