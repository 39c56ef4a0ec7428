'use client';

import type { StressesView } from '../../../../engine/protocol/views/stress.ts';
import { formatCount } from '../../../../lib/format.ts';
import { useScopedAccounts } from '../../../../lib/hooks/accounts.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { HeadCell, Table } from '../../../ui/Table.tsx';
import { WhySource } from '../../../ui/Why.tsx';
import { columnsOf, ScenarioLine } from './ScenarioLine.tsx';
import styles from './Scenarios.module.css';
import { areLarge, type ScenarioRow, scaleOf, scenarioRows, worstRow } from './Scenarios.state.ts';

const EVERY_MS = 3_000;

/** A fixed list of stresses for people, not for liquidation: what each would do at once, and what would be missing. */
export function Scenarios() {
  const { view, error } = usePolled<StressesView>('/api/v1/stresses', EVERY_MS);
  const numbers = useScopedAccounts().map(({ account }) => account);
  const accounts = (view?.accounts ?? []).filter(({ account }) => numbers.includes(account));
  const rows = view === undefined ? [] : scenarioRows(view, accounts);
  const whose = accounts.length > 1 ? `all ${accounts.length} accounts` : (accounts[0]?.label ?? '');
  return (
    <Pane
      title="Scenarios"
      aside={<span>USD, at once · {whose}</span>}
      actions={view && <span>seq {formatCount(view.seq)}</span>}
    >
      {view === undefined || rows.length === 0 ? (
        <EmptyState title={error?.message ?? 'Waiting for the scenarios.'} />
      ) : (
        <div className={classes(styles.box, error !== undefined && styles.held)}>
          <WhySource value={sourceText(view.seq, view.timeMs)}>
            <ScenarioTable rows={rows} isSeveral={accounts.length > 1} />
          </WhySource>
        </div>
      )}
    </Pane>
  );
}

function ScenarioTable({ rows, isSeveral }: { rows: readonly ScenarioRow[]; isSeveral: boolean }) {
  const worst = worstRow(rows);
  const scale = scaleOf(rows);
  const isLarge = areLarge(rows);
  const unit = isLarge && <span className={styles.short}> k</span>;
  const [equity, maintenance] = columnsOf(isSeveral);
  return (
    <Table
      label="Stress scenarios"
      className={classes(styles.table, isSeveral && styles.several)}
      head={
        <>
          <HeadCell align="left" className={styles.id}>
            <span className="visually-hidden">number</span>
          </HeadCell>
          <HeadCell align="left">shock, %</HeadCell>
          <HeadCell className={classes(styles.wide, styles.bar)}>
            <span className="visually-hidden">P&L on a common scale</span>
          </HeadCell>
          <HeadCell className={styles.usd}>
            P&L
            {unit}
          </HeadCell>
          <HeadCell className={classes(styles.usd, equity)}>
            equity
            {unit}
          </HeadCell>
          <HeadCell className={classes(styles.usd, maintenance)}>
            MM
            {unit}
          </HeadCell>
          {isSeveral && <HeadCell className={styles.over}>over</HeadCell>}
          {isSeveral && (
            <HeadCell align="left" className={styles.worst}>
              worst
            </HeadCell>
          )}
          <HeadCell className={styles.ratio}>MM %</HeadCell>
          <HeadCell className={styles.usd}>
            deficit
            {unit}
          </HeadCell>
        </>
      }
    >
      {rows.map((row) => (
        <ScenarioLine
          key={row.id}
          row={row}
          scale={scale}
          isLarge={isLarge}
          isWorst={row.id === worst}
          isSeveral={isSeveral}
        />
      ))}
    </Table>
  );
}
