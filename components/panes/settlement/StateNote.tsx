'use client';

import { formatDateTime } from '../../../lib/format.ts';
import { useSettlement, useSettlementFreshness } from '../../../lib/hooks/settlement.ts';
import styles from './StateNote.module.css';

const heads = {
  off: 'Settlement is off.',
  opening: 'Settlement opens.',
  halted: 'Settlement is halted.',
  paused: 'The vault is paused.',
  frozen: 'The vault is frozen.',
} as const;

/** When settlement is not simply open: what it is, and what mends it. */
export function StateNote() {
  const view = useSettlement();
  const freshness = useSettlementFreshness();
  if (view === undefined) return null;
  const isStale = freshness.face === 'stale';
  if (view.status === 'open' && !isStale) return null;
  return (
    <div className={styles.note} role="status" data-is={isStale ? 'stale' : view.status}>
      {isStale && <p>What is shown is old. {freshness.reason}</p>}
      {view.status !== 'open' && (
        <p>
          <b>{heads[view.status]}</b> {view.sentence}
          {view.status === 'paused' &&
            view.pausedUntilMs !== null &&
            ` Until ${formatDateTime(view.pausedUntilMs)}. Taking money out by the last final root, taking a deposit back and freezing stay possible.`}
          {view.status === 'frozen' &&
            view.frozenEpoch !== null &&
            ` Everybody leaves by root #${view.frozenEpoch}; nobody’s permission is needed.`}
        </p>
      )}
    </div>
  );
}
