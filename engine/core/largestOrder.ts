import { encodeEnvelope } from '../protocol/commands/envelope.ts';
import type { PlaceOrder, PlaceScale } from '../protocol/commands/types.ts';
import { OrderFlag } from '../protocol/enums.ts';
import { errorCodeOf, errorView, OK, refusal } from '../protocol/errors.ts';
import type { LargestOrderView } from '../protocol/views/largestOrder.ts';
import { assert } from '../units/assert.ts';
import { firstWithout } from '../units/halving.ts';
import { apply } from './apply.ts';
import type { Engine } from './engine.ts';
import { beginUndo, rollBack } from './memory/undo.ts';
import { closableLots } from './orders/decide.ts';

/** Sizes are signed 32-bit words. */
const LOTS_MAX = 2_147_483_647;

/** The refusal of an order of so many lots; OK when it would be accepted. */
type Judge = (lots: number) => number;

/**
 * The most lots of an order, or of all orders of a scale together, that would be accepted as the next command. By
 * halving: at most 33 sizes are applied by the code that decides and taken back, 65 where a position is worth less
 * than the smallest order.
 *
 * `lots` is accepted and one lot more is told `refusal`; both were tried. No larger size passes either as long as
 * what refuses grows with size, as caps, margin and the depth of the book do; rounding may bend that by some lots:
 * of fees, of margin, and of a scale's sizes. What is too small for the market, or for the orders of a scale, is
 * passed over. An order that closes and then reverses is one order, and may end on either side of flat.
 *
 * A reduce-only order is cut to what it closes, so its most is the position; where that is worth less than the
 * smallest order, the smallest order that closes it.
 *
 * @param timeMs engine time to judge at; not before the state's
 * @param order its size is not looked at
 * @param lotsMax a bound of whoever asks, ≥ 1
 */
export function largestOrder(
  engine: Engine,
  timeMs: number,
  order: PlaceOrder | PlaceScale,
  lotsMax = LOTS_MAX,
): LargestOrderView {
  const g = engine.state.globals.columns;
  const now = Math.max(timeMs, g.timeMs[0]!);
  const judge: Judge = (lots) => judgeNext(engine, now, { ...order, sizeLots: lots });
  const bound = Math.min(lotsMax, closingLots(engine, order, judge));
  return { seq: g.seq[0]!, timeMs: now, ...largestUpTo(bound, judge) };
}

function largestUpTo(bound: number, judge: Judge): Pick<LargestOrderView, 'lots' | 'refusal'> {
  const beyond = firstWithout(0, bound + 1, (lots) => {
    const code = judge(lots);
    return code === OK || isTooSmall(code);
  });
  const refusalBeyond = beyond > bound ? undefined : refusalOf(judge(beyond));
  const refusalAt = refusalOf(judge(beyond - 1));
  if (refusalAt === undefined) return { lots: beyond - 1, refusal: refusalBeyond };
  // Everything below is too small, and from there on nothing passes or the bound is reached.
  return { lots: 0, refusal: refusalBeyond ?? refusalAt };
}

/** With how many lots a reduce-only order has closed all it can; no bound for others, nor where nothing is to close. */
function closingLots({ state }: Engine, order: PlaceOrder | PlaceScale, judge: Judge): number {
  const { account, instrument, side, flags } = order;
  const isReduceOnly = (flags & OrderFlag.reduceOnly) !== 0;
  const closable = isReduceOnly ? closableLots(state, account, instrument, side) : 0;
  if (closable === 0) return LOTS_MAX;
  if (!isTooSmall(judge(closable))) return closable;
  return firstWithout(closable, LOTS_MAX, (lots) => isTooSmall(judge(lots)));
}

/** Refusals that a larger size may not have. */
function isTooSmall(code: number): boolean {
  return code === refusal['order.notionalTooSmall'] || code === refusal['scale.sizeTooSmall'];
}

function refusalOf(code: number): LargestOrderView['refusal'] {
  if (code === OK) return undefined;
  const name = errorCodeOf(code);
  assert(name !== undefined, 'a refusal has a name');
  return errorView(name);
}

/** Only the answer is kept: what the order would leave is not looked at, as a preview does. */
function judgeNext(engine: Engine, timeMs: number, command: PlaceOrder | PlaceScale): number {
  const { state, undo, out } = engine;
  const start = out.length;
  const seq = state.globals.columns.seq[0]! + 1;
  beginUndo(undo);
  try {
    return apply(engine, seq, timeMs, encodeEnvelope({ actor: 0, nonce: 0, command, proof: undefined }));
  } finally {
    out.length = start;
    rollBack(undo);
  }
}
