import type { FillView, OrderOutcomeView, OrderView } from '../protocol/views/account.ts';
import type { CandleView } from '../protocol/views/market.ts';
import type { CandleRange } from '../records/marketQueries.ts';
import type { Answers } from '../records/questions.ts';
import type { OrderRecord, Page } from '../records/views.ts';
import { MINUTE_MS } from '../units/time.ts';
import { limits } from './limits.ts';
import type { MarketFeeds } from './streams/marketFeeds.ts';
import type { PeopleOrders } from './streams/peopleOrders.ts';
import { CallError } from './threads/pendingCalls.ts';
import type { RecordsClient } from './threads/recordsClient.ts';

/** Fills shown with an account's snapshot. */
const FILLS_SHOWN = 100;

/** Kinds of history an account has, page by page. */
export type HistoryKind = 'fills' | 'funding' | 'interest' | 'ledger';

/** What happened before this process: memory first, the records behind it. */
export class History {
  readonly #markets: MarketFeeds;
  readonly #orders: PeopleOrders;
  /** Undefined on a desk without records. */
  #records: RecordsClient | undefined;
  /** The journal's end at the start. */
  #wholeFromSeq = 0;

  constructor(markets: MarketFeeds, orders: PeopleOrders) {
    this.#markets = markets;
    this.#orders = orders;
  }

  /** @param seq the journal's end at the start: later commands are known in memory */
  follow(records: RecordsClient, seq: number): void {
    this.#records = records;
    this.#wholeFromSeq = seq;
  }

  /** An account's last fills, newest first. Without records, those of this process. */
  async fillsOf(account: number): Promise<readonly FillView[]> {
    const seen = this.#orders.fillsOf(account);
    const records = this.#recordsBehindMemory();
    if (seen.length >= FILLS_SHOWN || records === undefined) return seen.slice(0, FILLS_SHOWN);
    try {
      const recorded = await records.ask({ kind: 'fills', account, page: { limit: FILLS_SHOWN } });
      const known = new Set(seen.map(fillKey));
      return [...seen, ...recorded.filter((fill) => !known.has(fillKey(fill)))].slice(0, FILLS_SHOWN);
    } catch (error) {
      // History is late or gone: what was seen here is still true.
      if (error instanceof CallError) return seen;
      throw error;
    }
  }

