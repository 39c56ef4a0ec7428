'use client';

import { useState } from 'react';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { formatMove, formatUsd } from '../../../../lib/format.ts';
import { useAccountsFreshness, useScopedAccounts } from '../../../../lib/hooks/accounts.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import styles from './WorstCase.module.css';
import { caseRows, type Requirement } from './WorstCase.state.ts';

const tabs = [
  { value: 'initial' as const, label: 'initial' },
  { value: 'maintenance' as const, label: 'maintenance' },
];

/** The scenario that decides, as a sentence, and what every leg brings to it. */
export function WorstCase() {
  const accounts = useScopedAccounts();
  const isHeld = useAccountsFreshness().face !== 'fresh';
  const [requirement, setRequirement] = useState<Requirement>('initial');
  const [first] = accounts;
  return (
    <Pane
      title="Winning scenario"
      aside={
        <Tabs
          label="Requirement"
          value={requirement}
          items={tabs}
          onPick={setRequirement}
          panelId="worst-case"
        />
      }
    >
      <div
        id="worst-case"
        role="tabpanel"
        aria-label="Winning scenario"
        className={classes(styles.panel, isHeld && styles.held)}
      >
        {first === undefined && <EmptyState title="Waiting for the accounts." />}
        {first !== undefined && accounts.length === 1 && (
          <OneCase account={first} requirement={requirement} />
        )}
        {accounts.length > 1 && <ManyCases accounts={accounts} requirement={requirement} />}
      </div>
    </Pane>
  );
}

interface OneCaseProps {
  account: AccountView;
  requirement: Requirement;
}

function OneCase({ account: { margin }, requirement }: OneCaseProps) {
  return (
    <>
      <p className={styles.sentence}>{margin[requirement].sentence}</p>
      <div className={styles.legs}>
        <Table
          label="Legs of the winning scenario"
          columns={
            <>
              <col />
              <col className={styles.move} />
              <col className={styles.usd} />
            </>
          }
          head={
            <>
              <HeadCell align="left">leg</HeadCell>
              <HeadCell>move</HeadCell>
              <HeadCell>charge USD</HeadCell>
            </>
          }
        >
          {caseRows(margin, requirement).map(({ id, label, move, usd, kind }) => (
            <Row key={id} data-row={id} kind={kind === 'part' ? 'plain' : 'total'}>
              <Cell align="left" title={label}>
                {label}
              </Cell>
              <Cell>{move !== undefined && <Num text={formatMove(move)} significant={1} />}</Cell>
              <Cell>
                <data value={usd}>{formatUsd(usd, 2)}</data>
              </Cell>
            </Row>
          ))}
        </Table>
      </div>
    </>
  );
}

/** Each account has a worst case of its own: they need not happen together, and are charged as if they did. */
function ManyCases({
  accounts,
  requirement,
}: {
  accounts: readonly AccountView[];
  requirement: Requirement;
}) {
  const total = accounts.reduce((sum, { margin }) => sum + margin[requirement].scanUsd, 0);
  return (
    <Table
      label="Winning scenario of each account"
      columns={
        <>
          <col className={styles.account} />
          <col />
          <col className={styles.usd} />
        </>
      }
      head={
        <>
          <HeadCell align="left">account</HeadCell>
          <HeadCell align="left">worst case</HeadCell>
          <HeadCell>scan USD</HeadCell>
        </>
      }
    >
      {accounts.map(({ account, label, margin }) => (
        <Row key={account}>
          <Cell align="left" isStrong>
            {label}
          </Cell>
          <Cell align="left" title={margin[requirement].sentence}>
            {margin[requirement].sentence}
          </Cell>
          <Cell>{formatUsd(margin[requirement].scanUsd, 2)}</Cell>
        </Row>
      ))}
      <Row kind="total">
        <Cell align="left">Sum</Cell>
        <Cell />
        <Cell>{formatUsd(total, 2)}</Cell>
      </Row>
    </Table>
  );
}
