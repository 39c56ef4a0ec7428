'use client';

import { useState } from 'react';
import { useStore } from 'zustand';
import { useSelectedAccount } from '../../../../lib/hooks/account.ts';
import { useProposals } from '../../../../lib/hooks/firm.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useSettlement, useSettlementFreshness } from '../../../../lib/hooks/settlement.ts';
import { type MovementName, movementStore, selectMovement } from '../../../../lib/stores/movementStore.ts';
import { openTransfer } from '../../../../lib/stores/transferStore.ts';
import { ActionKeys } from '../../../ui/ActionKeys.tsx';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import held from '../../../ui/Held.module.css';
import { Pane } from '../../../ui/Pane.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { useAction } from '../../../ui/useAction.ts';
import styles from './Movements.module.css';
import {
  isSelected,
  type Movement,
  type MovementFilter,
  movementsOf,
  nameOf,
  passesFilter,
} from './Movements.state.ts';
import { MovementsTable } from './MovementsTable.tsx';
import { Timeline } from './Timeline.tsx';

const filters: readonly { value: MovementFilter; name: string }[] = [
  { value: 'open', name: 'Open' },
  { value: 'paid', name: 'Done' },
  { value: 'all', name: 'All' },
];

const empty: Readonly<Record<MovementFilter, string>> = {
  open: 'Nothing is on its way.',
  paid: 'Nothing has been paid in or out yet.',
  all: 'No deposit and no withdrawal yet.',
};

/** What comes in and what goes out, and how far each has come. */
export function Movements() {
  const view = useSettlement();
  const proposals = useProposals();
  const account = useSelectedAccount()?.account;
  const isOld = useSettlementFreshness().face !== 'fresh';
  const nowMs = useNow(1_000);
  const [filter, setFilter] = useState<MovementFilter>('open');
  const selected = useStore(movementStore, (store) => store.selected);
  useAction('settlement.withdraw', () => openTransfer({ kind: 'withdraw', account }));
  useAction('settlement.deposit', () => openTransfer({ kind: 'deposit', account }));
  const all = view === undefined ? [] : movementsOf(view, proposals, nowMs);
  const rows = all.filter((each) => passesFilter(each, filter));
  const chosen = rows.find((row) => isSelected(row, selected)) ?? rows[0];
  const label = (value: MovementFilter, name: string) =>
    value === 'open' ? `${name} ${all.filter((each) => passesFilter(each, 'open')).length}` : name;
  return (
    <Pane
      title="Deposits and withdrawals"
      actions={
        <div className={styles.actions}>
          <Tabs
            label="Which deposits and withdrawals"
            value={filter}
            items={filters.map(({ value, name }) => ({ value, label: label(value, name) }))}
            onPick={setFilter}
            panelId="movements"
          />
          <Button size="row" onClick={() => openTransfer({ kind: 'withdraw', account })}>
            Withdraw <ActionKeys id="settlement.withdraw" />
          </Button>
          <Button size="row" onClick={() => openTransfer({ kind: 'deposit', account })}>
            Deposit <ActionKeys id="settlement.deposit" />
          </Button>
        </div>
      }
    >
      <div id="movements" role="tabpanel" className={classes(styles.body, isOld && held.held)}>
        <Content
          isKnown={view !== undefined}
          title={empty[filter]}
          rows={rows}
          chosen={chosen}
          onChoose={selectMovement}
        />
      </div>
    </Pane>
  );
}

interface ContentProps {
  isKnown: boolean;
  title: string;
  rows: readonly Movement[];
  chosen: Movement | undefined;
  onChoose: (name: MovementName) => void;
}

function Content({ isKnown, title, rows, chosen, onChoose }: ContentProps) {
  if (!isKnown) return <EmptyState title="Waiting for deposits and withdrawals." />;
  if (chosen === undefined) return <EmptyState title={title} />;
  return (
    <>
      <MovementsTable rows={rows} chosen={chosen} onChoose={(row) => onChoose(nameOf(row))} />
      <Timeline movement={chosen} />
    </>
  );
}
