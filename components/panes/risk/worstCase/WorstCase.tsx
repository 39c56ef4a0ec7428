'use client';

import { useState } from 'react';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { formatMove, formatUsd } from '../../../../lib/format.ts';
import { useAccounts, useAccountsFreshness, useScopedAccounts } from '../../../../lib/hooks/accounts.ts';
import { scenarioReason, sourceText } from '../../../../lib/reasons/margin.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Why, WhySource } from '../../../ui/Why.tsx';
import { ManyCases } from './ManyCases.tsx';
import styles from './WorstCase.module.css';
import { caseRows, type Requirement } from './WorstCase.state.ts';

const tabs = [
  { value: 'initial' as const, label: 'initial' },
  { value: 'maintenance' as const, label: 'maintenance' },
];

/** The scenario that decides, as a sentence, and what every leg brings to it. */
export function WorstCase() {
  const view = useAccounts();
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
        <WhySource value={view === undefined ? '' : sourceText(view.seq, view.timeMs)}>
          {first !== undefined && accounts.length === 1 && (
            <OneCase account={first} requirement={requirement} />
          )}
          {accounts.length > 1 && <ManyCases accounts={accounts} requirement={requirement} />}
        </WhySource>
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
      <div className={styles.sentence}>
        <Why name="Winning scenario" reason={() => scenarioReason(margin[requirement])}>
          {margin[requirement].sentence}
        </Why>
      </div>
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
          {caseRows(margin, requirement).map(({ id, label, move, usd, kind, reason }) => (
            <Row key={id} data-row={id} kind={kind === 'part' ? 'plain' : 'total'}>
              <Cell align="left" title={label}>
                {label}
              </Cell>
              <Cell>
                {move !== undefined && (
                  <Why name={`${label} moves`} reason={() => scenarioReason(margin[requirement])}>
                    <Num text={formatMove(move)} significant={1} />
                  </Why>
                )}
              </Cell>
              <Cell>
                <Why name={label} reason={() => reason}>
                  <data value={usd}>{formatUsd(usd, 2)}</data>
                </Why>
              </Cell>
            </Row>
          ))}
        </Table>
      </div>
    </>
  );
}
