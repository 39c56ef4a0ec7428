import type { OrderCommand } from '../../protocol/commands/types.ts';
import { Side } from '../../protocol/enums.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { amendment, cancellation, restingOrder } from '../venue/orderCommands.ts';
import type { OpenOrder } from '../venue/participant.ts';

/** Orders on each side of a contract. */
export const QUOTE_LEVELS = 3;

/** Half of the spread, as a share of the price: contracts that follow a coin, and options. */
const HALF_SPREAD_LINEAR = 0.0003;
const HALF_SPREAD_OPTION = 0.02;

/** An order stays while it is within this share of the half spread of where it should be, and this share of its size is left. */
const STAY_WITHIN = 0.5;
const TOP_UP_BELOW = 0.4;

/** What one contract should be quoted like now. */
export interface QuoteWish {
  account: number;
  market: MarketView;
  /** Fair price in ticks, not rounded. */
  fairTicks: number;
  lots: number;
}

/**
 * The operations that bring the quotes of one side in line: orders far from their place are amended there,
 * missing ones placed, surplus ones cancelled. Bids under one tick are left out.
 */
export function planQuotes(wish: QuoteWish, side: Side, orders: Iterable<OpenOrder>): OrderCommand[] {
  const { account, market, fairTicks, lots } = wish;
  const share = market.kind === 'option' ? HALF_SPREAD_OPTION : HALF_SPREAD_LINEAR;
  const half = Math.max(1, fairTicks * share);
  const standing = [...orders].sort((a, b) => distance(fairTicks, a) - distance(fairTicks, b));
  const operations: OrderCommand[] = [];
  for (let level = 0; level < QUOTE_LEVELS; level++) {
    const priceTicks = priceOf(fairTicks, half * (1 + level), side);
    if (priceTicks < 1) break;
    const order = standing.shift();
    if (order === undefined)
      operations.push(
        restingOrder({ account, instrument: market.instrument, side, priceTicks, sizeLots: lots }),
      );
    else if (
      Math.abs(order.priceTicks - priceTicks) > half * STAY_WITHIN ||
      order.lots < order.placedLots * TOP_UP_BELOW
    )
      operations.push(amendment(account, order.orderId, priceTicks, lots));
  }
  return [...operations, ...standing.map(({ orderId }) => cancellation(account, orderId))];
}

/** Away from the fair price: bids round down, asks up. */
function priceOf(fairTicks: number, away: number, side: Side): number {
  return side === Side.buy ? Math.floor(fairTicks - away) : Math.ceil(fairTicks + away);
}

function distance(fairTicks: number, { priceTicks }: OpenOrder): number {
  return Math.abs(priceTicks - fairTicks);
}
