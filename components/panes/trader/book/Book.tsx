'use client';

import { useMemo } from 'react';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { useOrdersToDraw, usePendingOrders, useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { useArming } from '../../../../lib/hooks/arming.ts';
import { useDraft, usePreview } from '../../../../lib/hooks/draft.ts';
import { useBookFreshness } from '../../../../lib/hooks/freshness.ts';
import { useMarket } from '../../../../lib/hooks/market.ts';
import { lotsOf, ticksOf } from '../../../../lib/numberInput.ts';
import { useSettings } from '../../../../lib/settings/settingsStore.ts';
import type { PendingOrder } from '../../../../lib/stores/accountStore.ts';
import { useLevels } from '../../../../lib/stores/levelStore.ts';
import { takingOf } from './Book.state.ts';
import { BookView } from './BookView.tsx';
import { Countdown } from './Countdown.tsx';
import { type LadderActions, liveActions } from './ladderActions.ts';
import { liveFeed } from './ladderFeed.ts';
import type { SentOrder } from './ownSizes.ts';

/** The ladder of one market, live. */
export function Book({ marketName }: { marketName: string }) {
  const market = useMarket(marketName);
  const instrument = market?.instrument ?? -1;
  const feed = useMemo(() => liveFeed(instrument), [instrument]);
  const freshness = useBookFreshness(instrument);
  const allOrders = useOrdersToDraw();
  const pending = usePendingOrders();
  const watched = useLevels(marketName);
  const { side } = useDraft();
  const preview = usePreview();
  const { isArmed, untilMs } = useArming();
  const { guards, ladder: choices } = useSettings();
  const account = useSelectedAccount()?.account;
  const orders = useMemo(() => ordersOf(allOrders, instrument), [allOrders, instrument]);
  const sent = useMemo(() => (market === undefined ? [] : sentOf(pending, market)), [pending, market]);
  const levels = useMemo(() => levelTicks(watched, market), [watched, market]);
  const taking = useMemo(() => takingOf(preview, side), [preview, side]);
  const actions = useMemo(
    () =>
      market === undefined ? noActions : liveActions({ market, account, isPostOnly: choices.isPostOnly }),
    [market, account, choices.isPostOnly],
  );
  const armed = useMemo(() => (isArmed ? <Countdown untilMs={untilMs} /> : undefined), [isArmed, untilMs]);
  return (
    <BookView
      key={instrument}
      {...{ market, feed, freshness, orders, sent, taking, levels, choices, guards, armed, actions }}
    />
  );
}

const nothing = () => undefined;
/** Before the market is known no cell has a price. */
const noActions: LadderActions = {
  write: nothing,
  place: nothing,
  move: nothing,
  cancel: nothing,
  watch: nothing,
};

/** Instruments share the account's order list. */
function ordersOf(orders: readonly OrderView[], instrument: number): OrderView[] {
  return orders.filter((order) => order.instrument === instrument);
}

/** What was sent for this price and is not heard of yet. Acknowledged ones are about to arrive as facts. */
function sentOf(pending: readonly PendingOrder[], market: MarketView): SentOrder[] {
  return pending.flatMap(({ order }) => {
    const priceTicks = order.price === undefined ? undefined : ticksOf(order.price, market);
    const lots = lotsOf(order.size, market);
    if (order.instrument !== market.name || order.type !== 'limit') return [];
    return priceTicks === undefined || lots === undefined ? [] : [{ side: order.side, priceTicks, lots }];
  });
}

function levelTicks(watched: readonly { price: string }[], market: MarketView | undefined): number[] {
  if (market === undefined) return [];
  return watched.flatMap(({ price }) => ticksOf(price, market) ?? []);
}
