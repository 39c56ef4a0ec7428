'use client';

import { useMemo } from 'react';
import type { FillView } from '../../../../engine/protocol/views/account.ts';
import type { AuditPageView } from '../../../../engine/protocol/views/audit.ts';
import { accountHue } from '../../../../lib/accountHue.ts';
import { formatClock, formatCount, formatMoment } from '../../../../lib/format.ts';
import { useSession } from '../../../../lib/hooks/account.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useIsPast } from '../../../../lib/hooks/past.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { ZoneText } from '../../../grid/ZoneText.tsx';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import styles from './Activity.module.css';
import { activityOf, type Deed, mayReadLog } from './Activity.state.ts';

const EVERY_MS = 3_000;
const MINUTE_MS = 60_000;
const RECORDS = 100;

/** What was decided and filled in the firm, newest first, of all that the person may read. */
export function Activity() {
  const session = useSession();
  const firm = useFirm();
  const listing = useListing();
  const isPast = useIsPast();
  const address = session.state === 'signedIn' ? session.session.address : '';
  const mayRead = !isPast && mayReadLog(firm, address);
  const log = usePolled<AuditPageView>(mayRead ? `/api/v1/audit?limit=${RECORDS}` : undefined, EVERY_MS);
  const filled = usePolled<{ fills: FillView[] }>(isPast ? undefined : '/api/v1/fills', EVERY_MS);
  const isKnown = filled.view !== undefined && (log.view !== undefined || !mayRead);
  const deeds = useMemo(() => {
    if (listing === undefined) return [];
    const { markets, assets } = listing;
    return activityOf(log.view?.records ?? [], filled.view?.fills ?? [], { firm, markets, assets });
  }, [log.view, filled.view, firm, listing]);
  const error = log.error ?? filled.error;
  return (
    <Pane
      title="Activity"
      aside={
        <span>
          {mayRead || isPast
            ? 'firm, newest first'
            : 'fills, newest first · decisions are not a trader’s to read'}
        </span>
      }
      actions={mayRead && <PageLink href="/audit">audit log</PageLink>}
    >
      {deeds.length === 0 ? (
        <Nothing isPast={isPast} isKnown={isKnown} sentence={error?.message} />
      ) : (
        <div className={classes(styles.box, error !== undefined && styles.held)}>
          <Deeds deeds={deeds} />
        </div>
      )}
    </Pane>
  );
}

function Nothing({
  isPast,
  isKnown,
  sentence,
}: {
  isPast: boolean;
  isKnown: boolean;
  sentence: string | undefined;
}) {
  if (isPast)
    return (
      <EmptyState title="Activity is not shown as of the past.">
        The audit log has every decision with its sequence.
      </EmptyState>
    );
  if (isKnown) return <EmptyState title="Nothing was decided or filled yet." />;
  return <EmptyState title={sentence ?? 'Waiting for the log.'} />;
}

function Deeds({ deeds }: { deeds: readonly Deed[] }) {
  const nowMs = useNow(MINUTE_MS);
  return (
    <Table
      label="What happened in the firm"
      columns={
        <>
          <col className={styles.time} />
          <col className={styles.place} />
          <col />
          <col className={styles.seq} />
        </>
      }
      head={
        <>
          <HeadCell align="left">
            Time, <ZoneText />
          </HeadCell>
          <HeadCell align="left">Account</HeadCell>
          <HeadCell align="left">Who and what</HeadCell>
          <HeadCell>Seq</HeadCell>
        </>
      }
    >
      {deeds.map(({ key, timeMs, account, place, who, what, seq, isRefused }) => (
        <Row key={key} data-hue={account === undefined ? undefined : accountHue(account)}>
          <Cell align="left" className={styles.faint} title={formatMoment(timeMs)}>
            {formatClock(timeMs, nowMs)}
          </Cell>
          <Cell align="left" title={place}>
            {account !== undefined && <span className={styles.hue} />}
            {place}
          </Cell>
          <Cell align="left" title={`${who}: ${what}`} className={isRefused ? styles.refused : undefined}>
            <span className={styles.faint}>{who}</span> {what}
          </Cell>
          <Cell className={styles.faint}>{seq === 0 ? 'door' : formatCount(seq)}</Cell>
        </Row>
      ))}
    </Table>
  );
}
