import { encodeEnvelope } from '../protocol/commands/envelope.ts';
import { ANY_INSTRUMENT, type Batch, type OrderCommand } from '../protocol/commands/types.ts';
import { CancelReason } from '../protocol/enums.ts';
import { errorCodeOf, errorView, OK } from '../protocol/errors.ts';
import { readEvents } from '../protocol/events/read.ts';
import type { EngineEvent, EventOf } from '../protocol/events/table.ts';
import type { PreviewView } from '../protocol/views/preview.ts';
import { assert } from '../units/assert.ts';
import { positionLots } from './accounts/positions.ts';
import { apply } from './apply.ts';
import { findOrder } from './book/openOrder.ts';
import type { Engine } from './engine.ts';
import { NONE } from './memory/table.ts';
import { beginUndo, rollBack } from './memory/undo.ts';
import { instrumentOfOrder } from './orders/books.ts';
import { findByClientId } from './orders/clientIds.ts';
import type { State } from './state.ts';
import { openInterestOf } from './views/caps.ts';
import { previewSideOf } from './views/previewSide.ts';

/**
 * What order operations of one account would do if they were the next command: applied by the same code and
 * taken back.
 *
 * The actor is the system's, so nonces and permissions play no part; the desk's own judgement does.
 *
 * @param timeMs engine time to judge at; not before the state's
 * @param operations at least one; the position shown before and after is that of the first one's instrument
 */
export function previewOrders(
  engine: Engine,
  timeMs: number,
  operations: readonly OrderCommand[],
): PreviewView {
  const { state, undo, out } = engine;
  const g = state.globals.columns;
  const seq = g.seq[0]!;
  const now = Math.max(timeMs, g.timeMs[0]!);
  const [first] = operations;
  assert(first !== undefined, 'a preview has something to look at');
  const instrument = instrumentOf(state, first);
  const sideOf = () => previewSideOf(engine, first.account, positionLots(state, first.account, instrument));
  const before = sideOf();
  const openBefore = openInterestOf(state, instrument);
  const start = out.length;
  const command: OrderCommand | Batch =
    operations.length === 1 ? first : { kind: 'Batch', operations: [...operations] };
  beginUndo(undo);
  try {
    apply(engine, seq + 1, now, encodeEnvelope({ actor: 0, nonce: 0, command, proof: undefined }));
    const events = readEvents(out.lanes, start, out.length);
    const openInterest = openBefore && {
      beforeUsd: openBefore.openUsd,
      afterUsd: openInterestOf(state, instrument)!.openUsd,
      capUsd: openBefore.capUsd,
    };
    return { seq, timeMs: now, ...outcomeOf(state, events), before, after: sideOf(), openInterest };
  } finally {
    out.length = start;
    rollBack(undo);
  }
}

/** The instrument an operation is about; NONE where it is about several or about an order that is gone. */
function instrumentOf(state: State, operation: OrderCommand): number {
  switch (operation.kind) {
    case 'PlaceOrder':
    case 'PlaceScale':
      return operation.instrument;
    case 'CancelAll':
      return operation.instrument === ANY_INSTRUMENT ? NONE : operation.instrument;
    case 'AmendOrder':
    case 'CancelOrder':
      return instrumentOfRow(state, findOrder(state.book, operation.orderId));
    case 'CancelByClientId':
      return instrumentOfRow(state, findByClientId(state, operation.account, operation));
  }
}

function instrumentOfRow(state: State, row: number): number {
  return row === NONE ? NONE : instrumentOfOrder(state, row);
}

type Outcome = Omit<PreviewView, 'seq' | 'timeMs' | 'before' | 'after' | 'openInterest'>;

/** Sums what the command announced about the orders it asked for: a preview shows what the answer will say. */
function outcomeOf(state: State, events: readonly EngineEvent[]): Outcome {
  const outcome: Outcome = {
    refusal: undefined,
    filledLots: 0,
    restingLots: 0,
    cancelledLots: 0,
    filledNotionalUsd: 0,
    worstPriceTicks: 0,
    feeUsd: 0,
    realizedPnlUsd: 0,
  };
  const asked = new Set<number>();
  for (const event of events) {
    switch (event.kind) {
      case 'CommandApplied':
      case 'OrderRejected':
      case 'AmendRejected':
      case 'CancelRejected':
        refuse(outcome, event.code);
        break;
      case 'OrderAccepted':
      case 'OrderAmended':
        if (event.op < 0) break;
        asked.add(event.orderId);
        outcome.restingLots += event.kind === 'OrderAccepted' ? event.sizeLots : event.remainingLots;
        break;
      case 'OrderFilled':
        if (asked.has(event.orderId)) fill(outcome, event, state);
        break;
      case 'OrderCancelled':
        if (asked.has(event.orderId)) outcome.restingLots -= event.remainingLots;
        if (asked.has(event.orderId) || (event.op >= 0 && event.reason === CancelReason.requested))
          outcome.cancelledLots += event.remainingLots;
        break;
      default:
        // Everything else is news for streams and records.
        break;
    }
  }
  return outcome;
}

/** The first refusal is the one a person has to do something about. */
function refuse(outcome: Outcome, code: number): void {
  if (code === OK || outcome.refusal !== undefined) return;
  const name = errorCodeOf(code);
  assert(name !== undefined, 'a refusal has a name');
  outcome.refusal = errorView(name);
}

function fill(outcome: Outcome, event: EventOf<'OrderFilled'>, state: State): void {
  const perTick = state.instruments.columns.usdPerTickLot[event.instrument]!;
  outcome.filledLots += event.lots;
  outcome.restingLots -= event.lots;
  outcome.filledNotionalUsd += event.lots * event.priceTicks * perTick;
  outcome.worstPriceTicks = event.priceTicks;
  outcome.feeUsd += event.fee;
  outcome.realizedPnlUsd += event.realizedPnl;
}
