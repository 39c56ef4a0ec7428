'use client';

import { flattenOperations, heldPositions } from '../../../../lib/flatten.ts';
import { useAccount } from '../../../../lib/hooks/account.ts';
import { useMarkets } from '../../../../lib/hooks/market.ts';
import { useMayTrade } from '../../../../lib/hooks/mayTrade.ts';
import { requestOperations } from '../../../../lib/orderRequests.ts';
import { ActionKeys } from '../../../ui/ActionKeys.tsx';
import { Button } from '../../../ui/Button.tsx';
import { useAction } from '../../../ui/useAction.ts';

/** Closes every position of the account at market. */
export function FlattenAll() {
  const account = useMayTrade();
  const positions = useAccount()?.positions ?? [];
  const markets = useMarkets();
  const held = account === undefined ? [] : heldPositions(account, positions, markets);
  const ask = () =>
    void requestOperations({
      operations: flattenOperations(held),
      title: held.length === 1 ? 'Flatten the one position' : `Flatten all ${held.length} positions`,
    });
  useAction('positions.flattenAll', ask, held.length > 0);
  return (
    <Button tone="quiet" disabled={held.length === 0} onClick={ask}>
      flatten all <ActionKeys id="positions.flattenAll" />
    </Button>
  );
}
