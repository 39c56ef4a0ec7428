import { eventAt, walkEvents } from '../protocol/events/read.ts';
import { type EngineEvent, type EventOf, eventTags } from '../protocol/events/table.ts';
import { assert } from '../units/assert.ts';
import { type AccountEvent, AccountRows, type EventRows } from './accountRows.ts';
import type { KeptAccounts } from './keptAccounts.ts';
import { type CandleRow, MarketRows, type TradeRow } from './marketRows.ts';
import type { OrderRow } from './peopleOrders.ts';
import type { fundingRates, gaps } from './schema.ts';

/** Rows that bring the tables to `seq`. */
export interface Batch extends EventRows {
  readonly seq: number;
  readonly timeMs: number;
  readonly orders: OrderRow[];
  readonly trades: TradeRow[];
  readonly candles: CandleRow[];
  readonly fundingRates: (typeof fundingRates.$inferInsert)[];
  readonly gaps: (typeof gaps.$inferInsert)[];
}

/** Where the tables stand, and the orders that are open there. */
export interface Standing {
  readonly seq: number;
  readonly timeMs: number;
  readonly openOrders: readonly OrderRow[];
}

/** Tags of events about one account, with the lane that names it. */
const ACCOUNT_LANE: readonly (number | undefined)[] = (() => {
  const lanes: number[] = [];
  for (const tag of [eventTags.OrderFilled, eventTags.OrderTriggered]) lanes[tag] = 0;
  for (const tag of [eventTags.BracketSet, eventTags.BracketOrderOpened]) lanes[tag] = 0;
  for (const tag of [eventTags.FundingPaid, eventTags.InterestCharged]) lanes[tag] = 0;
  for (const tag of [eventTags.OrderAccepted, eventTags.OrderRejected]) lanes[tag] = 1;
  for (const tag of [eventTags.OrderAmended, eventTags.OrderCancelled]) lanes[tag] = 1;
  return lanes;
})();

/** Turns events into rows, without waiting: nearly all events belong to nobody we keep and cost one look. */
export class Fold {
  readonly #kept: KeptAccounts;
  readonly #accounts: AccountRows;
  readonly #market = new MarketRows();
  #fundingRates: (typeof fundingRates.$inferInsert)[] = [];
  #gaps: (typeof gaps.$inferInsert)[] = [];
  #seq: number;
  #timeMs: number;
  #takenSeq: number;

  constructor({ seq, timeMs, openOrders }: Standing, kept: KeptAccounts) {
    this.#seq = seq;
    this.#timeMs = timeMs;
    this.#takenSeq = seq;
    this.#accounts = new AccountRows(openOrders);
    this.#kept = kept;
  }

  /** Last command whose events were taken in. */
  get seq(): number {
    return this.#seq;
  }

  get isEmpty(): boolean {
    return this.#seq === this.#takenSeq;
  }

  /** Rows that wait, about. */
  get rowCount(): number {
    return this.#accounts.count + this.#market.count;
  }

  /**
   * Takes in the events of whole commands; those already taken in are passed over.
   *
   * @fails AssertionError when a command is missing
   */
  add(lanes: Float64Array): void {
    let place = 0;
    let isNew = false;
    walkEvents(lanes, 0, lanes.length, (tag, at, seq, timeMs) => {
      place += 1;
      if (tag === eventTags.CommandApplied) {
        place = 0;
        isNew = seq > this.#seq;
        if (isNew) this.#step(seq, timeMs);
      } else if (isNew) this.#event(lanes, tag, at, place);
    });
  }

  /** Goes on behind `seq` without the events up to there, and notes that they are missing. */
  skipTo(seq: number): void {
    if (seq <= this.#seq) return;
    this.#gaps.push({ firstSeq: this.#seq + 1, lastSeq: seq });
    this.#seq = seq;
  }

  take(): Batch {
    const [seq, timeMs] = [this.#seq, this.#timeMs];
    const rare = { fundingRates: this.#fundingRates, gaps: this.#gaps };
    this.#takenSeq = seq;
    this.#fundingRates = [];
    this.#gaps = [];
    return { seq, timeMs, ...rare, ...this.#accounts.take(), ...this.#market.take() };
  }

  /** Lets go of what waits for these accounts. */
  forget(accounts: ReadonlySet<number>): void {
    this.#accounts.forget(accounts);
  }

  #step(seq: number, timeMs: number): void {
    assert(seq === this.#seq + 1, `the records stand at seq ${this.#seq} and were given seq ${seq}`);
    this.#seq = seq;
    this.#timeMs = timeMs;
  }

  #event(lanes: Float64Array, tag: number, at: number, place: number): void {
    const lane = ACCOUNT_LANE[tag];
    if (lane !== undefined) {
      if (!this.#kept.has(lanes[at + lane]!)) return;
      this.#accounts.add(this.#eventAt(lanes, tag, at) as AccountEvent, place);
    } else if (tag === eventTags.LedgerPosted) {
      if (!this.#kept.has(lanes[at]!) && !this.#kept.has(lanes[at + 1]!)) return;
      this.#posted(this.#eventAt(lanes, tag, at) as EventOf<'LedgerPosted'>, place);
    } else if (tag === eventTags.Traded) {
      this.#traded(lanes, at);
    } else if (tag === eventTags.SubaccountOpened) {
      this.#kept.opened(lanes[at]!, this.#seq);
    } else if (tag === eventTags.FundingRateSet) {
      this.#rateSet(this.#eventAt(lanes, tag, at) as EventOf<'FundingRateSet'>);
    }
  }

  #eventAt(lanes: Float64Array, tag: number, at: number): EngineEvent {
    return eventAt(lanes, tag, at, this.#seq, this.#timeMs);
  }

  #posted(event: EventOf<'LedgerPosted'>, place: number): void {
    const { debitAccount, creditAccount, amount } = event;
    if (this.#kept.has(debitAccount)) this.#accounts.posted(event, place, debitAccount, -amount);
    if (this.#kept.has(creditAccount)) this.#accounts.posted(event, place, creditAccount, amount);
  }

  #traded(lanes: Float64Array, at: number): void {
    this.#market.add({
      instrument: lanes[at]!,
      tradeId: lanes[at + 1]!,
      takerSide: lanes[at + 2]!,
      priceTicks: lanes[at + 3]!,
      sizeLots: lanes[at + 4]!,
      seq: this.#seq,
      timeMs: this.#timeMs,
    });
  }

  #rateSet({ instrument, seq, timeMs, ratePpb, premiumPpb, samples }: EventOf<'FundingRateSet'>): void {
    this.#fundingRates.push({ instrument, seq, timeMs, ratePpb, premiumPpb, samples });
  }
}
