import { useState } from 'react';
import type { OrderView } from '../../../../engine/protocol/views/account.ts';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { contextNow } from '../../../../lib/draftNow.ts';
import { useMayTrade } from '../../../../lib/hooks/mayTrade.ts';
import { moveOrder } from '../../../../lib/orderRequests.ts';
import { Button } from '../../../ui/Button.tsx';
import { changeOf, legFields } from './amendment.ts';
import { dropAmend, sendAmend, startAmend, useAmending } from './amendStore.ts';
import { backTo } from './backTo.ts';
import type { OrderRow } from './Orders.state.ts';
import { cancelOrder } from './orderActions.ts';
import { legText, type WaitingLeg } from './waitingLegs.ts';

/** What one may do to an order, or to what it will place. Cancelling is never held up. */
export function OrderButtons({ row: { order, market, leg } }: { row: OrderRow }) {
  const account = useMayTrade();
  if (account === undefined || order === undefined) return null;
  if (leg !== undefined) return <LegButtons leg={leg} market={market} />;
  return <OwnButtons order={order} market={market} />;
}

/** Amend and cancel; while amending, send and leave. */
function OwnButtons({ order, market }: { order: OrderView; market: MarketView }) {
  const { orderId } = order;
  const amending = useAmending(orderId);
  const [isCancelling, setCancelling] = useState(false);
  const cancel = async () => {
    setCancelling(true);
    await cancelOrder(order.account, orderId);
    setCancelling(false);
  };
  return (
    <>
      {amending === undefined ? (
        <Button
          size="row"
          onClick={() => startAmend(order, market, 'priceText')}
          aria-label={`Amend order ${orderId}`}
        >
          amend
        </Button>
      ) : (
        <>
          <Button
            size="row"
            isBlocked={changeOf(order, amending.draft, contextNow(order.account, market)) === undefined}
            onClick={({ currentTarget }) => void sendAmend(order, market, backTo(currentTarget))}
            aria-label={`Send amendment of order ${orderId}`}
          >
            send
          </Button>
          <Button
            size="row"
            onClick={() => dropAmend(orderId)}
            aria-label={`Leave order ${orderId} as it is`}
          >
            leave
          </Button>
        </>
      )}
      <Button
        size="row"
        isPending={isCancelling}
        onClick={() => void cancel()}
        aria-label={`Cancel order ${orderId}`}
      >
        cancel
      </Button>
    </>
  );
}

/** It is written with its entry, whose row sends and leaves. */
function LegButtons({ leg, market }: { leg: WaitingLeg; market: MarketView }) {
  const { entry, role, terms } = leg;
  const [isRemoving, setRemoving] = useState(false);
  const isAmending = useAmending(entry.orderId) !== undefined;
  if (terms === undefined || isAmending) return null;
  const remove = async () => {
    setRemoving(true);
    await moveOrder(entry, market, { [role]: 'none' });
    setRemoving(false);
  };
  return (
    <>
      <Button
        size="row"
        onClick={() => startAmend(entry, market, legFields[role])}
        aria-label={`Amend ${legText(leg)}`}
      >
        amend
      </Button>
      <Button
        size="row"
        isPending={isRemoving}
        onClick={() => void remove()}
        aria-label={`Remove ${legText(leg)}`}
      >
        remove
      </Button>
    </>
  );
}
