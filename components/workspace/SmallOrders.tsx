import type { OrderView } from '../../engine/protocol/views/account.ts';
import type { MarketView } from '../../engine/protocol/views/market.ts';
import { formatPrice, formatSize } from '../../lib/format.ts';
import { useOrders } from '../../lib/hooks/account.ts';
import { useMarkets } from '../../lib/hooks/market.ts';
import { cancelOrder } from '../panes/trader/orders/orderActions.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { NotKnown } from './NotKnown.tsx';
import styles from './SmallScreen.module.css';

export function SmallOrders({ mayTrade }: { mayTrade: boolean }) {
  const orders = useOrders();
  const markets = useMarkets();
  return (
    <section aria-label="Orders">
      <h2>Orders {orders?.length}</h2>
      {orders === undefined && <NotKnown what="orders" />}
      {orders?.length === 0 && <EmptyState title="No open orders." />}
      <ul className={styles.list}>
        {orders?.map((order) => {
          const market = markets.find(({ instrument }) => instrument === order.instrument);
          if (market === undefined) return null;
          return (
            <li key={order.orderId}>
              <span className={styles.what}>
                <b>
                  <span aria-hidden="true">{order.side === 'buy' ? '▲ ' : '▼ '}</span>
                  {order.side} {market.name}
                </b>
                <span>{termsOf(order, market)}</span>
              </span>
              <Button
                className={styles.action}
                isBlocked={!mayTrade}
                aria-label={`Cancel order ${order.orderId}: ${order.side} ${market.name}`}
                onClick={() => void cancelOrder(order.account, order.orderId)}
              >
                Cancel
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function termsOf({ openLots, priceTicks, triggerTicks }: OrderView, market: MarketView): string {
  const at = priceTicks > 0 ? ` at ${formatPrice(priceTicks, market)}` : ' at market';
  const when = triggerTicks > 0 ? ` when mark is ${formatPrice(triggerTicks, market)}` : '';
  return `${formatSize(openLots, market)} ${market.underlying}${at}${when}`;
}
