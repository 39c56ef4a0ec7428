import type { ErrorView } from '../engine/protocol/errors.ts';
import type { OperationResult } from '../engine/protocol/stream.ts';
import type { AccountView, OrderView, PositionView } from '../engine/protocol/views/account.ts';
import type { MarketView } from '../engine/protocol/views/market.ts';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import { disarm } from './arming/armingStore.ts';
import { send } from './commands.ts';
import { flattenOperations, heldPositions } from './flatten.ts';
import { RequestError } from './http.ts';
import { accounts } from './stores/accountStore.ts';
import type { AccountState } from './stores/mergeAccount.ts';

export type KillChoice = 'cancel' | 'flatten';

/** What the kill switch would do to an account as it stands: said before it is done. */
export interface KillPlan {
  restingCount: number;
  parkedCount: number;
  /** Positions whose markets trade; what has expired is closed by its settlement. */
  held: ReturnType<typeof heldPositions>;
}

export function killPlan(
  orders: readonly OrderView[],
  { account, positions }: Pick<AccountView, 'account' | 'positions'>,
  markets: readonly MarketView[],
): KillPlan {
  return {
    restingCount: orders.filter((order) => order.state === 'open').length,
    parkedCount: orders.filter((order) => order.state === 'parked').length,
    held: heldPositions(account, positions, markets),
  };
}

export interface KillReport {
  seq: number;
  cancelledCount: number;
  ordersLeft: readonly OrderView[];
  positionsLeft: readonly PositionView[];
  refusals: readonly ErrorView[];
  /** The account was seen as of `seq` or later: what is left is fact, not the last thing known. */
  isSeen: boolean;
}

/** A command holds no more; with more positions than this the rest follows in commands of its own. */
const OPERATIONS_MAX = 100;
const SEEN_WITHIN_MS = 3_000;
const LOOK_MS = 50;

/**
 * Takes every order of the account off the market, then sells and buys its positions back if that was chosen.
 * The page is safe from the first moment on.
 *
 * @fails outcome.unknown when no answer came · session.required without a trading key
 */
export async function kill(
  account: number,
  choice: KillChoice,
  markets: readonly MarketView[],
): Promise<KillReport> {
  disarm('killSwitch');
  const before = accounts.latest(account);
  const operations: OperationWire[] = [{ type: 'CancelAll', account }];
  if (choice === 'flatten' && before !== undefined)
    operations.push(...flattenOperations(heldPositions(account, before.view.positions, markets)));
  const results: OperationResult[] = [];
  let seq = 0;
  for (let from = 0; from < operations.length; from += OPERATIONS_MAX) {
    const answered = await send(operations.slice(from, from + OPERATIONS_MAX));
    results.push(...answered.results);
    seq = answered.seq;
  }
  const isSeen = await seenAt(account, seq);
  return killReport({ seq, isSeen, before: before?.orders ?? [], after: accounts.latest(account), results });
}

export function killReport(told: {
  seq: number;
  isSeen: boolean;
  before: readonly OrderView[];
  after: AccountState | undefined;
  results: readonly OperationResult[];
}): KillReport {
  const { seq, isSeen, before, after, results } = told;
  const ordersLeft = after?.orders ?? [];
  const left = new Set(ordersLeft.map((order) => order.orderId));
  return {
    seq,
    isSeen,
    cancelledCount: before.filter((order) => !left.has(order.orderId)).length,
    ordersLeft,
    positionsLeft: (after?.view.positions ?? []).filter((position) => position.lots !== 0),
    refusals: results.flatMap((result) => (result.status === 'refused' ? [result.error] : [])),
  };
}

/** Waits until the account's stream is past a sequence, as long as a person waits for a report. */
async function seenAt(account: number, seq: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < SEEN_WITHIN_MS; waitedMs += LOOK_MS) {
    if ((accounts.latest(account)?.view.seq ?? -1) >= seq) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return false;
}

/** What a failure of the kill switch means for the person who pressed it. */
export function killFailure(error: unknown): string {
  if (!(error instanceof RequestError)) throw error;
  const { code, message } = error.error;
  return code === 'outcome.unknown'
    ? 'No answer came: it may or may not have been done. The orders and positions behind this window say what is.'
    : `Nothing was done: ${message}`;
}
