'use client';

import { useState } from 'react';
import { useFills, useOrders } from '../../lib/hooks/account.ts';
import { Fills } from '../panes/trader/fills/Fills.tsx';
import { CancelAll } from '../panes/trader/orders/CancelAll.tsx';
import { Orders } from '../panes/trader/orders/Orders.tsx';
import { Pane } from '../ui/Pane.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import styles from './Blotter.module.css';

type Tab = 'orders' | 'fills';

/** Open orders and fills behind two tabs of one pane. */
export function Blotter() {
  const [tab, setTab] = useState<Tab>('orders');
  const orders = useOrders().length;
  const fills = useFills().length;
  const items = [
    { value: 'orders' as const, label: `Orders ${orders}` },
    { value: 'fills' as const, label: `Fills ${fills}` },
  ];
  return (
    <Pane
      title="Orders and fills"
      isTitleHidden
      aside={<Tabs label="Orders and fills" value={tab} items={items} onPick={setTab} panelId="blotter" />}
      actions={<CancelAll />}
    >
      <div
        id="blotter"
        role="tabpanel"
        aria-label={tab === 'orders' ? 'Orders' : 'Fills'}
        className={styles.panel}
      >
        {tab === 'orders' ? <Orders /> : <Fills />}
      </div>
    </Pane>
  );
}
