'use client';

import { formatPercent, formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import { useAccounts, useAccountsFreshness, useScopedAccounts } from '../../../../lib/hooks/accounts.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { SpanBar } from '../../../ui/SpanBar.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Why, WhySource } from '../../../ui/Why.tsx';
import styles from './Offsets.module.css';
import { type OffsetRow, type Offsets as OffsetsView, offsetReason, offsetsOf } from './Offsets.state.ts';

const looks = { alone: 'plain', sum: 'strong', saved: 'outline', book: 'strong' } as const;

/** Isolated against cross: what holding the legs as one book saves. */
export function Offsets() {
  const view = useAccounts();
  const accounts = useScopedAccounts();
  const isHeld = useAccountsFreshness().face !== 'fresh';
  const offsets = offsetsOf(accounts);
  return (
    <Pane
      title="Isolated against cross"
      aside={
        offsets.standaloneUsd > 0 && (
          <span>
            one book saves <b className={styles.saved}>{formatUsd(offsets.savedUsd)} USD</b>,{' '}
            {formatPercent(offsets.savedPpm)}
          </span>
        )
      }
    >
      {accounts.length === 0 && <EmptyState title="Waiting for the accounts." />}
      {accounts.length > 0 && offsets.standaloneUsd === 0 && <EmptyState title="No position at risk." />}
      {offsets.standaloneUsd > 0 && (
        <div className={classes(styles.box, isHeld && styles.held)}>
          <WhySource value={view === undefined ? '' : sourceText(view.seq, view.timeMs)}>
            <OffsetTable offsets={offsets} />
          </WhySource>
        </div>
      )}
    </Pane>
  );
}

function OffsetTable({ offsets }: { offsets: OffsetsView }) {
  return (
    <Table
      label="Legs alone and as one book"
      columns={
        <>
          <col className={styles.name} />
          <col className={styles.usd} />
          <col />
        </>
      }
      head={
        <>
          <HeadCell align="left">initial margin</HeadCell>
          <HeadCell>USD</HeadCell>
          <HeadCell align="left">
            <span className="visually-hidden">on a common scale</span>
          </HeadCell>
        </>
      }
    >
      {offsets.rows.map((row) => (
        <Row key={row.id} data-row={row.id} className={row.kind === 'alone' ? undefined : styles.strong}>
          <Cell align="left">{row.label}</Cell>
          <Cell>
            <Why name={row.label} reason={() => offsetReason(row, offsets)}>
              <data value={row.usd}>{textOf(row)}</data>
            </Why>
          </Cell>
          <Cell>
            <SpanBar {...row} least={0} most={offsets.standaloneUsd} look={looks[row.kind]} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function textOf({ kind, usd }: OffsetRow): string {
  return kind === 'saved' ? formatSignedUsd(usd, 2) : formatUsd(usd, 2);
}
