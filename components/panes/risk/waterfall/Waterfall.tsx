'use client';

import type { AccountsView } from '../../../../engine/protocol/views/accounts.ts';
import { formatCount, formatSignedUsd, formatUsd } from '../../../../lib/format.ts';
import {
  useAccounts,
  useAccountsFreshness,
  useScope,
  useScopedAccounts,
} from '../../../../lib/hooks/accounts.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import { selectScope } from '../../../../lib/stores/accountsStore.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Num } from '../../../ui/Num.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { SpanBar } from '../../../ui/SpanBar.tsx';
import { Cell, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { Why, WhySource } from '../../../ui/Why.tsx';
import styles from './Waterfall.module.css';
import { type Waterfall as Fall, type WaterfallRow, waterfallOf } from './Waterfall.state.ts';

/** From net asset value down to what may still be risked, each number with its reason. */
export function Waterfall() {
  const view = useAccounts();
  const accounts = useScopedAccounts();
  const freshness = useAccountsFreshness();
  const scope = useScope();
  const count = view?.accounts.length ?? 0;
  const name = accounts[0]?.label ?? 'account';
  return (
    <Pane
      title="Margin waterfall"
      aside={
        <Tabs
          label="Whose margin"
          value={scope}
          items={[
            { value: 'account', label: scope === 'account' ? name : 'account' },
            { value: 'firm', label: `all ${count} accounts` },
          ]}
          onPick={selectScope}
          panelId="waterfall"
        />
      }
      actions={view && <span>{sequenceText(view)}</span>}
    >
      <div id="waterfall" role="tabpanel" aria-label="Margin waterfall" className={styles.panel}>
        {view === undefined || accounts.length === 0 ? (
          <EmptyState title="Waiting for the accounts." />
        ) : (
          <div className={freshness.face === 'fresh' ? undefined : styles.held}>
            <WhySource value={sourceText(view.seq, view.timeMs)}>
              <FallTable fall={waterfallOf(accounts)} />
            </WhySource>
          </div>
        )}
      </div>
    </Pane>
  );
}

const looks = { level: 'strong', sum: 'outline', step: 'faint', detail: 'plain' } as const;

function sequenceText({ seq }: AccountsView): string {
  return `seq ${formatCount(seq)}`;
}

function FallTable({ fall }: { fall: Fall }) {
  return (
    <Table
      label="From net asset value to free margin"
      className={styles.table}
      columns={
        <>
          <col className={styles.name} />
          <col className={styles.usd} />
          <col />
          <col className={styles.note} />
        </>
      }
      head={
        <>
          <HeadCell align="left">step</HeadCell>
          <HeadCell>USD</HeadCell>
          <HeadCell align="left">
            <span className="visually-hidden">on a common scale</span>
          </HeadCell>
          <HeadCell align="left">share</HeadCell>
        </>
      }
    >
      {fall.rows.map((row) => (
        <FallRow key={row.id} row={row} fall={fall} />
      ))}
    </Table>
  );
}

function FallRow({ row, fall }: { row: WaterfallRow; fall: Fall }) {
  const isLevel = row.kind === 'level';
  const text = isLevel ? formatUsd(row.shownUsd) : formatSignedUsd(row.shownUsd);
  return (
    <Row data-row={row.id} className={styles[row.kind]}>
      <Cell align="left" title={row.label}>
        {row.label}
      </Cell>
      <Cell>
        <Why name={row.label} reason={() => row.reason}>
          <data value={row.usd}>
            <Num text={text} />
          </data>
        </Why>
      </Cell>
      <Cell align="left">
        <SpanBar
          from={row.from}
          to={row.to}
          least={fall.least}
          most={fall.most}
          look={row.kind === 'detail' && row.usd > 0 ? 'outline' : looks[row.kind]}
        />
      </Cell>
      <Cell align="left" className={styles.faint} title={row.note}>
        {row.note !== '' && (
          <Why name={`${row.label}, share`} reason={() => row.reason} className={styles.share}>
            {row.note}
          </Why>
        )}
      </Cell>
    </Row>
  );
}
