import type { Side } from '../../protocol/enums.ts';
import { walkEvents } from '../../protocol/events/read.ts';
import { eventTags } from '../../protocol/events/table.ts';
import { AccountFeed, type AccountFeedPorts, queueAt } from './accountFeed.ts';
import type { AccountChange } from './peopleOrders.ts';

/** Accounts somebody has watched since the start. */
export class AccountFeeds {
  readonly #ports: AccountFeedPorts;
  readonly #feeds = new Map<number, AccountFeed>();

  constructor(ports: AccountFeedPorts) {
    this.#ports = ports;
  }

  /** @param seq last durable sequence, with its time: a feed made now begins there */
  feed(account: number, seq: number, timeMs: number): AccountFeed {
    let feed = this.#feeds.get(account);
    if (feed === undefined) {
      feed = new AccountFeed(account, seq, timeMs, this.#ports);
      this.#feeds.set(account, feed);
    }
    return feed;
  }

  apply(
    lanes: Float64Array,
    seq: number,
    timeMs: number,
    changes: ReadonlyMap<number, AccountChange>,
    hasMarkMoved: boolean,
  ): void {
    if (this.#feeds.size === 0) return;
    for (const [account, change] of changes) this.#feeds.get(account)?.changed(seq, timeMs, change);
    if (hasMarkMoved) for (const feed of this.#feeds.values()) feed.viewAged(seq);
    else this.#ageByLanes(lanes, seq);
  }

  refreshViews(): void {
    for (const feed of this.#feeds.values()) feed.refreshView();
  }

  /**
   * Deposits, funding and interest reach an account without an order of its own; a trade or a cancel of somebody
   * else moves its orders up in their queue.
   */
  #ageByLanes(lanes: Float64Array, lastSeq: number): void {
    walkEvents(lanes, 0, lanes.length, (tag, at) => {
      if (tag === eventTags.LevelChanged) {
        const queue = queueAt(lanes[at]!, lanes[at + 1] as Side, lanes[at + 2]!);
        for (const feed of this.#feeds.values()) if (feed.isQueuedAt(queue)) feed.viewAged(lastSeq);
      }
      if (tag !== eventTags.LedgerPosted) return;
      this.#feeds.get(lanes[at]!)?.viewAged(lastSeq);
      this.#feeds.get(lanes[at + 1]!)?.viewAged(lastSeq);
    });
  }
}
