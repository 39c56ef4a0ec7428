'use client';

import { useState } from 'react';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { formatRatio, formatUsd } from '../../../../lib/format.ts';
import { useSelectedAccount, useSession } from '../../../../lib/hooks/account.ts';
import { useAccounts, useAccountsFreshness } from '../../../../lib/hooks/accounts.ts';
import { jointReason } from '../../../../lib/reasons/distance.ts';
import {
  equityReason,
  initialReason,
  maintenanceReason,
  ratioReason,
  sourceText,
} from '../../../../lib/reasons/margin.ts';
import { selectAccount } from '../../../../lib/stores/sessionStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Why, WhySource } from '../../../ui/Why.tsx';
import { parentOf } from './Isolate.state.ts';
import { IsolateDialog } from './IsolateDialog.tsx';
import styles from './Subaccounts.module.css';
import { type Column, distanceText, driverOf, FIRST_SORT, inOrder, nextSort } from './Subaccounts.state.ts';

const columns: { column: Column; name: string }[] = [
  { column: 'label', name: 'account' },
  { column: 'equity', name: 'equity' },
  { column: 'initial', name: 'IM' },
  { column: 'maintenance', name: 'MM' },
  { column: 'ratio', name: 'MM %' },
  { column: 'distance', name: 'joint' },
  { column: 'driver', name: 'driver' },
];

/** Accounts side by side, at one sequence; pressing one makes it the account of every pane. */
export function Subaccounts() {
  const view = useAccounts();
  const accounts = view?.accounts ?? [];
  const isOld = useAccountsFreshness().face !== 'fresh';
  const selected = useSelectedAccount()?.account;
  const [sort, setSort] = useState(FIRST_SORT);
  const [held, setHeld] = useState<readonly number[]>();
  const rows = inOrder(accounts, sort, held);
  return (
    <Pane
      title={`Accounts ${accounts.length || ''}`}
      aside={<span>nearest to liquidation first, unless sorted</span>}
      actions={<Isolate accounts={accounts} selected={selected} />}
    >
      {accounts.length === 0 ? (
        <EmptyState title="Waiting for the accounts." />
      ) : (
        <div
          className={classes(styles.box, isOld && styles.held)}
          onPointerEnter={() => setHeld(rows.map(({ account }) => account))}
          onPointerLeave={() => setHeld(undefined)}
        >
          <Table
            label="Accounts"
            className={styles.table}
            head={columns.map(({ column, name }) => (
              <HeadCell
                key={column}
                align={column === 'label' ? 'left' : 'right'}
                aria-sort={sort.column !== column ? 'none' : sort.isDescending ? 'descending' : 'ascending'}
              >
                <button
                  type="button"
                  className={styles.head}
                  onClick={() => {
                    setHeld(undefined);
                    setSort(nextSort(sort, column));
                  }}
                >
                  {name}
                  <span aria-hidden="true">
                    {sort.column === column ? (sort.isDescending ? ' ▼' : ' ▲') : ''}
                  </span>
                </button>
              </HeadCell>
            ))}
          >
            <WhySource value={view === undefined ? '' : sourceText(view.seq, view.timeMs)}>
              {rows.map((account) => (
                <AccountRow
                  key={account.account}
                  account={account}
                  isSelected={account.account === selected}
                />
              ))}
            </WhySource>
          </Table>
        </div>
      )}
    </Pane>
  );
}

/** Opens the pots of the selected account, for whoever may trade it. */
function Isolate({ accounts, selected }: { accounts: readonly AccountView[]; selected: number | undefined }) {
  const [isOpen, setOpen] = useState(false);
  const session = useSession();
  const mayTrade = useSelectedAccount()?.mayTrade === true;
  const parent = parentOf(accounts, selected);
  if (parent === undefined || !mayTrade || session.state !== 'signedIn') return null;
  return (
    <>
      <Button size="row" isBlocked={session.agent === undefined} onClick={() => setOpen(true)}>
        isolate
      </Button>
      {isOpen && <IsolateDialog accounts={accounts} parent={parent} onClose={() => setOpen(false)} />}
    </>
  );
}

function AccountRow({ account, isSelected }: { account: AccountView; isSelected: boolean }) {
  const { label, margin, distance, potOf } = account;
  return (
    <Row kind={isSelected ? 'marked' : 'plain'} data-account={account.account}>
      <Cell align="left" isStrong title={label}>
        <button
          type="button"
          className={styles.account}
          aria-pressed={isSelected}
          onClick={() => selectAccount(account.account)}
        >
          {potOf !== null && <span className={styles.pot}>└ {potOf.underlying} pot </span>}
          {label}
        </button>
      </Cell>
      <Cell>
        <Why name={`Equity of ${label}`} reason={() => equityReason(margin)}>
          <data value={margin.equityUsd}>{formatUsd(margin.equityUsd)}</data>
        </Why>
      </Cell>
      <Cell>
        <Why name={`Initial margin of ${label}`} reason={() => initialReason(margin)}>
          <data value={margin.initialUsd}>{formatUsd(margin.initialUsd)}</data>
        </Why>
      </Cell>
      <Cell>
        <Why name={`Maintenance margin of ${label}`} reason={() => maintenanceReason(margin)}>
          <data value={margin.maintenanceUsd}>{formatUsd(margin.maintenanceUsd)}</data>
        </Why>
      </Cell>
      <Cell>
        <Why name={`Margin ratio of ${label}`} reason={() => ratioReason(margin)}>
          <Num text={formatRatio(margin.ratioPpm)} significant={1} />
        </Why>
      </Cell>
      <Cell isStrong>
        <Why name={`Joint distance of ${label}`} reason={() => jointReason(distance, margin)}>
          {distanceText(distance)}
        </Why>
      </Cell>
      <Cell>{driverOf(distance)}</Cell>
    </Row>
  );
}