  /**
   * The last order an account placed under a client id, open or not.
   *
   * @fails CallError engine.busy while nobody can say yet
   */
  async orderByClientId(account: number, clientId: string): Promise<OrderView | undefined> {
    const seen = this.#orders.orderByClientId(account, clientId);
    if (seen !== undefined || this.#records === undefined) return seen;
    const found = await this.#whole(this.#records).ask({ kind: 'orderByClientId', account, clientId });
    return found?.kind === 'order' ? viewOf(found.order) : undefined;
  }

  /**
   * What became of orders of an account; one that nobody remembers is left out.
   *
   * @fails CallError engine.busy while nobody can say yet
   */
  async outcomesOf(account: number, orderIds: readonly number[]): Promise<OrderOutcomeView[]> {
    const seen = orderIds.flatMap((orderId) => this.#orders.outcomeOf(account, orderId) ?? []);
    const known = new Set(seen.map(({ orderId }) => orderId));
    const left = orderIds.filter((orderId) => !known.has(orderId));
    // On a fresh desk everything there ever was has been seen here.
    if (left.length === 0 || this.#records === undefined || this.#wholeFromSeq === 0) return seen;
    const found = await this.#whole(this.#records).ask({ kind: 'ordersById', account, orderIds: left });
    return [
      ...seen,
      ...found.map(({ orderId, state, sizeLots, filledLots, cancelReason }) => ({
        orderId,
        state,
        sizeLots,
        filledLots,
        cancelReason,
      })),
    ];
  }

  /** @fails CallError engine.busy without records, request.malformed for a page too large */
  async page<K extends HistoryKind>(kind: K, account: number, page: Page): Promise<Answers[K]> {
    return (await this.#recorded().ask({ kind, account, page })) as Answers[K];
  }

  /**
   * Fills of several accounts together, newest first: memory first, the records where it does not reach.
   *
   * @fails CallError engine.busy when the records do not answer in time
   */
  async newestFills(accounts: readonly number[], limit: number): Promise<FillView[]> {
    const seen = newestOf(
      accounts.flatMap((account) => this.#orders.fillsOf(account).slice(0, limit)),
      limit,
    );
    const records = this.#recordsBehindMemory();
    if (seen.length === limit || records === undefined || accounts.length === 0) return seen;
    const recorded = await records.ask({ kind: 'newestFills', accounts, limit });
    const known = new Set(seen.map(fillKey));
    return newestOf([...seen, ...recorded.filter((fill) => !known.has(fillKey(fill)))], limit);
  }

  /** @fails CallError engine.busy without records, or while they are late */
  async marginWindows(fromMs: number): Promise<Answers['marginWindows']> {
    return await this.#recorded().ask({ kind: 'marginWindows', fromMs });
  }

  /** Candles of a range: minutes from memory where it reaches back far enough, else from the records. */
  async candles(range: CandleRange): Promise<CandleView[]> {
    const { candles } = this.#markets.feed(range.instrument)!;
    const isInMemory = range.intervalMs === MINUTE_MS && range.fromMs >= candles.firstMs;
    const records = this.#recordsBehindMemory();
    if (records === undefined || isInMemory) return candles.query(range.intervalMs, range.fromMs, range.toMs);
    const toMs = Math.min(range.toMs, this.#markets.timeMs + range.intervalMs);
    const recorded = await records.ask({ kind: 'candles', ...range, toMs });
    return recorded.map(({ openMs, open, high, low, close, lots }) => ({
      openMs,
      open,
      high,
      low,
      close,
      lots,
    }));
  }

  /** Puts what the records hold in front of the minutes seen here, so that a day's figures survive a restart. */
  async seedCandles(): Promise<void> {
    const toMs = this.#markets.timeMs + MINUTE_MS;
    const fromMs = Math.max(0, toMs - limits.candles.minutesKept * MINUTE_MS);
    for (const { instrument, candles } of this.#markets.all) {
      const range = { instrument, intervalMs: MINUTE_MS, fromMs, toMs };
      candles.seed(await this.#recorded().ask({ kind: 'candles', ...range }));
    }
  }

  /** Orders that were open when the desk recovered say when they were accepted: the engine itself forgets it. */
  async seedOrderTimes(): Promise<void> {
    for (const { orderId, acceptedMs } of await this.#recorded().ask({ kind: 'workingOrderTimes' })) {
      this.#orders.date(orderId, acceptedMs);
    }
  }

  /**
   * The records where they may know more than memory does. A fresh desk has seen everything itself: nobody who
   * opens it waits seconds for tables to be made.
   */
  #recordsBehindMemory(): RecordsClient | undefined {
    const isAllInMemory = this.#records?.isOpen === false && this.#wholeFromSeq === 0;
    return isAllInMemory ? undefined : this.#records;
  }

  /** Records that hold what the journal held at the start: before, they cannot say that something never was. */
  #whole(records: RecordsClient): RecordsClient {
    if (records.writtenSeq >= this.#wholeFromSeq) return records;
    throw new CallError({
      code: 'engine.busy',
      message: 'History is still being read. Ask again in a second.',
    });
  }

  #recorded(): RecordsClient {
    if (this.#records === undefined)
      throw new CallError({ code: 'engine.busy', message: 'This desk keeps no records.' });
    return this.#records;
  }
}

function newestOf(fills: FillView[], limit: number): FillView[] {
  return fills.sort((a, b) => b.seq - a.seq || b.tradeId - a.tradeId).slice(0, limit);
}

/** Both sides of a self-trade carry one trade id. */
function fillKey({ tradeId, orderId }: FillView): string {
  return `${tradeId}/${orderId}`;
}

function viewOf(record: OrderRecord): OrderView {
  const { filledLots, filledTickLots, feeUsd, endedSeq, endedMs, cancelReason, ...order } = record;
  return { ...order, lotsAhead: -1 };
}
