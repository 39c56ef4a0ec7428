import type { OrderCommand } from '../../protocol/commands/types.ts';
import { Side } from '../../protocol/enums.ts';
import type { MarketView } from '../../protocol/views/market.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { amendment, cancellation, restingOrder } from '../venue/orderCommands.ts';
import type { Participant } from '../venue/participant.ts';
import type { PriceLevels } from '../venue/priceLevels.ts';
import type { L2Book } from './l2Book.ts';

/** A price this close to the edge of the band is not risked: the mark may move before the order arrives. */
const BAND_SHARE = 0.95;

/**
 * Operations after which the participant's orders are the recorded book near its touch: one order per
 * level. Cancels come first, so that a side which moves does not run into what the other leaves behind.
 */
export function planReplay(
  participant: Participant,
  market: MarketView,
  book: L2Book,
  levelsPerSide: number,
  markUsdPerLot: number,
): OrderCommand[] {
  const bids = planSide(participant, market, Side.buy, book.bids, levelsPerSide, markUsdPerLot);
  const asks = planSide(participant, market, Side.sell, book.asks, levelsPerSide, markUsdPerLot);
  return [...bids.cancels, ...asks.cancels, ...bids.others, ...asks.others];
}

function planSide(
  participant: Participant,
  market: MarketView,
  side: Side,
  levels: PriceLevels,
  levelsPerSide: number,
  markUsdPerLot: number,
): { cancels: OrderCommand[]; others: OrderCommand[] } {
  const { account } = participant;
  const { instrument } = market;
  const missing = wantedLevels(market, levels, levelsPerSide, markUsdPerLot);
  const cancels: OrderCommand[] = [];
  const others: OrderCommand[] = [];
  for (const order of participant.ordersOf(instrument, side).values()) {
    const lots = missing.get(order.priceTicks);
    missing.delete(order.priceTicks);
    if (lots === undefined) cancels.push(cancellation(account, order.orderId));
    else if (lots !== order.lots) others.push(amendment(account, order.orderId, order.priceTicks, lots));
  }
  for (const [priceTicks, sizeLots] of missing) {
    others.push(restingOrder({ account, instrument, side, priceTicks, sizeLots }));
  }
  return { cancels, others };
}

/** Lots by price for the best levels that an order may have: inside the band, not larger than the largest. */
function wantedLevels(
  market: MarketView,
  levels: PriceLevels,
  levelsPerSide: number,
  markUsdPerLot: number,
): Map<number, number> {
  const wanted = new Map<number, number>();
  for (let place = 0; place < Math.min(levelsPerSide, levels.count); place++) {
    const priceTicks = levels.priceAt(place)!;
    const usdPerLot = priceTicks * market.usdPerTickLot;
    const lots = Math.min(levels.lotsAt(place), market.sizeLotsMax);
    const isInBand =
      Math.abs(usdPerLot - markUsdPerLot) * PPM_SCALE < markUsdPerLot * market.bandPpm * BAND_SHARE;
    if (isInBand && usdPerLot * lots >= market.notionalMinUsd) wanted.set(priceTicks, lots);
  }
  return wanted;
}
