/** A profitable opponent in the queue. */
export interface QueuedAccount {
  readonly id: string;
  readonly mark: number;
  readonly entry: number;
  readonly notionalUsd: number;
  readonly accountValueUsd: number;
}

/**
 * Rank in the queue: profit ratio × leverage, highest closed first.
 *
 * The page prints mark ÷ entry for both sides; for shorts we turn it round, because a short profits when the mark is
 * below the entry. That reading is ours.
 *
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/trading/auto-deleveraging
 */
export function deleveragingIndex(account: QueuedAccount, side: 1 | -1): number {
  const profit = side > 0 ? account.mark / account.entry : account.entry / account.mark;
  return profit * (account.notionalUsd / account.accountValueUsd);
}

/** Accounts in the order in which they are closed; equal ranks by id. */
export function deleveragingOrder(accounts: readonly QueuedAccount[], side: 1 | -1): string[] {
  return [...accounts]
    .sort((a, b) => deleveragingIndex(b, side) - deleveragingIndex(a, side) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}
