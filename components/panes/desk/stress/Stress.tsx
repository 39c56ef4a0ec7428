'use client';

import { useMemo } from 'react';
import type { StressMapView } from '../../../../engine/protocol/views/stressMap.ts';
import { formatCount } from '../../../../lib/format.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import styles from './Stress.module.css';
import { stressMapOf } from './Stress.state.ts';
import { StressGrid } from './StressGrid.tsx';

const EVERY_MS = 3_000;

/** What the market and its volatility, moving together, would do to all accounts at once; number first, shade second. */
export function Stress() {
  const { view, error } = usePolled<StressMapView>('/api/v1/stress-map', EVERY_MS);
  const map = useMemo(() => (view === undefined ? undefined : stressMapOf(view)), [view]);
  return (
    <Pane
      title="Stress"
      aside={
        view !== undefined && (
          <span>
            P&L {map?.unit} · {view.market} move, others at β · implied vol of a month · %
          </span>
        )
      }
      actions={view !== undefined && <span>{turnText(view)}</span>}
    >
      {view === undefined || map === undefined ? (
        <EmptyState title={error?.message ?? 'Waiting for the stresses.'} />
      ) : (
        <div className={classes(styles.box, error !== undefined && styles.held)}>
          <StressGrid map={map} market={view.market} />
        </div>
      )}
    </Pane>
  );
}

/** Many accounts are measured in turns: what is missing is said, not taken for nothing. */
function turnText({ measured, accounts, seq }: StressMapView): string {
  return measured === accounts
    ? `seq ${formatCount(seq)}`
    : `${formatCount(measured)} of ${formatCount(accounts)} accounts so far`;
}
