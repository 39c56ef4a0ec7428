import type { ErrorView } from '../engine/protocol/errors.ts';
import type { OperationResult } from '../engine/protocol/stream.ts';
import type { AccountView, OrderView, PositionView } from '../engine/protocol/views/account.ts';
import type { MarketView } from '../engine/protocol/views/market.ts';
import type { OperationWire } from '../engine/protocol/wire/commands.ts';
import { disarm } from './arming/armingStore.ts';
import { type Answered, send } from './commands.ts';
import { flattenOperations, heldPositions } from './flatten.ts';
import { RequestError } from './http.ts';
import { orderKey } from './orderEnds.ts';
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

/** What became of the orders that were there, as the account's own stream told it. */
export interface KillEnds {
  cancelledCount: number;
  /** Filled whole before they could be cancelled. */
  filledCount: number;
  /** Of the cancelled: filled in part on the way. */
  partFilledCount: number;
  /** Gone, and how is not told. */
  unknownCount: number;
}

export interface KillReport extends KillEnds {
  seq: number;
  ordersLeft: readonly OrderView[];
  positionsLeft: readonly PositionView[];
  refusals: readonly ErrorView[];
  /** The account was seen as of `seq` or later: what is left is fact, not the last thing known. */
  isSeen: boolean;
  /** Why a later part was not answered with a done; undefined where all parts were. What came before it stands. */
  broken: KillBreak | undefined;
}

/** With very many positions there are several commands: the one that failed, and what had been done by then. */
export interface KillBreak {
  error: ErrorView;
  doneCount: number;
  askedCount: number;
}

/** A command holds no more; with more positions than this the rest follows in commands of its own. */
const OPERATIONS_MAX = 100;
const SEEN_WITHIN_MS = 3_000;
const LOOK_MS = 50;

/**
 * Takes every order of the account off the market, then sells and buys its positions back if that was chosen.
 * The page is safe from the first moment on. Where a later command of several fails, what the first did is reported.
 *
 * @fails outcome.unknown when no answer came · session.required without a trading key; of the first command only
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
  const { seq, results, broken } = await sendParts(operations, send);
  const isSeen = await seenAt(account, seq);
  return killReport({ seq, isSeen, before, after: accounts.latest(account), results, broken });
}

interface SentParts {
  seq: number;
  results: OperationResult[];
  broken: KillBreak | undefined;
}

/** @fails what the first command fails with: then nothing was done, or nobody knows */
export async function sendParts(
  operations: readonly OperationWire[],
  sendPart: (part: readonly OperationWire[]) => Promise<Pick<Answered, 'seq' | 'results'>>,
): Promise<SentParts> {
  const results: OperationResult[] = [];
  let seq = 0;
  for (let from = 0; from < operations.length; from += OPERATIONS_MAX) {
    try {
      const answered = await sendPart(operations.slice(from, from + OPERATIONS_MAX));
      results.push(...answered.results);
      seq = answered.seq;
    } catch (error) {
      if (from === 0 || !(error instanceof RequestError)) throw error;
      const broken = { error: error.error, doneCount: from, askedCount: operations.length };
      return { seq, results, broken };
    }
  }
  return { seq, results, broken: undefined };
}

export function killReport(told: {
  seq: number;
  isSeen: boolean;
  before: AccountState | undefined;
  after: AccountState | undefined;
  results: readonly OperationResult[];
  broken: KillBreak | undefined;
}): KillReport {
  const { seq, isSeen, before, after, results, broken } = told;
  return {
    seq,
    isSeen,
    broken,
    ...killEnds(before, after),
    ordersLeft: after?.orders ?? [],
    positionsLeft: (after?.view.positions ?? []).filter((position) => position.lots !== 0),
    refusals: results.flatMap((result) => (result.status === 'refused' ? [result.error] : [])),
  };
}

/** How the orders ended that are gone now; one that filled meanwhile was not cancelled. */
function killEnds(before: AccountState | undefined, after: AccountState | undefined): KillEnds {
  const left = new Set(after?.orders.map(({ orderId }) => orderId));
  const gone = before?.orders.filter(({ orderId }) => !left.has(orderId)) ?? [];
  const ends: KillEnds = { cancelledCount: 0, filledCount: 0, partFilledCount: 0, unknownCount: 0 };
  for (const order of gone) {
    const ended = after?.ended.get(orderKey(order));
    if (ended?.end === 'filled') ends.filledCount++;
    else if (ended === undefined || ended.end === 'asking' || ended.end === 'unknown') ends.unknownCount++;
    else {
      ends.cancelledCount++;
      if ((ended.filledLots ?? 0) > order.sizeLots - order.openLots) ends.partFilledCount++;
    }
  }
  return ends;
}

/** Waits until the account's stream is past a sequence, as long as a person waits for a report. */
async function seenAt(account: number, seq: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < SEEN_WITHIN_MS; waitedMs += LOOK_MS) {
    if ((accounts.latest(account)?.view.seq ?? -1) >= seq) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return false;
}

/** What a failure of its first command means for the person who pressed the kill switch. */
export function killFailure(error: unknown): string {
  if (!(error instanceof RequestError)) throw error;
  const { code, message } = error.error;
  return code === 'outcome.unknown'
    ? 'No answer came: it may or may not have been done. The orders and positions behind this window say what is.'
    : `Nothing was done: ${message}`;
}

/** The same of a later one: what had been done by then, and what of the rest is known. */
export function breakWords({ error, doneCount, askedCount }: KillBreak): string {
  const sent = `${doneCount} of ${askedCount} steps were done, the cancels among them.`;
  return error.code === 'outcome.unknown'
    ? `${sent} No answer came for the rest: it may or may not have been done.`
    : `${sent} The rest was refused: ${error.message}`;
}
