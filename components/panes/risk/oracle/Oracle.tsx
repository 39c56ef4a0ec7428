'use client';

import { useState } from 'react';
import type { OracleIndexView, OracleView } from '../../../../engine/protocol/views/oracle.ts';
import { formatAge, formatPriceE8, formatSignedBp } from '../../../../lib/format.ts';
import { usePolled } from '../../../../lib/hooks/polled.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Why, WhySource } from '../../../ui/Why.tsx';
import styles from './Oracle.module.css';
import {
  confidenceReason,
  confidenceText,
  indexReason,
  isTroubled,
  markReason,
  shownIndex,
} from './Oracle.state.ts';
import { Sources } from './Sources.tsx';
import { Strip } from './Strip.tsx';

const EVERY_MS = 1_000;
/** Badges in the head before they are only counted. */
const BADGES_MAX = 2;
/** All of a price is bright: the last digits are where sources differ. */
const DIGITS = 8;

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

interface IndexRowProps {
  index: OracleIndexView;
  nowMs: number;
  isShown: boolean;
  onPick: () => void;
}

function IndexRow({ index, nowMs, isShown, onPick }: IndexRowProps) {
  const { underlying, indexE8, indexTimeMs, liveSources, sources, confidencePpm, markDeviationBp } = index;
  const isKnown = indexE8 > 0;
  const trouble = isTroubled(index, nowMs) ? styles.warn : undefined;
  return (
    <Row kind={isShown ? 'marked' : 'plain'} data-index={underlying}>
      <Cell align="left" isStrong>
        <button type="button" className={styles.pick} aria-pressed={isShown} onClick={onPick}>
          {underlying}
        </button>
      </Cell>
      <Cell>
        <Why name={`Index of ${underlying}`} reason={() => indexReason(index, nowMs)}>
          <Num text={isKnown ? formatPriceE8(indexE8, index.ticksPerUsd) : undefined} significant={DIGITS} />
        </Why>
      </Cell>
      <Cell className={trouble}>
        {liveSources}
        <i className={styles.faint}>/{sources.length}</i>
      </Cell>
      <Cell className={trouble}>
        <Why name={`Confidence in ${underlying}`} reason={() => confidenceReason(index)}>
          {confidenceText(confidencePpm)}
        </Why>
      </Cell>
      <Cell className={trouble}>{isKnown && formatAge(nowMs - indexTimeMs)}</Cell>
      <Cell>
        <Why name={`Mark of ${underlying} from its index`} reason={() => markReason(index)}>
          <Num
            text={markDeviationBp === null ? undefined : formatSignedBp(markDeviationBp)}
            significant={DIGITS}
          />
        </Why>
      </Cell>
      <Cell>
        <Strip index={index} />
      </Cell>
    </Row>
  );
}
