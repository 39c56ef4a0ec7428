import type { OrderView } from '../engine/protocol/views/account.ts';

/** A bid of the trader's that rests in BTC-PERP with a part of it filled, for tests of this floor and of the panes. */
export const restingBid: OrderView = {
  orderId: 12,
  clientId: '',
  account: 4,
  instrument: 0,
  side: 'buy',
  type: 'limit',
  timeInForce: 'gtc',
  isPostOnly: true,
  isReduceOnly: false,
  priceTicks: 631_000,
  sizeLots: 20_000,
  openLots: 15_000,
  triggerTicks: 0,
  expiresAtMs: 0,
  acceptedSeq: 5,
  acceptedMs: 0,
  lotsAhead: 126_000,
  state: 'open',
};
