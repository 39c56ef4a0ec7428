'use client';

import { useEffect } from 'react';
import { followAccounts } from '../../lib/followAccounts.ts';
import { useSession } from '../../lib/hooks/account.ts';
import { forgetAccounts } from '../../lib/stores/accountsStore.ts';
import { Distances } from '../panes/risk/distances/Distances.tsx';
import { History } from '../panes/risk/history/History.tsx';
import { Offsets } from '../panes/risk/offsets/Offsets.tsx';
import { Oracle } from '../panes/risk/oracle/Oracle.tsx';
import { Rest } from '../panes/risk/rest/Rest.tsx';
import { Scenarios } from '../panes/risk/scenarios/Scenarios.tsx';
import { Schedule } from '../panes/risk/schedule/Schedule.tsx';
import { Subaccounts } from '../panes/risk/subaccounts/Subaccounts.tsx';
import { Venues } from '../panes/risk/venues/Venues.tsx';
import { Waterfall } from '../panes/risk/waterfall/Waterfall.tsx';
import { WorstCase } from '../panes/risk/worstCase/WorstCase.tsx';
import { Gauge } from '../panes/trader/gauge/Gauge.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './RiskLayout.module.css';
import screen from './Screen.module.css';

/**
 * The risk screen: what is required and why on the left, how far it is in the middle, against what on the right;
 * what the numbers stand on in a column of its own, or below where there is no room for one.
 */
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
    <div className={classes(screen.screen, styles.grid)}>
      <div className={screen.column}>
        <div>
          <Waterfall />
        </div>
        <div>
          <WorstCase />
        </div>
        <div className={screen.grows}>
          <Scenarios />
        </div>
      </div>
      <div className={screen.column}>
        <div className={screen.whole}>
          <Gauge />
        </div>
        <div>
          <Subaccounts />
        </div>
        <div>
          <Distances />
        </div>
        <div className={screen.grows}>
          <History />
        </div>
      </div>
      <div className={screen.column}>
        <div>
          <Offsets />
        </div>
        <div className={screen.grows}>
          <Venues />
        </div>
      </div>
      <div className={classes(screen.column, styles.last)}>
        <div>
          <Oracle />
        </div>
        <div>
          <Schedule />
        </div>
        <div className={screen.grows}>
          <Rest />
        </div>
      </div>
    </div>
  );
}

function SignedOut({ isKnown }: { isKnown: boolean }) {
  return (
    <div className={screen.alone}>
      <EmptyState title={isKnown ? 'Sign in to see margin.' : 'Waiting for the desk.'}>
        {isKnown && 'Accounts are shown to the members who may see them.'}
      </EmptyState>
    </div>
  );
}
