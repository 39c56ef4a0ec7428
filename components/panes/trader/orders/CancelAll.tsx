'use client';

import { useAccount, useOrders, useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { ActionKeys } from '../../../ui/ActionKeys.tsx';
import { Button } from '../../../ui/Button.tsx';
import { useAction } from '../../../ui/useAction.ts';
import { cancelAll } from './orderActions.ts';
import { useLeftOrders } from './useLeftOrders.ts';

/** Takes every order of the account off the market. Works with a stale feed too. It stands whatever list is open. */
export function CancelAll() {
  useLeftOrders(useAccount());
  const account = useSelectedAccount()?.account;
  const count = useOrders()?.length ?? 0;
  useAction(
    'orders.cancelAll',
    () => account !== undefined && void cancelAll(account),
    account !== undefined,
  );
  return (
    <Button
      tone="quiet"
      disabled={account === undefined || count === 0}
      onClick={() => account !== undefined && void cancelAll(account)}
    >
      cancel all <ActionKeys id="orders.cancelAll" />
    </Button>
  );
}
