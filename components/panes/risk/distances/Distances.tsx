'use client';

import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import type { DistanceRowView } from '../../../../engine/protocol/views/margin.ts';
import { formatMove, formatSigmas, formatUsd } from '../../../../lib/format.ts';
import { useAccountsFreshness, useScopedAccounts } from '../../../../lib/hooks/accounts.ts';
import { wayReason } from '../../../../lib/reasons/distance.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Why, WhySource } from '../../../ui/Why.tsx';
import styles from './Distances.module.css';
import { type DistanceLine, distanceLines, nearestAccount } from './Distances.state.ts';

/** Every way to liquidation that is measured: joint, market, each price alone, down and up. */
export function Distances() {
  const accounts = useScopedAccounts();
  const isHeld = useAccountsFreshness().face !== 'fresh';
  const account = nearestAccount(accounts);
  const lines = account === undefined ? [] : distanceLines(account.distance.rows);
  return (
    <Pane
      title="Ways to liquidation"
      aside={account !== undefined && <span>{whose(account, accounts.length)}</span>}
    >
      {account === undefined && <EmptyState title="Waiting for the accounts." />}
      {account !== undefined && lines.length === 0 && <EmptyState title={account.distance.sentence} />}
      {account !== undefined && lines.length > 0 && (
        <div className={classes(styles.box, isHeld && styles.held)}>
          <WhySource value={sourceText(account.seq, account.timeMs)}>
            <Lines lines={lines} account={account} />
          </WhySource>
        </div>
      )}
    </Pane>
  );
}

function whose({ label }: AccountView, count: number): string {
  return count > 1 ? `of ${label}, the nearest of ${count}` : 'all in the joint metric, so that they compare';
}

const sides = ['fall', 'rise'] as const;

function Lines({ lines, account }: { lines: readonly DistanceLine[]; account: AccountView }) {
  return (
    <Table
      label="Ways to liquidation, down and up"
      columns={
        <>
          <col className={styles.way} />
          {sides.map((side) => (
            <Columns key={side} />
          ))}
        </>
      }
      head={
        <>
          <HeadCell align="left">way</HeadCell>
          {sides.map((side) => (
            <SideHead key={side} side={side} />
          ))}
        </>
      }
    >
      {lines.map((line) => (
        <Row key={line.id} data-way={line.id}>
          <Cell align="left" isStrong={line.kind === 'joint'}>
            {line.label}
          </Cell>
          {sides.map((side) => (
            <Side key={side} name={`${line.label}, ${side}`} row={line[side]} account={account} />
          ))}
        </Row>
      ))}
    </Table>
  );
}

function Columns() {
  return (
    <>
      <col className={styles.move} />
      <col />
      <col className={styles.length} />
    </>
  );
}

function SideHead({ side }: { side: 'fall' | 'rise' }) {
  return (
    <>
      <HeadCell>{side}</HeadCell>
      <HeadCell>to USD</HeadCell>
      <HeadCell>length</HeadCell>
    </>
  );
}

interface SideProps {
  name: string;
  row: DistanceRowView | undefined;
  account: AccountView;
}

/** A side that never gets there stays empty: there is no number to show. */
function Side({ name, row, account }: SideProps) {
  if (row === undefined) return <Cell colSpan={3} />;
  const { kind, move, priceUsd, sigmas } = row;
  const reason = () => wayReason(kind, row, account.margin);
  return (
    <>
      <Cell>
        <Why name={`${name}, move`} reason={reason}>
          <Num text={formatMove(move)} significant={1} />
        </Why>
      </Cell>
      <Cell>
        {priceUsd > 0 && (
          <Why name={`${name}, price`} reason={reason}>
            {formatUsd(priceUsd, priceUsd < 1_000_000_000 ? 2 : 0)}
          </Why>
        )}
      </Cell>
      <Cell isStrong>
        <Why name={`${name}, length`} reason={reason}>
          <data value={sigmas}>{formatSigmas(sigmas)}σ</data>
        </Why>
      </Cell>
    </>
  );
}
