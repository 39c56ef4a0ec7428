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
import { Positions } from '../panes/trader/positions/Positions.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { PanePair } from './PanePair.tsx';
import styles from './RiskLayout.module.css';
import screen from './Screen.module.css';

/**
 * The risk screen: what is required, why, and what stresses would do on the left; how far it is in the middle, now
 * and by the schedule; what the numbers stand on, and what others would ask, on the right.
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
        <div className={screen.onlyWide}>
          <Rest />
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
        <div>
          <Schedule />
        </div>
        <PanePair
          label="Offsets and history"
          className={screen.grows}
          panes={[
            { name: 'Isolated against cross', pane: <Offsets /> },
            { name: 'History', pane: <History />, className: screen.grows },
          ]}
        />
      </div>
      <div className={screen.column}>
        <div>
          <Oracle />
        </div>
        <div className={screen.grows}>
          <Venues />
        </div>
        <div className={screen.onlyWide}>
          <Positions />
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
