import { Side } from '../../protocol/enums.ts';
import type { AccountDeltaMessage, AccountSnapshotMessage, ServerMessage } from '../../protocol/stream.ts';
import type { AccountView, FillView } from '../../protocol/views/account.ts';
import type { MarginBookView } from '../../protocol/views/marginBook.ts';
import { limits } from '../limits.ts';
import type { WatchedAccount } from '../threads/messages.ts';
import type { AccountChange } from './peopleOrders.ts';

/** Somebody who watches an account: where to send, and whether they are still there. */
export interface Watcher {
  send(message: ServerMessage): void;
}

interface LoggedChange extends AccountChange {
  readonly seq: number;
  readonly timeMs: number;
}

export interface AccountFeedPorts {
  /** The follower's view at or behind a sequence. */
  viewOf(account: number, atLeastSeq: number): Promise<WatchedAccount>;
  /** The last ones, newest first. */
  fillsOf(account: number): Promise<readonly FillView[]>;
  /** When an order was accepted, where this process saw it. */
  acceptedMsOf(orderId: number): number;
}

/**
 * One account as its members see it. Order changes leave at once; the whole view follows when the follower
 * has computed it. A log of changes lets each watcher, and one who comes back, get exactly what it missed.
 */
export class AccountFeed {
  readonly account: number;
  readonly #ports: AccountFeedPorts;
  /** Last sequence each watcher was told; a watcher that still waits for its snapshot is not in here. */
  readonly #told = new Map<Watcher, number>();
  /** Version of the margin parameters each watcher has. */
  readonly #toldVersion = new WeakMap<Watcher, string>();
  #log: LoggedChange[] = [];
  /** Changes after this sequence are all in the log. */
  #logFromSeq: number;
  #seq: number;
  #timeMs: number;
  #isViewOld = false;
  #isViewAsked = false;
  /** The next view is of this sequence at least. */
  #viewSeqMin = 0;
  /** Levels its orders of the last view wait at: what changes there changes their place in the queue. */
  #queues: ReadonlySet<number> = new Set();

  constructor(account: number, seq: number, timeMs: number, ports: AccountFeedPorts) {
    this.account = account;
    this.#ports = ports;
    this.#logFromSeq = seq;
    this.#seq = seq;
    this.#timeMs = timeMs;
  }

  /**
   * @param resumeSeq last sequence the watcher has of this account
   * @fails CallError when the follower cannot answer; the watcher is not added then
   */
  async add(watcher: Watcher, resumeSeq: number | undefined): Promise<void> {
    if (resumeSeq !== undefined && resumeSeq >= this.#logFromSeq && resumeSeq <= this.#seq) {
      this.#told.set(watcher, resumeSeq);
      this.#tell(watcher, undefined);
      this.#isViewOld = true;
      return;
    }
    const [fresh, fills] = await Promise.all([
      this.#ports.viewOf(this.account, this.#seq),
      this.#ports.fillsOf(this.account),
    ]);
    const view = this.#dated(fresh.view);
    this.#queues = queuesOf(view);
    const snapshot: AccountSnapshotMessage = {
      type: 'accountSnapshot',
      account: view,
      book: fresh.book,
      fills: fills.filter(({ seq }) => seq <= view.seq),
    };
    watcher.send(snapshot);
    this.#told.set(watcher, view.seq);
    this.#toldVersion.set(watcher, fresh.book.version);
    this.#tell(watcher, undefined);
  }

  /** Last sequence a watcher was told; undefined while it waits for its snapshot. */
  toldTo(watcher: Watcher): number | undefined {
    return this.#told.get(watcher);
  }

  remove(watcher: Watcher): void {
    this.#told.delete(watcher);
  }

