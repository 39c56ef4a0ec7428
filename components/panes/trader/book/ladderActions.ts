import type { SideName } from '../../../../engine/protocol/enums.ts';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import type { OperationWire } from '../../../../engine/protocol/wire/commands.ts';
import { formatPrice, formatSize } from '../../../../lib/format.ts';
import { priceText } from '../../../../lib/numberInput.ts';
import {
  moveOrder,
  type OperationsRequest,
  placeAt,
  requestOperations,
} from '../../../../lib/orderRequests.ts';
import { setPrice, setSide } from '../../../../lib/stores/draftStore.ts';
import { addLevel, levelsOf, removeLevel } from '../../../../lib/stores/levelStore.ts';

/** What can be done from the ladder. Guards, reviews and outcomes are told where every order's are. */
export interface LadderActions {
  /** Writes the ticket. */
  write(priceTicks: number, side: SideName | undefined): void;
  /** @param size decimal text */
  place(side: SideName, priceTicks: number, size: string): void;
  move(orders: readonly OrderView[], priceTicks: number): void;
  cancel(orders: readonly OrderView[]): void;
  /** Watches a price, or no longer. */
  watch(priceTicks: number): void;
}

export interface LadderScope {
  market: MarketView;
  /** Undefined while nobody is signed in: then nothing can be placed. */
  account: number | undefined;
  isPostOnly: boolean;
}

export function liveActions({ market, account, isPostOnly }: LadderScope): LadderActions {
  const instrument = market.name;
  return {
    write(priceTicks, side) {
      if (side !== undefined) setSide(side);
      setPrice(priceText(priceTicks, market));
    },
    place(side, priceTicks, size) {
      if (account === undefined) return;
      const price = priceText(priceTicks, market);
      const order = {
        account,
        instrument,
        side,
        type: 'limit' as const,
        timeInForce: 'gtc' as const,
        size,
        price,
      };
      void placeAt(isPostOnly ? { ...order, isPostOnly } : order, market);
    },
    move(orders, priceTicks) {
      const [only, ...more] = orders;
      if (only !== undefined && more.length === 0) {
        void moveOrder(only, market, { price: priceText(priceTicks, market) });
      } else void requestOperations(moveRequest(orders, market, priceTicks));
    },
    cancel(orders) {
      void requestOperations(cancelRequest(orders, market));
    },
    watch(priceTicks) {
      const price = priceText(priceTicks, market);
      const watched = levelsOf(instrument).find((level) => level.price === price);
      if (watched === undefined) addLevel(instrument, price);
      else removeLevel(instrument, watched.id);
    },
  };
}

/** Several orders to one price, each back to its own. */
export function moveRequest(
  orders: readonly OrderView[],
  market: MarketView,
  priceTicks: number,
): OperationsRequest {
  const amend = ({ account, orderId }: OrderView, price: string): OperationWire => ({
    type: 'AmendOrder',
    account,
    instrument: market.name,
    orderId,
    price,
  });
  return {
    operations: orders.map((order) => amend(order, priceText(priceTicks, market))),
    title: `Move ${orders.length} orders to ${formatPrice(priceTicks, market)}`,
    undo: () => orders.map((order) => amend(order, priceText(order.priceTicks, market))),
  };
}

export function cancelRequest(orders: readonly OrderView[], market: MarketView): OperationsRequest {
  const lots = orders.reduce((sum, { openLots }) => sum + openLots, 0);
  const count = orders.length === 1 ? 'order' : `${orders.length} orders`;
  return {
    operations: orders.map(({ account, orderId }) => ({ type: 'CancelOrder', account, orderId })),
    title: `Cancel ${count}, ${formatSize(lots, market)} ${market.underlying}`,
  };
}
