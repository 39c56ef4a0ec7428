import { useEffect, useRef } from 'react';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { useOrdersToDraw } from '../../../../lib/hooks/account.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { toast } from '../../../../lib/stores/toastStore.ts';
import { leftOrders } from './leftOrders.ts';
import { cancelOrders } from './orderActions.ts';

/** As long as it takes to think about it; they can be cancelled in their rows later as well. */
const SHOWN_MS = 20_000;

/** Says when a position was closed and its stops were not, and offers to take them away. */
export function useLeftOrders(account: AccountView | undefined): void {
  const shown = useRef<AccountView>(undefined);
  const orders = useOrdersToDraw();
  const markets = useMarkets();
  useEffect(() => {
    const before = shown.current;
    shown.current = account;
    if (account === undefined || before === account) return;
    for (const { instrument, orderIds } of leftOrders(before, account, orders)) {
      const name = markets.find((market) => market.instrument === instrument)?.name ?? '';
      const group = `left ${account.account} ${instrument}`;
      toast({
        group,
        tone: 'warn',
        text: leftText(orderIds.length, name),
        detail: 'The position is flat; left alone, they close one of the same side that comes later.',
        actions: [{ label: 'Cancel', run: () => void cancelOrders(group, account.account, orderIds) }],
        shownMs: SHOWN_MS,
      });
    }
  }, [account, orders, markets]);
}

function leftText(count: number, name: string): string {
  return count === 1
    ? `1 reduce-only order is left on ${name}.`
    : `${count} reduce-only orders are left on ${name}.`;
}
