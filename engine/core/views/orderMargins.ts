import type { OrderMarginView } from '../../protocol/views/account.ts';
import { sideOf } from '../book/orderTable.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { instrumentOfOrder } from '../orders/books.ts';
import { isCountedInMargin } from '../orders/openOrders.ts';

/** Each costs one evaluation of initial margin, and a screen shows no more. */
const ORDERS_MAX = 64;

/** What each of the newest orders holds of the account's initial margin; they do not add up where orders hedge. */
export function orderMarginsOf({ state, risk }: Engine, account: number): OrderMarginView[] {
  const { id, packed, openLots, nextOfAccount } = state.book.orders.columns;
  const views: OrderMarginView[] = [];
  let initialUsd: number | undefined;
  let row = state.accounts.columns.firstOrder[account]!;
  for (; row !== NONE && views.length < ORDERS_MAX; row = nextOfAccount[row]!) {
    const orderId = id[row]!;
    if (!isCountedInMargin(packed[row]!)) {
      views.push({ orderId, initialUsd: 0 });
      continue;
    }
    const instrument = instrumentOfOrder(state, row);
    initialUsd ??= risk.initialWithoutUsd(account, instrument, 0, 0);
    const without = risk.initialWithoutUsd(account, instrument, sideOf(packed[row]!), openLots[row]!);
    views.push({ orderId, initialUsd: initialUsd - without });
  }
  return views;
}
