'use client';

import { useState } from 'react';
import type { OracleView } from '../../../../engine/protocol/views/oracle.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { HeadCell, Table } from '../../../ui/Table.tsx';
import { WhySource } from '../../../ui/Why.tsx';
import { IndexRow } from './IndexRow.tsx';
import styles from './Oracle.module.css';
import { isTroubled, shownIndex } from './Oracle.state.ts';
import { Sources } from './Sources.tsx';

const EVERY_MS = 1_000;
/** Badges in the head before they are only counted. */
const BADGES_MAX = 2;

/** How far every index can be trusted, and the sources of the one that is worst off. */
export function Oracle() {
  const { view, error } = usePolled<OracleView>('/api/v1/oracle', EVERY_MS);
  return (
    <Pane
      title="Oracle"
      aside={<span>median of sources · bp of index</span>}
      actions={view !== undefined && <Troubled view={view} />}
    >
      {view === undefined ? (
        <EmptyState title={error?.message ?? 'Waiting for the oracle.'} />
      ) : (
        <div className={classes(styles.box, error !== undefined && styles.held)}>
          <WhySource value={sourceText(view.seq, view.timeMs)}>
            <Indexes view={view} />
          </WhySource>
        </div>
      )}
    </Pane>
  );
}

function Troubled({ view: { indexes, timeMs } }: { view: OracleView }) {
  const troubled = indexes.filter((index) => isTroubled(index, timeMs));
  const rest = troubled.length - BADGES_MAX;
  return (
    <>
      {troubled.slice(0, BADGES_MAX).map(({ underlying, window }) => (
        <Badge key={underlying} tone="warn">
          {window === null ? underlying : `${underlying} alone`}
        </Badge>
      ))}
      {rest > 0 && <Badge tone="warn">{`${rest} more`}</Badge>}
    </>
  );
}

function Indexes({ view: { indexes, timeMs } }: { view: OracleView }) {
  const [picked, setPicked] = useState<string>();
  const shown = shownIndex(indexes, picked, timeMs);
  return (
    <>
      <div className={styles.indexes}>
        <Table
          label="Indexes"
          className={styles.indexTable}
          head={
            <>
              <HeadCell align="left">index</HeadCell>
              <HeadCell>price USD</HeadCell>
              <HeadCell>live</HeadCell>
              <HeadCell>conf</HeadCell>
              <HeadCell>age</HeadCell>
              <HeadCell>mark</HeadCell>
              <HeadCell align="centre">±10 bp</HeadCell>
            </>
          }
        >
          {indexes.map((index) => (
            <IndexRow
              key={index.underlying}
              index={index}
              nowMs={timeMs}
              isShown={index === shown}
              onPick={() => setPicked(index.underlying)}
            />
          ))}
        </Table>
      </div>
      {shown !== undefined && <Sources index={shown} nowMs={timeMs} />}
    </>
  );
}
