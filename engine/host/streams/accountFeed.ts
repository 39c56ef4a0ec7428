import type { AccountDeltaMessage, AccountSnapshotMessage, ServerMessage } from '../../protocol/stream.ts';
import type { AccountView, FillView } from '../../protocol/views/account.ts';
import { limits } from '../limits.ts';
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
  viewOf(account: number, atLeastSeq: number): Promise<AccountView>;
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
  #log: LoggedChange[] = [];
  /** Changes after this sequence are all in the log. */
  #logFromSeq: number;
  #seq: number;
  #timeMs: number;
  #isViewOld = false;
  #isViewAsked = false;

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
    const view = this.#dated(fresh);
    const snapshot: AccountSnapshotMessage = {
      type: 'accountSnapshot',
      account: view,
      fills: fills.filter(({ seq }) => seq <= view.seq),
    };
    watcher.send(snapshot);
    this.#told.set(watcher, view.seq);
    this.#tell(watcher, undefined);
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

  /** Something outside its orders moved: a mark, a deposit, funding. */
  viewAged(): void {
    this.#isViewOld = true;
  }

  /** Asks for a fresh view if it is old and somebody watches; one question at a time. */
  refreshView(): void {
    if (!this.#isViewOld || this.#isViewAsked || this.#told.size === 0) return;
    this.#isViewOld = false;
    this.#isViewAsked = true;
    void this.#ports
      .viewOf(this.account, this.#seq)
      .then((view) => this.#viewCame(this.#dated(view)))
      // A follower that is busy or gone is told elsewhere; the next refresh asks again.
      .catch(() => this.viewAged())
      .finally(() => {
        this.#isViewAsked = false;
      });
  }

  #viewCame(view: AccountView): void {
    this.#seq = Math.max(this.#seq, view.seq);
    this.#timeMs = Math.max(this.#timeMs, view.timeMs);
    for (const watcher of this.#told.keys()) this.#tell(watcher, view);
  }

  /** Sends what a watcher has not been told yet, if anything. */
  #tell(watcher: Watcher, view: AccountView | undefined): void {
    const told = this.#told.get(watcher)!;
    const news = this.#log.filter((change) => change.seq > told);
    if (news.length === 0 && view === undefined) return;
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
    if (view !== undefined) delta.view = view;
    this.#told.set(watcher, delta.seq);
    watcher.send(delta);
  }

  #dated(view: AccountView): AccountView {
    const orders = view.orders.map((order) =>
      order.acceptedMs > 0 ? order : { ...order, acceptedMs: this.#ports.acceptedMsOf(order.orderId) },
    );
    return { ...view, orders };
  }
}

function lastOfEach(changes: readonly LoggedChange[]): AccountDeltaMessage['orders'] {
  if (changes.length === 1) return changes[0]!.orders;
  return [
    ...new Map(changes.flatMap(({ orders }) => orders).map((order) => [order.orderId, order])).values(),
  ];
}
