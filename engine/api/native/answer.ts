import type { Command, OrderCommand } from '../../protocol/commands/types.ts';
import { CancelReason, nameOf, OrderType } from '../../protocol/enums.ts';
import { errorOfDeadline } from '../../protocol/errorOfDeadline.ts';
import { errorOfPart } from '../../protocol/errorOfPart.ts';
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
    const error = errorOfRefused(applied.code, events);
    return { seq, timeMs, results: operations.map((operation) => refusedResult(error, operation)) };
  }
  return { seq, timeMs, results: resultsOf(operations, events, markets) };
}

/** The refusal, with what an event says besides its code. */
function errorOfRefused(code: number, events: readonly EngineEvent[]): ErrorView {
  const deadline = events.find((event) => event.kind === 'DeadlineTooSoon');
  if (deadline !== undefined) return errorOfDeadline(deadline);
  return errorOf(code, events.find((event) => event.kind === 'ChangeSetRefused')?.part);
}

function operationsOf(command: Command): readonly (OrderCommand | undefined)[] {
  switch (command.kind) {
    case 'Batch':
      return command.operations;
    case 'PlaceOrder':
    case 'PlaceScale':
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
      case 'ProposalOpened': {
        const outcome = outcomeAt(results, 0);
        if (outcome !== undefined) outcome.proposal = event.proposal;
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
  const orderIds: number[] = [];
  return {
    ...(operation?.kind === 'PlaceScale' ? { orderIds } : {}),
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

/** Of a scale each order adds to what the first began. */
function accept(outcome: Outcome, event: EventOf<'OrderAccepted'>): void {
  outcome.orderIds?.push(event.orderId);
  outcome.openLots += event.sizeLots;
  if (outcome.orderId === 0) outcome.orderId = event.orderId;
  if (outcome.filledLots > 0) outcome.status = 'partlyFilled';
  else outcome.status = event.type > OrderType.market ? 'parked' : 'resting';
}

function fill(outcome: Outcome, event: EventOf<'OrderFilled'>, market: MarketView | undefined): void {
  const usdPerTickLot = market?.usdPerTickLot ?? 0;
  outcome.filledLots += event.lots;
  outcome.filledNotionalUsd += event.priceTicks * event.lots * usdPerTickLot;
  outcome.feeUsd += event.fee;
  outcome.openLots -= event.lots;
  if (outcome.openLots === 0) outcome.status = 'filled';
  else if (outcome.status !== 'amended') outcome.status = 'partlyFilled';
}

/** The remainder of an order placed here, or an order that a cancel command named. */
function cancel(
  placed: Outcome | undefined,
  asked: Outcome | undefined,
  event: EventOf<'OrderCancelled'>,
): void {
  if (placed !== undefined) {
    placed.openLots -= event.remainingLots;
    placed.endReason = nameOf(CancelReason, event.reason);
    if (placed.filledLots > 0) placed.status = 'partlyFilled';
    else if (placed.openLots === 0) placed.status = 'cancelled';
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
  const hasClientId =
    operation?.kind === 'PlaceOrder' ||
    operation?.kind === 'PlaceScale' ||
    operation?.kind === 'CancelByClientId';
  return hasClientId ? clientIdText(operation) : '';
}

function errorOf(number: number, part?: number): ErrorView {
  const code = errorCodeOf(number);
  if (code === undefined) throw new RangeError(`the engine refused with an unknown number ${number}`);
  return part === undefined ? errorView(code) : errorOfPart(code, part);
}
