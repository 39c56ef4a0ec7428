import type { Command, OrderCommand } from '../../protocol/commands/types.ts';
import { OrderType } from '../../protocol/enums.ts';
import { type ErrorView, errorCodeOf, errorView, OK } from '../../protocol/errors.ts';
import { readEvents } from '../../protocol/events/read.ts';
import type { EngineEvent, EventOf } from '../../protocol/events/table.ts';
import type { CommandAnswer, OperationResult } from '../../protocol/stream.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { clientIdText } from './clientId.ts';

type Outcome = Exclude<OperationResult, { status: 'refused' }>;

/**
 * The answer to a command, from its own events.
 *
 * @param lanes events of this command alone, beginning with CommandApplied
 * @param markets by instrument number: what one tick and lot is worth
 */
export function answerOf(
  command: Command,
  lanes: Float64Array,
  from: number,
  to: number,
  markets: readonly MarketView[],
): CommandAnswer {
  const events = readEvents(lanes, from, to);
  const [applied] = events;
  if (applied?.kind !== 'CommandApplied')
    throw new RangeError('the events of a command begin with CommandApplied');
  const operations = operationsOf(command);
  const { seq, timeMs } = applied;
  if (applied.code !== OK) {
    const error = errorOf(applied.code);
    return { seq, timeMs, results: operations.map((operation) => refusedResult(error, operation)) };
  }
  return { seq, timeMs, results: resultsOf(operations, events, markets) };
}

function operationsOf(command: Command): readonly (OrderCommand | undefined)[] {
  switch (command.kind) {
    case 'Batch':
      return command.operations;
    case 'PlaceOrder':
    case 'AmendOrder':
    case 'CancelOrder':
    case 'CancelByClientId':
    case 'CancelAll':
      return [command];
    default:
      return [undefined];
  }
}

function resultsOf(
  operations: readonly (OrderCommand | undefined)[],
  events: readonly EngineEvent[],
  markets: readonly MarketView[],
): OperationResult[] {
  const results: OperationResult[] = operations.map(emptyOutcome);
  const outcomeByOrder = new Map<number, Outcome>();
  for (const event of events) {
    switch (event.kind) {
      case 'OrderAccepted': {
        const outcome = outcomeAt(results, event.op);
        if (outcome !== undefined) accept(outcome, event);
        if (outcome !== undefined) outcomeByOrder.set(event.orderId, outcome);
        break;
      }
      case 'OrderAmended': {
        const outcome = outcomeAt(results, event.op);
        if (outcome === undefined) break;
        outcome.status = 'amended';
        outcome.orderId = event.orderId;
        outcome.openLots = event.remainingLots;
        outcomeByOrder.set(event.orderId, outcome);
        break;
      }
      case 'OrderTriggered': {
        const outcome = outcomeByOrder.get(event.orderId);
        if (outcome?.status === 'parked') outcome.status = 'resting';
        break;
      }
      case 'OrderFilled': {
        const outcome = outcomeByOrder.get(event.orderId);
        if (outcome !== undefined) fill(outcome, event, markets[event.instrument]);
        break;
      }
      case 'OrderCancelled':
        cancel(outcomeByOrder.get(event.orderId), outcomeAt(results, event.op), event);
        break;
      case 'OrderRejected':
      case 'AmendRejected':
      case 'CancelRejected':
        if (event.op >= 0) results[event.op] = refusedResult(errorOf(event.code), operations[event.op]);
        break;
      default:
        // Everything else is news for streams and records, not an answer.
        break;
    }
  }
  return results;
}

function emptyOutcome(operation: OrderCommand | undefined): Outcome {
  const clientId = clientIdOf(operation);
  return {
    status: 'done',
    orderId: 0,
    clientId,
    filledLots: 0,
    filledNotionalUsd: 0,
    openLots: 0,
    feeUsd: 0,
  };
}

function outcomeAt(results: OperationResult[], op: number): Outcome | undefined {
  const result = results[op];
  return result === undefined || result.status === 'refused' ? undefined : result;
}

function accept(outcome: Outcome, event: EventOf<'OrderAccepted'>): void {
  outcome.status = event.type > OrderType.market ? 'parked' : 'resting';
  outcome.orderId = event.orderId;
  outcome.openLots = event.sizeLots;
}

function fill(outcome: Outcome, event: EventOf<'OrderFilled'>, market: MarketView | undefined): void {
  const usdPerTickLot = market?.usdPerTickLot ?? 0;
  outcome.filledLots += event.lots;
  outcome.filledNotionalUsd += event.priceTicks * event.lots * usdPerTickLot;
  outcome.feeUsd += event.fee;
  outcome.openLots = event.remainingLots;
  if (event.remainingLots === 0) outcome.status = 'filled';
  else if (outcome.status !== 'amended') outcome.status = 'partlyFilled';
}

/** The remainder of an order placed here, or an order that a cancel command named. */
function cancel(
  placed: Outcome | undefined,
  asked: Outcome | undefined,
  event: EventOf<'OrderCancelled'>,
): void {
  if (placed !== undefined) {
    placed.openLots = 0;
    placed.status = placed.filledLots > 0 ? 'partlyFilled' : 'cancelled';
    return;
  }
  if (asked === undefined) return;
  // A cancel of several orders names none of them.
  asked.orderId = asked.status === 'cancelled' ? 0 : event.orderId;
  asked.status = 'cancelled';
}

function refusedResult(error: ErrorView, operation: OrderCommand | undefined): OperationResult {
  return { status: 'refused', error, clientId: clientIdOf(operation) };
}

function clientIdOf(operation: OrderCommand | undefined): string {
  const hasClientId = operation?.kind === 'PlaceOrder' || operation?.kind === 'CancelByClientId';
  return hasClientId ? clientIdText(operation) : '';
}

function errorOf(number: number): ErrorView {
  const code = errorCodeOf(number);
  if (code === undefined) throw new RangeError(`the engine refused with an unknown number ${number}`);
  return errorView(code);
}
