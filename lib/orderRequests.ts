import type { ErrorView } from '../engine/protocol/errors.ts';
import type { OrderView } from '../engine/protocol/views/account.ts';
import type { MarketView } from '../engine/protocol/views/market.ts';
import type { OperationWire, OrderDraftWire } from '../engine/protocol/wire/commands.ts';
import { isArmed, keepArmed } from './arming/armingStore.ts';
import { type Answered, outcomesOf, sendText, textOf } from './commands.ts';
import { groupedDecimal } from './confirmation/words.ts';
import { requestOperationsPreview } from './connection.ts';
import { type ExpectedFills, expectedFills, NO_FILL_KNOWN, unseenFills } from './expectedFills.ts';
import { type Block, feedBlockNow } from './feedBlock.ts';
import { guardBlock, guardRefusal, guardWarnings } from './guards.ts';
import { RequestError } from './http.ts';
import { marketOf, operationGuards, sumGuards } from './operationGuards.ts';
import { changeBack, type OrderChange, onlyTakesAway } from './orderChange.ts';
import {
  tellAnswer,
  tellBlocked,
  tellOutcomes,
  tellRefused,
  tellUnknown,
  withdrawUndo,
} from './orderNews.ts';
import type { FoundOutcome } from './outcome.ts';
import { settings } from './settings/settingsStore.ts';
import { askReview } from './stores/reviewStore.ts';

/** Something a person asked for: what to send, what to call it, and how to take it back. */
export interface OperationsRequest {
  operations: readonly OperationWire[];
  /** What it is, as the head of its review. */
  title: string;
  /** What takes it back, offered for 5 s once the engine answered. */
  undo?: (answered: Answered) => OperationWire[];
  /** What orders at market would do, where whoever asks knows it; else the engine's copy is asked. */
  fills?: ExpectedFills;
  /** The pane that asks tells the outcome itself. */
  isToldByPane?: boolean;
  /** It leaves now. */
  onSent?: () => void;
  /** Its answer was lost; the desk is being asked. */
  onUnknown?: () => void;
}

/** How a request ended. */
export type RequestEnd =
  | { is: 'answered'; answered: Answered }
  /** Nothing left this page: a guard, a stale feed. */
  | { is: 'blocked'; block: Block }
  | { is: 'left' }
  /** Refused at the door. */
  | { is: 'refused'; error: ErrorView; ackMs: number }
  /** The answer was lost; of each order asked by client id, what became of it. */
  | { is: 'outcomes'; outcomes: FoundOutcome[] };

/**
 * The one way from a wish to the engine. Armed, it is sent at once; safe, it is reviewed first, and so it is when
 * a guard warns. A hard guard and a stale feed refuse in both. Cancels are never held up.
 */
export async function requestOperations(request: OperationsRequest): Promise<RequestEnd> {
  const { operations, title } = request;
  if (operations.every(onlyTakesAway)) return sendAndTell(request, textOf(operations));
  const fills = request.fills ?? (await fillsNow(operations));
  const readings = [
    ...operations.flatMap((operation) => operationGuards(operation, fills.get(operation))),
    ...sumGuards(operations),
  ];
  const block = feedBlockOf(operations) ?? guardBlock(guardRefusal(readings));
  if (block !== undefined) {
    if (request.isToldByPane !== true) tellBlocked(title, block);
    return { is: 'blocked', block };
  }
  const text = textOf(operations);
  const overs = guardWarnings(readings);
  const unseen = unseenFills(fills);
  const warnings = unseen.isAny ? [...overs, NO_FILL_KNOWN] : overs;
  const isSure = isArmed() && overs.length === 0 && !unseen.mayOpen;
  if (!isSure && !(await askReview({ title, text, warnings }))) return { is: 'left' };
  return sendAndTell(request, text);
}

/** New terms for a resting or waiting order; undo writes the old ones back. */
export function moveOrder(order: OrderView, market: MarketView, change: OrderChange): Promise<RequestEnd> {
  const { account, orderId } = order;
  const named = { type: 'AmendOrder' as const, account, instrument: market.name, orderId };
  return requestOperations({
    operations: [{ ...named, ...change }],
    title: `Change order ${orderId}`,
    undo: () => [{ ...named, ...changeBack(order, market, change) }],
  });
}

/** An order placed from the chart or the ladder; undo cancels what of it still works. */
export function placeAt(order: OrderDraftWire, market: MarketView): Promise<RequestEnd> {
  const { account, side, size, price, triggerPrice } = order;
  const at = triggerPrice ?? price;
  const where = at === undefined ? 'at market' : `at ${groupedDecimal(at)}`;
  return requestOperations({
    operations: [{ type: 'PlaceOrder', order }],
    title: `${side === 'buy' ? 'Buy' : 'Sell'} ${size} ${market.underlying} ${where}`,
    undo: ({ results: [result] }) =>
      result !== undefined &&
      result.status !== 'refused' &&
      (result.openLots > 0 || result.status === 'parked')
        ? [{ type: 'CancelOrder', account, orderId: result.orderId }]
        : [],
  });
}

async function sendAndTell(request: OperationsRequest, text: string): Promise<RequestEnd> {
  const isTold = request.isToldByPane !== true;
  const startMs = performance.now();
  withdrawUndo(request.operations);
  request.onSent?.();
  try {
    const answered = await sendText(text);
    keepArmed();
    if (isTold) tellAnswer(request, answered, (operations) => void undo(operations));
    return { is: 'answered', answered };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (error.error.code !== 'outcome.unknown') {
      if (isTold) tellRefused(request.title, error.error);
      return { is: 'refused', error: error.error, ackMs: performance.now() - startMs };
    }
    request.onUnknown?.();
    if (isTold) tellUnknown(request.title);
    const outcomes = await outcomesOf(text);
    if (isTold) tellOutcomes(request.title, outcomes);
    return { is: 'outcomes', outcomes };
  }
}

/** Taking back was decided when it was offered: no second look, no second offer. */
function undo(operations: OperationWire[]): Promise<RequestEnd> {
  const request = { operations, title: 'Undo' };
  return sendAndTell(request, textOf(operations));
}

/** Of the first market in which nothing may be sent now. */
function feedBlockOf(operations: readonly OperationWire[]): Block | undefined {
  for (const operation of operations) {
    const block = onlyTakesAway(operation) ? undefined : feedBlockNow(marketOf(operation)?.instrument);
    if (block !== undefined) return block;
  }
  return undefined;
}

/** Nobody waits for what no guard would look at. */
async function fillsNow(operations: readonly OperationWire[]): Promise<ExpectedFills> {
  const { warn, hard } = settings().slippage;
  if (warn === '' && hard === '') return new Map();
  return await expectedFills(operations, requestOperationsPreview);
}
