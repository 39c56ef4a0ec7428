import type { AmendOrder, CancelAll, CancelOrder, PlaceOrder } from '../../protocol/commands/types.ts';
import { ANY_INSTRUMENT } from '../../protocol/commands/types.ts';
import { OrderType, SelfTrade, type Side, TimeInForce } from '../../protocol/enums.ts';

/** What a participant decides about an order; the rest of its fields is the same for all of them. */
export interface OrderWish {
  account: number;
  instrument: number;
  side: Side;
  priceTicks: number;
  sizeLots: number;
}

/** An order that waits in the book, and trades at once with whatever it meets on the way. */
export function restingOrder(wish: OrderWish): PlaceOrder {
  return order(wish, OrderType.limit, TimeInForce.gtc);
}

/** A market order that pays no worse than `priceTicks`. */
export function takingOrder(wish: OrderWish): PlaceOrder {
  return order(wish, OrderType.market, TimeInForce.ioc);
}

function order(wish: OrderWish, type: OrderType, timeInForce: TimeInForce): PlaceOrder {
  return {
    kind: 'PlaceOrder',
    ...wish,
    type,
    timeInForce,
    selfTrade: SelfTrade.expireTaker,
    flags: 0,
    triggerTicks: 0,
    expiresAtMs: 0,
    clientId0: 0,
    clientId1: 0,
    clientId2: 0,
    clientId3: 0,
  };
}

export function amendment(
  account: number,
  orderId: number,
  priceTicks: number,
  sizeLots: number,
): AmendOrder {
  return { kind: 'AmendOrder', account, orderId, priceTicks, sizeLots, triggerTicks: 0 };
}

export function cancellation(account: number, orderId: number): CancelOrder {
  return { kind: 'CancelOrder', account, orderId };
}

export function cancelEverything(account: number): CancelAll {
  return { kind: 'CancelAll', account, instrument: ANY_INSTRUMENT };
}
