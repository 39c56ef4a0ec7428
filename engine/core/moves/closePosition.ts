import type { PlaceOrder } from '../../protocol/commands/types.ts';
import { OrderFlag, OrderType, SelfTrade, TimeInForce } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { positionLots } from '../accounts/positions.ts';
import type { Engine } from '../engine.ts';
import { hasExpired } from '../instruments/maturities.ts';
import { isMarkStale, priceCap } from '../orders/judgeTerms.ts';
import { executeOrder } from '../orders/placeOrder.ts';

/** Orders that one position is closed by at most, each as large as the market takes in one. */
const SLICES_MAX = 16;

/**
 * Closes what the book takes of a position, at once, in orders no larger than the market takes and no worse than a
 * distance from the mark. The smallest order does not bind it, and orders of the same firm give way: nothing of one's
 * own stands between a position and its end.
 *
 * @param distancePpm furthest from the mark; 0: the band's edge, past which nothing goes in any case
 * @param leaveLots so much of it stays, lots ≥ 0
 * @returns OK or: instrument.expired, oracle.stale, order.noLiquidity where nothing may be traded that near, then those
 *   of `decide` for a reduce-only market order; order.sizeTooLarge for what is left after the last slice
 */
export function closePosition(
  engine: Engine,
  account: number,
  instrument: number,
  distancePpm: number,
  leaveLots = 0,
): number {
  const { state } = engine;
  if (hasExpired(state, instrument)) return refusal['instrument.expired'];
  if (isMarkStale(state, instrument)) return refusal['oracle.stale'];
  const side = positionLots(state, account, instrument) > 0 ? 1 : 0;
  const priceTicks = priceCap(state, instrument, side, distancePpm);
  if (priceTicks === 0) return refusal['order.noLiquidity'];
  const sizeLotsMax = state.instruments.columns.sizeLotsMax[instrument]!;
  for (let slice = 0; slice < SLICES_MAX; slice++) {
    const held = Math.abs(positionLots(state, account, instrument));
    if (held <= leaveLots) return OK;
    const sizeLots = Math.min(held - leaveLots, sizeLotsMax);
    const code = executeOrder(engine, { ...CLOSING, account, instrument, side, priceTicks, sizeLots }, -1);
    if (code !== OK) return code;
    const left = Math.abs(positionLots(state, account, instrument));
    // As small as it is to be, or the book has given what it would.
    if (left <= leaveLots || left > held - sizeLots) return OK;
  }
  return refusal['order.sizeTooLarge'];
}

const CLOSING: PlaceOrder = {
  kind: 'PlaceOrder',
  account: 0,
  instrument: 0,
  side: 0,
  type: OrderType.market,
  timeInForce: TimeInForce.ioc,
  selfTrade: SelfTrade.expireMaker,
  flags: OrderFlag.reduceOnly,
  priceTicks: 0,
  sizeLots: 0,
  triggerTicks: 0,
  expiresAtMs: 0,
  clientId0: 0,
  clientId1: 0,
  clientId2: 0,
  clientId3: 0,
};
