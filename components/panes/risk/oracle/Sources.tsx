import type { OracleIndexView, OracleSourceView } from '../../../../engine/protocol/views/oracle.ts';
import { formatAge, formatPriceE8, formatSignedBp } from '../../../../lib/format.ts';
import { classes } from '../../../ui/classes.ts';
import { SpanBar } from '../../../ui/SpanBar.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Why } from '../../../ui/Why.tsx';
import styles from './Oracle.module.css';
import { confidenceText, sourceReason, sourceWords, windowText } from './Oracle.state.ts';

/** One index taken apart: what each source says, how old it is, and whether it takes part. */
export function Sources({ index, nowMs }: { index: OracleIndexView; nowMs: number }) {
  const { underlying, sources } = index;
  const heaviestPpm = Math.max(...sources.map(({ weightPpm }) => weightPpm));
  const words = windowText(index);
  return (
    <section className={styles.sources} aria-label={`Sources of ${underlying}`}>
      <p className={classes(styles.rule, index.window !== null && styles.warn)} title={words}>
        <b>{underlying} sources</b> {words}
      </p>
      <Table
        label={`What the sources of ${underlying} say`}
        className={styles.sourceTable}
        head={
          <>
            <HeadCell align="left">source</HeadCell>
            <HeadCell align="left">
              <span className="visually-hidden">weight on a scale</span>
            </HeadCell>
            <HeadCell>weight</HeadCell>
            <HeadCell>price</HeadCell>
            <HeadCell>age</HeadCell>
            <HeadCell>bp</HeadCell>
            <HeadCell align="left">state</HeadCell>
          </>
        }
      >
        {sources.map((source) => (
          <SourceRow
            key={source.source}
            source={source}
            ticksPerUsd={index.ticksPerUsd}
            heaviestPpm={heaviestPpm}
            nowMs={nowMs}
          />
        ))}
      </Table>
    </section>
  );
}

interface SourceRowProps {
  source: OracleSourceView;
  ticksPerUsd: number;
  /** End of the scale of weights. */
  heaviestPpm: number;
  nowMs: number;
}

function SourceRow({ source, ticksPerUsd, heaviestPpm, nowMs }: SourceRowProps) {
  const { weightPpm, priceE8, receivedMs, deviationBp, state } = source;
  const isHeard = state !== 'silent';
  const isLive = state === 'live';
  return (
    <Row data-source={source.source} className={isLive ? undefined : styles.dropped}>
      <Cell align="left">source {source.source + 1}</Cell>
      <Cell>
        <SpanBar from={0} to={weightPpm} least={0} most={heaviestPpm} look={isLive ? 'strong' : 'faint'} />
      </Cell>
      <Cell>{confidenceText(weightPpm)}</Cell>
      <Cell>{isHeard && formatPriceE8(priceE8, ticksPerUsd)}</Cell>
      <Cell className={state === 'stale' ? styles.warn : undefined}>
        {isHeard && formatAge(nowMs - receivedMs)}
      </Cell>
      <Cell className={state === 'outOfBand' ? styles.warn : undefined}>
        {isHeard && formatSignedBp(deviationBp)}
      </Cell>
      <Cell align="left" className={isLive ? undefined : styles.warn}>
        <Why name={`Source ${source.source + 1}`} reason={() => sourceReason(source, nowMs)}>
          {sourceWords[state]}
        </Why>
      </Cell>
    </Row>
  );
}
