'use client';

import type { MarginScheduleView, MultiplierView } from '../../../../engine/protocol/views/schedule.ts';
import { formatUsd } from '../../../../lib/format.ts';
import { useScopedAccounts } from '../../../../lib/hooks/accounts.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Why, WhySource } from '../../../ui/Why.tsx';
import styles from './Schedule.module.css';
import {
  amountReason,
  hourText,
  multiplierReason,
  multiplierText,
  quietReason,
  quietText,
  type ScheduleRow,
  scheduleTable,
} from './Schedule.state.ts';

const EVERY_MS = 3_000;

/** The published schedule: multipliers now, where they want to be, what is announced, and what it means for MM. */
export function Schedule() {
  const { view, error } = usePolled<MarginScheduleView>('/api/v1/margin-schedule', EVERY_MS);
  const accounts = useScopedAccounts();
  const whose = accounts.length > 1 ? `sum of ${accounts.length} accounts` : (accounts[0]?.label ?? '');
  return (
    <Pane title="MM schedule" aside={<span>μ = volatility ÷ reference, ≤ 5 %/h up · {whose}</span>}>
      {view === undefined ? (
        <EmptyState title={error?.message ?? 'Waiting for the schedule.'} />
      ) : (
        <div className={classes(styles.box, error !== undefined && styles.held)}>
          <WhySource value={sourceText(view.seq, view.timeMs)}>
            <ScheduleLines view={view} numbers={accounts.map(({ account }) => account)} />
          </WhySource>
        </div>
      )}
    </Pane>
  );
}

function ScheduleLines({ view, numbers }: { view: MarginScheduleView; numbers: readonly number[] }) {
  const { rows, quiet } = scheduleTable(
    view,
    view.accounts.filter(({ account }) => numbers.includes(account)),
  );
  const then = hourText(view.atMs);
  return (
    <Table
      label="Multipliers and maintenance margin, now and announced"
      className={styles.table}
      head={
        <>
          <HeadCell align="left">underlying</HeadCell>
          <HeadCell>μ now</HeadCell>
          <HeadCell>target</HeadCell>
          <HeadCell>{then}</HeadCell>
          <HeadCell>MM now</HeadCell>
          <HeadCell>MM {then}</HeadCell>
        </>
      }
    >
      {rows.map((row) => (
        <ScheduleLine key={row.id} row={row} quiet={row.kind === 'total' ? quiet : []} atMs={view.atMs} />
      ))}
    </Table>
  );
}

interface ScheduleLineProps {
  row: ScheduleRow;
  /** Underlyings that have no row of their own: told where a sum has no multiplier. */
  quiet: readonly MultiplierView[];
  atMs: number;
}

function ScheduleLine({ row, quiet, atMs }: ScheduleLineProps) {
  const { id, label, multiplier, nowUsd, thenUsd, kind } = row;
  const then = hourText(atMs);
  return (
    <Row data-row={id} className={kind === 'total' ? styles.total : undefined}>
      <Cell align="left" isStrong={multiplier !== undefined}>
        {label}
      </Cell>
      {multiplier === undefined ? (
        <Others quiet={quiet} />
      ) : (
        <Multiplier multiplier={multiplier} then={then} />
      )}
      <Cell>
        <Why name={`MM of ${label} now`} reason={() => amountReason(row, atMs)}>
          <data value={nowUsd}>{formatUsd(nowUsd)}</data>
        </Why>
      </Cell>
      <Cell className={thenUsd === nowUsd ? styles.faint : undefined}>
        <Why name={`MM of ${label} at ${then}`} reason={() => amountReason(row, atMs)}>
          <data value={thenUsd}>{formatUsd(thenUsd)}</data>
        </Why>
      </Cell>
    </Row>
  );
}

function Others({ quiet }: Pick<ScheduleLineProps, 'quiet'>) {
  return (
    <Cell colSpan={3} className={styles.faint}>
      {quiet.length > 0 && (
        <Why name="Multipliers of the others" reason={() => quietReason(quiet)}>
          {quietText(quiet)}
        </Why>
      )}
    </Cell>
  );
}

/** What is equal to now is dimmed: what moves stands out. */
function Multiplier({ multiplier, then }: { multiplier: MultiplierView; then: string }) {
  const { underlying, nowPpm, targetPpm, nextPpm } = multiplier;
  const cells = [
    ['now', nowPpm, false],
    ['target', targetPpm, targetPpm === nowPpm],
    [`at ${then}`, nextPpm, nextPpm === nowPpm],
  ] as const;
  return cells.map(([name, ppm, isSame]) => (
    <Cell key={name} className={isSame ? styles.faint : undefined}>
      <Why name={`Multiplier of ${underlying}, ${name}`} reason={() => multiplierReason(multiplier)}>
        {multiplierText(ppm)}
      </Why>
    </Cell>
  ));
}
