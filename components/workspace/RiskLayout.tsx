'use client';

import { useEffect } from 'react';
import { followAccounts } from '../../lib/followAccounts.ts';
import { useSession } from '../../lib/hooks/account.ts';
import { forgetAccounts } from '../../lib/stores/accountsStore.ts';
import { History } from '../panes/risk/history/History.tsx';
import { Offsets } from '../panes/risk/offsets/Offsets.tsx';
import { Subaccounts } from '../panes/risk/subaccounts/Subaccounts.tsx';
import { Venues } from '../panes/risk/venues/Venues.tsx';
import { Waterfall } from '../panes/risk/waterfall/Waterfall.tsx';
import { WorstCase } from '../panes/risk/worstCase/WorstCase.tsx';
import { Gauge } from '../panes/trader/gauge/Gauge.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './RiskLayout.module.css';

/** The risk screen: what is required and why on the left, how far it is in the middle, against what on the right. */
export function RiskLayout() {
  const session = useSession();
  const who = session.state === 'signedIn' ? session.session.address : undefined;
  useEffect(() => {
    if (who === undefined) return;
    const life = new AbortController();
    void followAccounts(life.signal);
    return () => {
      life.abort();
      forgetAccounts();
    };
  }, [who]);
  if (who === undefined) return <SignedOut isKnown={session.state !== 'unknown'} />;
  return (
    <div className={styles.grid}>
      <div className={styles.waterfall}>
        <Waterfall />
      </div>
      <div className={styles.worstCase}>
        <WorstCase />
      </div>
      <div className={styles.gauge}>
        <Gauge />
      </div>
      <div className={styles.accounts}>
        <Subaccounts />
      </div>
      <div className={styles.history}>
        <History />
      </div>
      <div className={styles.venues}>
        <Venues />
      </div>
      <div className={styles.offsets}>
        <Offsets />
      </div>
    </div>
  );
}

function SignedOut({ isKnown }: { isKnown: boolean }) {
  return (
    <div className={styles.signedOut}>
      <EmptyState title={isKnown ? 'Sign in to see margin.' : 'Waiting for the desk.'}>
        {isKnown && 'Accounts are shown to the members who may see them.'}
      </EmptyState>
    </div>
  );
}
