import { Side } from '../../protocol/enums.ts';
import { PriceLevels } from '../venue/priceLevels.ts';
import type { BookDiff, BookSnapshot, GridLevel } from './captureMessage.ts';
import type { FileErrorCode } from './defects.ts';

/** Messages that wait for a snapshot, or for one that is missing before them. */
const WAITING_MAX = 2_000;
const AHEAD_MAX = 16;

/**
 * A recorded order book, rebuilt message by message under the venue's continuity rules.
 *
 * It is either in step with the venue or empty: after a gap nothing is shown until the next snapshot,
 * because a stale book can be told from a live one and a wrong book cannot.
 */
export class L2Book {
  readonly bids = new PriceLevels(Side.buy);
  readonly asks = new PriceLevels(Side.sell);
  #state: 'waiting' | 'fresh' | 'synced' = 'waiting';
  #lastId = 0;
  /** Diffs before the snapshot, or ahead of one that is missing. */
  #early: BookDiff[] = [];
  readonly #report: (line: number, code: FileErrorCode, done: string) => void;

  constructor(report: (line: number, code: FileErrorCode, done: string) => void) {
    this.#report = report;
  }

  get isSynced(): boolean {
    return this.#state !== 'waiting';
  }

  /** Forgets everything: the recording starts again. */
  reset(): void {
    this.bids.clear();
    this.asks.clear();
    this.#early = [];
    this.#state = 'waiting';
  }

  onSnapshot(snapshot: BookSnapshot): void {
    const waiting = this.#early;
    this.reset();
    setAll(this.bids, snapshot.bids);
    setAll(this.asks, snapshot.asks);
    this.#lastId = snapshot.lastId;
    this.#state = 'fresh';
    if (isCrossed(this)) {
      this.reset();
      this.#report(snapshot.line, 'market.bookCrossed', 'The snapshot was left out.');
      return;
    }
    for (const diff of waiting) this.onDiff(diff);
  }

  onDiff(diff: BookDiff): void {
    if (this.#state === 'waiting') {
      if (this.#early.length < WAITING_MAX) this.#early.push(diff);
      return;
    }
    if (this.#isStale(diff)) {
      // Diffs older than the snapshot are expected; later ones came out of order.
      if (this.#state === 'synced')
        this.#report(diff.line, 'market.fileReordered', 'It was in the book already.');
      return;
    }
    if (!this.#follows(diff)) {
      this.#keepAhead(diff);
      return;
    }
    this.#apply(diff);
    this.#applyThoseAhead();
  }

  #isStale({ lastId, previousId }: BookDiff): boolean {
    // The first diff of a futures snapshot may end at the snapshot's own id.
    if (this.#state === 'fresh' && previousId !== undefined) return lastId < this.#lastId;
    return lastId <= this.#lastId;
  }

  #follows({ firstId, lastId, previousId }: BookDiff): boolean {
    if (this.#state === 'fresh' && previousId !== this.#lastId) {
      // The first diff after a snapshot reaches over its id.
      const next = previousId === undefined ? this.#lastId + 1 : this.#lastId;
      return firstId <= next && next <= lastId;
    }
    return previousId === undefined ? firstId === this.#lastId + 1 : previousId === this.#lastId;
  }

  #apply(diff: BookDiff): void {
    setAll(this.bids, diff.bids);
    setAll(this.asks, diff.asks);
    this.#lastId = diff.lastId;
    this.#state = 'synced';
    if (isCrossed(this)) this.#uncross(diff);
  }

  /** What a message says is newer than what stands against it. */
  #uncross({ line, bids, asks }: BookDiff): void {
    for (const [priceTicks, lots] of bids) {
      while (lots > 0 && (this.asks.best() ?? Number.POSITIVE_INFINITY) <= priceTicks) removeBest(this.asks);
    }
    for (const [priceTicks, lots] of asks) {
      while (lots > 0 && (this.bids.best() ?? 0) >= priceTicks) removeBest(this.bids);
    }
    this.#report(line, 'market.bookCrossed', 'The older levels that stood against it were taken out.');
  }

  #keepAhead(diff: BookDiff): void {
    this.#early.push(diff);
    if (this.#early.length <= AHEAD_MAX) return;
    const first = this.#early[0]!;
    this.reset();
    this.#report(first.line, 'market.fileGap', 'The book is empty until the next snapshot.');
  }

  #applyThoseAhead(): void {
    for (let at = this.#early.findIndex((diff) => this.#follows(diff)); at >= 0; ) {
      const [diff] = this.#early.splice(at, 1);
      this.#apply(diff!);
      this.#report(diff!.line, 'market.fileReordered', 'It was applied in its place.');
      at = this.#early.findIndex((next) => this.#follows(next));
    }
  }
}

function setAll(levels: PriceLevels, changes: readonly GridLevel[]): void {
  for (const [priceTicks, lots] of changes) levels.set(priceTicks, lots);
}

function isCrossed({ bids, asks }: L2Book): boolean {
  const bid = bids.best();
  const ask = asks.best();
  return bid !== undefined && ask !== undefined && bid >= ask;
}

function removeBest(levels: PriceLevels): void {
  levels.set(levels.best()!, 0);
}
