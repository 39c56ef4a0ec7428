'use client';

import { type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import type { OrderView } from '../../engine/protocol/views/account.ts';
import { UNKNOWN } from '../../lib/format.ts';
import { useOrders } from '../../lib/hooks/account.ts';
import { type Panel, panels } from '../../lib/pageQuery.ts';
import { openPanel, panelStore } from '../../lib/stores/panelStore.ts';
import { GridGroupPick, GridTools } from '../grid/GridTools.tsx';
import type { GridModel } from '../grid/useGrid.ts';
import { Fills } from '../panes/trader/fills/Fills.tsx';
import { Funding } from '../panes/trader/funding/Funding.tsx';
import { Ledger } from '../panes/trader/ledger/Ledger.tsx';
import { CancelAll } from '../panes/trader/orders/CancelAll.tsx';
import { Orders } from '../panes/trader/orders/Orders.tsx';
import { FlattenAll } from '../panes/trader/positions/FlattenAll.tsx';
import { Pane } from '../ui/Pane.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import styles from './Blotter.module.css';

const names: Record<Panel, string> = {
  orders: 'Orders',
  triggers: 'Triggers',
  fills: 'Fills',
  funding: 'Funding',
  ledger: 'Ledger',
};

/** Orders, triggers and what became of them, behind tabs of one pane. */
export function Blotter() {
  const tab = useStore(panelStore, ({ panel }) => panel);
  // The grid of a tab puts its tools into the head that all tabs share, so that a tab keeps the focus when it changes.
  const [head, setHead] = useState<HTMLElement | null>(null);
  const orders = useOrders();
  const counts = countsOf(orders);
  const items = panels.map((value) => ({ value, label: `${names[value]} ${counts[value] ?? ''}`.trim() }));
  const tools = <R extends object>(model: GridModel<R>): ReactNode =>
    head === null
      ? null
      : createPortal(
          <>
            <GridGroupPick model={model} />
            <GridTools model={model} />
          </>,
          head,
        );
  return (
    <Pane
      title="Orders and fills"
      isTitleHidden
      aside={<Tabs label="Orders and fills" value={tab} items={items} onPick={openPanel} panelId="blotter" />}
      actions={
        <>
          <span ref={setHead} className={styles.tools} />
          <CancelAll />
          <FlattenAll />
        </>
      }
    >
      <div id="blotter" role="tabpanel" aria-label={names[tab]} className={styles.panel}>
        {tab === 'orders' && <Orders key="working" kind="working" tools={tools} />}
        {tab === 'triggers' && <Orders key="triggers" kind="triggers" tools={tools} />}
        {tab === 'fills' && <Fills tools={tools} />}
        {tab === 'funding' && <Funding tools={tools} />}
        {tab === 'ledger' && <Ledger tools={tools} />}
      </div>
    </Pane>
  );
}

/** None of it is a count while the account is not known. */
function countsOf(orders: readonly OrderView[] | undefined): Partial<Record<Panel, number | string>> {
  if (orders === undefined) return { orders: UNKNOWN, triggers: UNKNOWN };
  const parked = orders.filter(({ state }) => state === 'parked').length;
  return { orders: orders.length - parked, triggers: parked };
}
