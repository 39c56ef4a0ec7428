'use client';

import { useMemo, useState } from 'react';
import { depthOf, type ExposureRow, placesAt, totalOf } from '../../../../lib/firm/exposure.ts';
import { formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import { useFirmRiskFreshness, useFirmTree } from '../../../../lib/hooks/firmRisk.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import styles from './Exposure.module.css';
import { amountOf, barOf, type Column, type Measure, matrixOf } from './Exposure.state.ts';

const depths = [
  { value: '1', label: 'Groups' },
  { value: 'all', label: 'Accounts' },
] as const;

const measures = [
  { value: 'net', label: 'Net' },
  { value: 'gross', label: 'Gross' },
] as const;

/** What depends on each price, place by place: positions by their delta, coins by their value. */
export function Exposure() {
  const tree = useFirmTree();
  const isHeld = useFirmRiskFreshness().face === 'stale';
  const [depth, setDepth] = useState<'1' | 'all'>('all');
  const [measure, setMeasure] = useState<Measure>('net');
  const matrix = useMemo(() => {
    if (tree === undefined) return undefined;
    return matrixOf(placesAt(tree, depth === 'all' ? depthOf(tree) : 1), measure);
  }, [tree, depth, measure]);
  return (
    <Pane
      title="Exposure"
      aside={<span>USD at mark · positions and coins</span>}
      actions={
        <span className={styles.picks}>
          <Segmented label="Columns" value={depth} options={depths} onPick={setDepth} />
          <Segmented label="Measure" value={measure} options={measures} onPick={setMeasure} />
        </span>
      }
    >
      {matrix === undefined && <EmptyState title="Waiting for the accounts." />}
      {matrix?.rows.length === 0 && <EmptyState title="Nothing held depends on a price." />}
      {matrix !== undefined && matrix.rows.length > 0 && (
        <div className={classes(styles.box, isHeld && styles.held)}>
          <Table
            label="Exposure by asset and place"
            head={<Head columns={matrix.columns} />}
            columns={<col className={styles.asset} />}
          >
            {matrix.rows.map((row) => (
              <AssetRow
                key={row.underlying}
                row={row}
                columns={matrix.columns}
                most={matrix.mostUsd}
                measure={measure}
              />
            ))}
            <AssetRow
              row={{ underlying: 'All', ...totalOf(matrix.rows) }}
              columns={matrix.columns}
              most={0}
              measure={measure}
              kind="total"
            />
          </Table>
        </div>
      )}
    </Pane>
  );
}

function Head({ columns }: { columns: readonly Column[] }) {
  return (
    <>
      <HeadCell align="left">Asset</HeadCell>
      {columns.map(({ key, label }) => (
        <HeadCell key={key} title={label}>
          {label}
        </HeadCell>
      ))}
      <HeadCell className={styles.total}>Firm net</HeadCell>
      <HeadCell>Firm gross</HeadCell>
    </>
  );
}

interface AssetRowProps {
  row: ExposureRow;
  columns: readonly Column[];
  most: number;
  measure: Measure;
  kind?: 'plain' | 'total';
}

function AssetRow({ row: { underlying, cells, total }, columns, most, measure, kind }: AssetRowProps) {
  return (
    <Row data-asset={underlying} kind={kind}>
      <Cell align="left" isStrong>
        {underlying}
      </Cell>
      {columns.map(({ key }, place) => (
        <ExposureCell key={key} usd={amountOf(cells[place], measure)} most={most} measure={measure} />
      ))}
      <Cell isStrong className={styles.total}>
        <data value={total.netUsd}>
          <Num text={formatSignedUsd(total.netUsd)} isSigned />
        </data>
      </Cell>
      <Cell>
        <data value={total.grossUsd}>{formatUsd(total.grossUsd)}</data>
      </Cell>
    </Row>
  );
}

/** A number over a bar from the middle: to the right where it is long, to the left where it is short. */
function ExposureCell({ usd, most, measure }: { usd: number | undefined; most: number; measure: Measure }) {
  if (usd === undefined) return <Cell className={styles.none}>·</Cell>;
  const half = barOf(usd, most) * 50;
  return (
    <Cell className={styles.cell}>
      <svg className={styles.bar} width="100%" height="100%" aria-hidden="true">
        <rect
          x={`${usd < 0 ? 50 - half : 50}%`}
          width={`${half}%`}
          height="100%"
          className={measure === 'gross' ? styles.gross : usd < 0 ? styles.short : styles.long}
        />
      </svg>
      <data value={usd} className={styles.over}>
        {measure === 'gross' ? formatUsd(usd) : <Num text={formatSignedUsd(usd)} isSigned />}
      </data>
    </Cell>
  );
}
