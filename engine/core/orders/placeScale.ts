import type { ClientId, PlaceOrder, PlaceScale } from '../../protocol/commands/types.ts';
import { OrderType, TimeInForce } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { allOrNone } from '../allOrNone.ts';
import type { Engine } from '../engine.ts';
import { highWater } from '../memory/table.ts';
import { announceRejected } from './announceOrders.ts';
import { hasClientId } from './clientIds.ts';
import { tryOrder } from './placeOrder.ts';
import { type Rung, rungsOf } from './scaleLadder.ts';

const COUNT_MIN = 2;
const COUNT_MAX = 40;
/** Last size ÷ first, × 1000. */
const RATIO_MILLI_MIN = 10;
const RATIO_MILLI_MAX = 100_000;

/**
 * Places limit orders at even steps of price, all of them or none.
 *
 * Each order is judged by all rules of PlaceOrder in the state that those before it leave, so the last judgement is
 * of the whole: margin, caps and counts with every order filled or open. The first refusal takes all of it back.
 *
 * Refusals, in this order: instrument.unknown, scale.countInvalid, scale.ratioInvalid, order.sizeZero,
 * order.sizeTooLarge (of all together), order.priceInvalid, scale.pricesTooClose, scale.sizeTooSmall, then those of
 * PlaceOrder for the first order that has one.
 *
 * @returns OK or the number of the refusal, which was announced once for all
 */
export function placeScale(engine: Engine, command: PlaceScale, op: number): number {
  const code = judgeScale(engine, command) || placeRungs(engine, command, op);
  if (code !== OK) announceRejected(engine, command, op, code);
  return code;
}

function judgeScale({ state }: Engine, c: PlaceScale): number {
  if (c.instrument >= highWater(state.instruments)) return refusal['instrument.unknown'];
  const { sizeLotsMax, priceTicksMax } = state.instruments.columns;
  if (c.count < COUNT_MIN || c.count > COUNT_MAX) return refusal['scale.countInvalid'];
  if (c.sizeRatioMilli < RATIO_MILLI_MIN || c.sizeRatioMilli > RATIO_MILLI_MAX)
    return refusal['scale.ratioInvalid'];
  if (c.sizeLots < 1) return refusal['order.sizeZero'];
  if (c.sizeLots > sizeLotsMax[c.instrument]!) return refusal['order.sizeTooLarge'];
  const low = Math.min(c.fromTicks, c.toTicks);
  const high = Math.max(c.fromTicks, c.toTicks);
  if (low < 1 || high > priceTicksMax[c.instrument]!) return refusal['order.priceInvalid'];
  if (high - low < c.count - 1) return refusal['scale.pricesTooClose'];
  return OK;
}

function placeRungs(engine: Engine, command: PlaceScale, op: number): number {
  const rungs = rungsOf(command);
  if (rungs.some(({ lots }) => lots < 1)) return refusal['scale.sizeTooSmall'];
  return allOrNone(engine, () => {
    for (const [place, rung] of rungs.entries()) {
      const code = tryOrder(engine, orderOf(command, place, rung), op);
      if (code !== OK) return code;
    }
    return OK;
  });
}

function orderOf(c: PlaceScale, place: number, { priceTicks, lots }: Rung): PlaceOrder {
  return {
    kind: 'PlaceOrder',
    account: c.account,
    instrument: c.instrument,
    side: c.side,
    type: OrderType.limit,
    timeInForce: TimeInForce.gtc,
    selfTrade: c.selfTrade,
    flags: c.flags,
    priceTicks,
    sizeLots: lots,
    triggerTicks: 0,
    expiresAtMs: 0,
    ...clientIdAt(c, place),
  };
}

/** The id of the scale as a number, plus the place: whoever gave the first knows them all. None stays none. */
function clientIdAt(id: ClientId, place: number): ClientId {
  const words = [id.clientId0, id.clientId1, id.clientId2, id.clientId3];
  let carry = hasClientId(id) ? place : 0;
  for (let word = 3; word >= 0 && carry > 0; word--) {
    const sum = (words[word]! >>> 0) + carry;
    words[word] = sum | 0;
    carry = sum > 0xffff_ffff ? 1 : 0;
  }
  const [clientId0, clientId1, clientId2, clientId3] = words as [number, number, number, number];
  return { clientId0, clientId1, clientId2, clientId3 };
}
