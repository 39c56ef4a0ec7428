'use client';

import { type ReactNode, useMemo } from 'react';
import { useAccount, useOrdersToDraw, usePendingOrders, useSession } from '../../../../lib/hooks/account.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { isOrderHeld } from '../../../../lib/stores/heldOrderStore.ts';
import { marks } from '../../../../lib/stores/marketStore.ts';
import { marketDecimals } from '../../../grid/decimals.ts';
import { Grid } from '../../../grid/Grid.tsx';
import type { GridGrouping } from '../../../grid/gridColumn.ts';
import { HeldFace } from '../../../grid/HeldFace.tsx';
import { type GridModel, useGrid } from '../../../grid/useGrid.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { WhySource } from '../../../ui/Why.tsx';
import { isAmending, useAmendedIds } from './amendStore.ts';
import { orderColumns } from './Orders.columns.tsx';
import {
  isUnset,
  type OrderKind,
  type OrderRow,
  orderRows,
  ordersLayout,
  stateText,
  underOf,
} from './Orders.state.ts';

/** How often distances from the mark are counted anew. */
const EVERY_MS = 500;

const groupings: readonly GridGrouping<OrderRow>[] = [
  { id: 'market', title: 'market', of: ({ market }) => market.name },
  { id: 'state', title: 'state', of: stateText },
];
const keyOf = ({ key }: OrderRow) => key;
const noMargins: readonly never[] = [];

function useOrdersGrid(kind: OrderKind): GridModel<OrderRow> {
  const orders = useOrdersToDraw();
  const pending = usePendingOrders();
  const markets = useMarkets();
  const margins = useAccount()?.orderMargins ?? noMargins;
  const nowMs = useNow(EVERY_MS);
  const amendedIds = useAmendedIds();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock is what asks the marks again, and those that are amended are asked one by one.
  const rows = useMemo(
    () =>
      orderRows(kind, {
        orders,
        pending,
        margins,
        markets,
        markOf: (instrument) => marks.get(instrument)?.markUsdPerLot,
        isAmending,
      }),
    [kind, orders, pending, margins, markets, nowMs, amendedIds],
  );
  const { size, price } = marketDecimals(rows.map(({ market }) => market));
  const columns = useMemo(() => orderColumns(kind, { size, price }), [kind, size, price]);
  return useGrid({
    id: kind,
    label: kind === 'working' ? 'Open orders' : 'Triggers',
    rows,
    columns,
    groupings,
    defaults: ordersLayout,
    keyOf,
    underOf,
    isDraft: isUnset,
  });
}

/** Orders with what one may do to them. Rows do not move while the pointer is over them. */
export function Orders({
  kind,
  tools,
}: {
  kind: OrderKind;
  tools: (model: GridModel<OrderRow>) => ReactNode;
}) {
  const model = useOrdersGrid(kind);
  const session = useSession();
  const account = useAccount();
  const isOut = session.state !== 'signedIn' && session.state !== 'unknown';
  return (
    <>
      {tools(model)}
      <WhySource value={account === undefined ? '' : sourceText(account.seq, account.timeMs)}>
        <HeldFace>
          <Grid
            model={model}
            isLoading={account === undefined && !isOut}
            lookOf={lookOf}
            empty={isOut ? <EmptyState title="Sign in to see your orders." /> : <NoOrders kind={kind} />}
          />
        </HeldFace>
      </WhySource>
    </>
  );
}

function NoOrders({ kind }: { kind: OrderKind }) {
  return kind === 'working' ? (
    <EmptyState title="No open orders.">
      Orders that rest in a book stand here. Write one in the ticket.
    </EmptyState>
  ) : (
    <EmptyState title="No triggers.">
      Stops and take profits wait here until the mark reaches them. Choose a stop type in the ticket, or give
      an order a take profit and a stop.
    </EmptyState>
  );
}

function lookOf({ order, pending, leg }: OrderRow) {
  if (order === undefined)
    return {
      kind: pending?.state === 'acknowledged' ? ('plain' as const) : ('pending' as const),
      'data-pending': pending?.state,
    };
  const isMarked = isAmending(order.orderId) || isOrderHeld(order.orderId);
  const kind = isMarked ? ('marked' as const) : ('plain' as const);
  return leg === undefined
    ? { kind, 'data-order': order.orderId }
    : { kind, 'data-leg': `${leg.role} of ${order.orderId}` };
}
