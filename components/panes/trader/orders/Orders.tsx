'use client';

import {
  useOrders,
  usePendingOrders,
  useSelectedAccount,
  useSession,
} from '../../../../lib/hooks/account.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { HeadCell, Table } from '../../../ui/Table.tsx';
import { OrderLine } from './OrderLine.tsx';
import styles from './Orders.module.css';
import { PendingLine } from './PendingLine.tsx';
import { useStillRows } from './useStillRows.ts';

const head: { name: string; align: 'left' | 'right' }[] = [
  { name: 'time UTC', align: 'left' },
  { name: 'market', align: 'left' },
  { name: 'side', align: 'left' },
  { name: 'type', align: 'left' },
  { name: 'terms', align: 'left' },
  { name: 'open', align: 'right' },
  { name: 'filled', align: 'right' },
  { name: 'price', align: 'right' },
  { name: 'from mark', align: 'right' },
  { name: 'queue', align: 'left' },
  { name: 'state', align: 'left' },
];

/** Open orders of the account. Rows do not move while the pointer is over them. */
export function Orders() {
  const orders = useOrders();
  const pending = usePendingOrders();
  const markets = useMarkets();
  const session = useSession();
  const account = useSelectedAccount();
  const { rows, box, hold } = useStillRows(orders);
  const mayTrade = account?.mayTrade === true && session.state === 'signedIn' && session.agent !== undefined;
  if (session.state !== 'signedIn') return <EmptyState title="Sign in to see your orders." />;
  if (rows.length === 0 && pending.length === 0) return <EmptyState title="No open orders." />;
  return (
    <div ref={box} className={styles.hold} onPointerEnter={hold}>
      <Table
        label="Open orders"
        className={styles.table}
        head={
          <>
            {head.map(({ name, align }) => (
              <HeadCell key={name} align={align}>
                {name}
              </HeadCell>
            ))}
            <HeadCell>
              <span className="visually-hidden">actions</span>
            </HeadCell>
          </>
        }
      >
        {pending.map((each) => (
          <PendingLine key={each.clientId} pending={each} />
        ))}
        {rows.map(({ order, isGone }) => {
          const market = markets.find((each) => each.instrument === order.instrument);
          if (market === undefined) return null;
          return (
            <OrderLine
              key={order.orderId}
              order={order}
              market={market}
              isGone={isGone}
              mayTrade={mayTrade}
            />
          );
        })}
      </Table>
    </div>
  );
}
