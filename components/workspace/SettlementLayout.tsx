'use client';

import { useSession } from '../../lib/hooks/account.ts';
import { useFollowFirm } from '../../lib/hooks/firm.ts';
import { useFollowSettlement, useSettlementRefusal } from '../../lib/hooks/settlement.ts';
import { Exit } from '../panes/settlement/exit/Exit.tsx';
import { Movements } from '../panes/settlement/movements/Movements.tsx';
import { Roots } from '../panes/settlement/roots/Roots.tsx';
import { Transfer } from '../panes/settlement/transfer/Transfer.tsx';
import { Vault } from '../panes/settlement/vault/Vault.tsx';
import { Verify } from '../panes/settlement/verify/Verify.tsx';
import { Withdraw } from '../panes/settlement/withdraw/Withdraw.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { AskedChange } from './AskedChange.tsx';
import screen from './Screen.module.css';
import styles from './SettlementLayout.module.css';

/**
 * Where money stands: what the vault holds against what is owed, and the roots that tie the two; below, what moves in
 * and out, and how one leaves without the desk; at the foot, one's own balance proved up to the chain.
 */
export function SettlementLayout() {
  const session = useSession();
  useFollowFirm();
  useFollowSettlement();
  const refusal = useSettlementRefusal();
  if (session.state !== 'signedIn')
    return (
      <Alone title={session.state === 'unknown' ? 'Waiting for the desk.' : 'Sign in to see the vault.'}>
        {session.state !== 'unknown' && 'Balances are shown to the members who may see them.'}
      </Alone>
    );
  if (refusal !== undefined) return <Alone title="Nothing can be shown.">{refusal}</Alone>;
  return (
    <>
      <div className={classes(screen.screen, styles.grid)}>
        <div className={styles.vault}>
          <Vault />
        </div>
        <div>
          <Roots />
        </div>
        <div>
          <Movements />
        </div>
        <div>
          <Exit />
        </div>
        <div className={styles.verify}>
          <Verify />
        </div>
      </div>
      <Transfer />
      <Withdraw />
      <AskedChange />
    </>
  );
}

function Alone({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className={screen.alone}>
      <EmptyState title={title}>{children}</EmptyState>
    </div>
  );
}