  /** Notes a group's changes and tells everybody who watches. */
  changed(seq: number, timeMs: number, change: AccountChange): void {
    this.#seq = seq;
    this.#timeMs = timeMs;
    this.#isViewOld = true;
    this.#log.push({ ...change, seq, timeMs });
    if (this.#log.length > limits.stream.resumeMessages) {
      this.#logFromSeq = this.#log[0]!.seq;
      this.#log.shift();
    }
    for (const watcher of this.#told.keys()) this.#tell(watcher, undefined);
  }

  /**
   * Something outside its orders moved: a mark, a deposit, funding, the queue before an order.
   *
   * @param seq when: the next view is none from before
   */
  viewAged(seq: number): void {
    this.#isViewOld = true;
    this.#viewSeqMin = Math.max(this.#viewSeqMin, seq);
  }

  isQueuedAt(queue: number): boolean {
    return this.#queues.has(queue);
  }

  /** Asks for a fresh view if it is old and somebody watches; one question at a time. */
  refreshView(): void {
    if (!this.#isViewOld || this.#isViewAsked || this.#told.size === 0) return;
    this.#isViewOld = false;
    this.#isViewAsked = true;
    void this.#ports
      .viewOf(this.account, Math.max(this.#seq, this.#viewSeqMin))
      .then(({ view, book }) => this.#viewCame({ view: this.#dated(view), book }))
      // A follower that is busy or gone is told elsewhere; the next refresh asks again.
      .catch(() => this.viewAged(this.#seq))
      .finally(() => {
        this.#isViewAsked = false;
      });
  }

  #viewCame(fresh: WatchedAccount): void {
    this.#seq = Math.max(this.#seq, fresh.view.seq);
    this.#timeMs = Math.max(this.#timeMs, fresh.view.timeMs);
    this.#queues = queuesOf(fresh.view);
    for (const watcher of this.#told.keys()) this.#tell(watcher, fresh);
  }

  /** Sends what a watcher has not been told yet, if anything. */
  #tell(watcher: Watcher, fresh: WatchedAccount | undefined): void {
    const told = this.#told.get(watcher)!;
    const news = this.#log.filter((change) => change.seq > told);
    if (news.length === 0 && fresh === undefined) return;
    const delta: AccountDeltaMessage = {
      type: 'accountDelta',
      account: this.account,
      prevSeq: told,
      seq: Math.max(told, this.#seq),
      timeMs: this.#timeMs,
      orders: lastOfEach(news),
      fills: news.flatMap(({ fills }) => fills),
      notices: news.flatMap(({ notices }) => notices),
    };
    if (fresh !== undefined) {
      delta.view = fresh.view;
      delta.book = this.#bookFor(watcher, fresh.book);
    }
    this.#told.set(watcher, delta.seq);
    watcher.send(delta);
  }

  /** The parameters are many numbers that seldom change: who has them is not told again. */
  #bookFor(watcher: Watcher, book: MarginBookView): MarginBookView {
    const isKnown = this.#toldVersion.get(watcher) === book.version;
    this.#toldVersion.set(watcher, book.version);
    return isKnown ? { ...book, source: undefined } : book;
  }

  #dated(view: AccountView): AccountView {
    const orders = view.orders.map((order) =>
      order.acceptedMs > 0 ? order : { ...order, acceptedMs: this.#ports.acceptedMsOf(order.orderId) },
    );
    return { ...view, orders };
  }
}

/** A level of one side of one market, as one number. */
export function queueAt(instrument: number, side: Side, priceTicks: number): number {
  return (instrument * 2 + side) * 2 ** 32 + priceTicks;
}

function queuesOf({ orders }: AccountView): ReadonlySet<number> {
  const resting = orders.filter(({ state }) => state === 'open');
  return new Set(resting.map((order) => queueAt(order.instrument, Side[order.side], order.priceTicks)));
}

function lastOfEach(changes: readonly LoggedChange[]): AccountDeltaMessage['orders'] {
  if (changes.length === 1) return changes[0]!.orders;
  return [
    ...new Map(changes.flatMap(({ orders }) => orders).map((order) => [order.orderId, order])).values(),
  ];
}
