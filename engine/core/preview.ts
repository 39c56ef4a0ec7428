import { encodeEnvelope } from '../protocol/commands/envelope.ts';
import type { PlaceOrder } from '../protocol/commands/types.ts';
import { CancelReason } from '../protocol/enums.ts';
import { errorCodeOf, errorView } from '../protocol/errors.ts';
import { readEvents } from '../protocol/events/read.ts';
import type { EngineEvent } from '../protocol/events/table.ts';
import type { PreviewSideView, PreviewView } from '../protocol/views/preview.ts';
import { positionLots } from './accounts/positions.ts';
import { apply } from './apply.ts';
import type { Engine } from './engine.ts';
import { beginUndo, rollBack } from './memory/undo.ts';
import { previewSideOf } from './views/previewSide.ts';

/**
 * What an order would do if it were the next command: applied by the same code and taken back.
 *
 * The actor is the system's, so nonces and permissions play no part; the desk's own judgement does.
 *
 * @param timeMs engine time to judge at; not before the state's
 */
export function previewOrder(engine: Engine, timeMs: number, order: PlaceOrder): PreviewView {
  const { state, undo, out } = engine;
  const g = state.globals.columns;
  const seq = g.seq[0]!;
  const now = Math.max(timeMs, g.timeMs[0]!);
  const before = sideOf(engine, order);
  const start = out.length;
  beginUndo(undo);
  try {
    apply(engine, seq + 1, now, encodeEnvelope({ actor: 0, nonce: 0, command: order, proof: undefined }));
    const events = readEvents(out.lanes, start, out.length);
    return { seq, timeMs: now, ...outcomeOf(engine, order, events), before, after: sideOf(engine, order) };
  } finally {
    out.length = start;
    rollBack(undo);
  }
}

function sideOf(engine: Engine, order: PlaceOrder): PreviewSideView {
  return previewSideOf(engine, order.account, positionLots(engine.state, order.account, order.instrument));
}

type Outcome = Omit<PreviewView, 'seq' | 'timeMs' | 'before' | 'after'>;

/** Sums what the command announced about this order: a preview shows what the answer will say. */
function outcomeOf(engine: Engine, order: PlaceOrder, events: readonly EngineEvent[]): Outcome {
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
  const perTick = engine.state.instruments.columns.usdPerTickLot[order.instrument] ?? 0;
  let orderId = 0;
  for (const event of events) {
    if (event.kind === 'OrderRejected') {
      outcome.refusal = errorView(errorCodeOf(event.code)!);
    } else if (event.kind === 'OrderAccepted' && event.op === 0) {
      orderId = event.orderId;
      outcome.restingLots = event.sizeLots;
    } else if (event.kind === 'OrderFilled' && event.orderId === orderId) {
      outcome.filledLots += event.lots;
      outcome.restingLots -= event.lots;
      outcome.filledNotionalUsd += event.lots * event.priceTicks * perTick;
      outcome.worstPriceTicks = event.priceTicks;
      outcome.feeUsd += event.fee;
      outcome.realizedPnlUsd += event.realizedPnl;
    } else if (
      event.kind === 'OrderCancelled' &&
      event.orderId === orderId &&
      event.reason !== CancelReason.requested
    ) {
      outcome.cancelledLots += event.remainingLots;
      outcome.restingLots -= event.remainingLots;
    }
  }
  return outcome;
}
