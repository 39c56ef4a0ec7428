import type { PlaceOrder } from '../../protocol/commands/types.ts';
import { OrderFlag, OrderType, SelfTrade, TimeInForce } from '../../protocol/enums.ts';
import { refusal } from '../../protocol/errors.ts';
import { positionLots } from '../accounts/positions.ts';
import type { Engine } from '../engine.ts';
import { hasExpired } from '../instruments/maturities.ts';
import { isMarkStale } from '../orders/judgeTerms.ts';
import { executeOrder } from '../orders/placeOrder.ts';

/**
 * Closes what the book takes of a position, at once and no worse than the band's edge. The smallest order does not
 * bind it, and orders of the same firm give way: nothing of one's own stands between a position and its end.
 *
 * @returns OK or: instrument.expired, oracle.stale, then those of `decide` for a reduce-only market order
 */
export function closePosition(engine: Engine, account: number, instrument: number): number {
  const { state } = engine;
  if (hasExpired(state, instrument)) return refusal['instrument.expired'];
  if (isMarkStale(state, instrument)) return refusal['oracle.stale'];
  const held = positionLots(state, account, instrument);
  const sizeLots = Math.min(Math.abs(held), state.instruments.columns.sizeLotsMax[instrument]!);
  return executeOrder(engine, { ...CLOSING, account, instrument, side: held > 0 ? 1 : 0, sizeLots }, -1);
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
