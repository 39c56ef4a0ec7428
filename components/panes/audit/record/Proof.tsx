import type { AuditRecord } from '../../../../engine/protocol/views/audit.ts';
import { Badge } from '../../../ui/Badge.tsx';
import styles from './Record.module.css';
import { isSound } from './Record.state.ts';

/** What this page found of the record by itself. */
export function Proof({ record, earlier }: { record: AuditRecord; earlier: AuditRecord | undefined }) {
  const isOwnSound = isSound(record);
  const isLinked = earlier === undefined ? undefined : earlier.hash === record.prev;
  return (
    <section className={styles.section} aria-label="Checked in this page">
      <p className={styles.proof}>
        <Badge tone={isOwnSound ? 'plain' : 'danger'}>{isOwnSound ? 'hash holds' : 'HASH BROKEN'}</Badge>{' '}
        <Badge tone={isLinked === false ? 'danger' : 'plain'}>
          {isLinked === undefined
            ? 'the one before is not shown'
            : isLinked
              ? 'follows the one before'
              : 'DOES NOT FOLLOW'}
        </Badge>{' '}
        checked in this page
      </p>
      <code className={styles.hash}>{record.hash}</code>
    </section>
  );
}
