'use client';

import { useEffect } from 'react';
import type { HealthView } from '../../engine/protocol/views/health.ts';
import { useSession } from '../../lib/hooks/account.ts';
import { useAsOf, useAudit } from '../../lib/hooks/audit.ts';
import { useFollowFirm } from '../../lib/hooks/firm.ts';
import { usePolled } from '../../lib/hooks/polled.ts';
import { lookAsOf } from '../../lib/stores/auditStore.ts';
import { AsOf } from '../panes/audit/asOf/AsOf.tsx';
import { Export } from '../panes/audit/export/Export.tsx';
import { Log } from '../panes/audit/log/Log.tsx';
import { Record } from '../panes/audit/record/Record.tsx';
import { TimeTravel } from '../panes/audit/timeTravel/TimeTravel.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import styles from './AuditLayout.module.css';
import screen from './Screen.module.css';

const HEALTH_EVERY_MS = 2_000;

/** The auditor's screen: what was decided, one decision whole, the desk as of then, and a file to check elsewhere. */
export function AuditLayout() {
  const session = useSession();
  if (session.state === 'signedIn') return <SignedIn />;
  return (
    <div className={screen.alone}>
      <EmptyState
        title={session.state === 'unknown' ? 'Waiting for the desk.' : 'Sign in to read the audit log.'}
      >
        {session.state !== 'unknown' && 'Traders do not; a portfolio manager sees what is theirs.'}
      </EmptyState>
    </div>
  );
}

function SignedIn() {
  useFollowFirm();
  useEscape();
  const audit = useAudit();
  const asOfSeq = useAsOf();
  const lastSeq = usePolled<HealthView>('/api/v1/health', HEALTH_EVERY_MS).view?.sequence ?? 1;
  if (audit.error?.code === 'actor.notPermitted') return <NotPermitted />;
  return (
    <div className={classes(screen.screen, styles.grid)}>
      <div className={styles.time}>
        <TimeTravel records={audit.records} lastSeq={lastSeq} />
      </div>
      <div>
        <Log audit={audit} />
      </div>
      <div className={styles.side}>
        <div className={styles.record}>
          {asOfSeq === undefined ? <Record records={audit.records} /> : <AsOf seq={asOfSeq} />}
        </div>
        <div className={styles.export}>
          <Export publicKey={audit.head?.publicKey} />
        </div>
      </div>
    </div>
  );
}

function NotPermitted() {
  return (
    <div className={screen.alone}>
      <EmptyState title="Traders do not read the audit log.">
        The attempt is on record. Sign in as somebody of another role.
      </EmptyState>
    </div>
  );
}

/** Escape comes back to the desk as it is. */
function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') lookAsOf(undefined);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
