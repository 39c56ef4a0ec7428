'use client';

import { useState } from 'react';
import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { useSelectedAccount, useSession } from '../../../../lib/hooks/account.ts';
import { useAccounts, useAccountsFreshness } from '../../../../lib/hooks/accounts.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { HeadCell, Table } from '../../../ui/Table.tsx';
import { WhySource } from '../../../ui/Why.tsx';
import { AccountRow } from './AccountRow.tsx';
import { parentOf } from './Isolate.state.ts';
import { IsolateDialog } from './IsolateDialog.tsx';
import styles from './Subaccounts.module.css';
import { type Column, FIRST_SORT, inOrder, nextSort } from './Subaccounts.state.ts';

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
