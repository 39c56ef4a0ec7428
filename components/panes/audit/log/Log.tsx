'use client';

import { useMemo } from 'react';
import type { MarketsView } from '../../../../engine/protocol/views/health.ts';
import { deedWords } from '../../../../lib/audit/deedWords.ts';
import { questionText } from '../../../../lib/audit/knownAudit.ts';
import { actorWords } from '../../../../lib/audit/recordWords.ts';
import { shortDeed } from '../../../../lib/audit/shortDeed.ts';
import { formatCount } from '../../../../lib/format.ts';
import type { Audit } from '../../../../lib/hooks/audit.ts';
import { useAuditQuestion, useAuditRecord } from '../../../../lib/hooks/audit.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import { lookFor, selectRecord } from '../../../../lib/stores/auditStore.ts';
import { GridTools } from '../../../grid/GridTools.tsx';
import { HistoryGrid } from '../../../grid/HistoryGrid.tsx';
import { useGrid } from '../../../grid/useGrid.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Select } from '../../../ui/Select.tsx';
import { type LogRow, logColumns } from './Log.columns.tsx';
import styles from './Log.module.css';
import { actionChoices, historyOf, logLayout, resultChoices } from './Log.state.ts';

const noListing: Pick<MarketsView, 'markets' | 'assets'> = { markets: [], assets: [] };
const keyOf = ({ record }: LogRow) => String(record.seq);

/** Who decided what, newest first. The desk filters, because what is looked for may be far back. */
export function Log({ audit }: { audit: Audit }) {
  const firm = useFirm();
  const selected = useAuditRecord();
  const { records } = audit;
  const { markets, assets } = useListing() ?? noListing;
  const rows = useMemo(
    () =>
      records.map((record) => ({
        record,
        actor: actorWords(record, firm),
        deed: deedWords(record, { firm, markets, assets }),
        brief: shortDeed(record, { firm, markets, assets }),
        open: () => selectRecord(record),
      })),
    [records, firm, markets, assets],
  );
  const model = useGrid({
    id: 'audit',
    label: 'Audit log',
    rows,
    columns: logColumns,
    defaults: logLayout,
    question: questionText(useAuditQuestion()),
    keyOf,
  });
  return (
    <Pane
      title="Decisions"
      aside={<Filters />}
      actions={
        <>
          {audit.head !== undefined && <span>{formatCount(audit.head.size)} records</span>}
          <GridTools model={model} />
        </>
      }
    >
      <div className={styles.lines}>
        <div className={styles.tall}>
          <HistoryGrid
            model={model}
            history={historyOf(audit)}
            lookOf={({ record }) => ({
              kind: record.seq === selected?.seq ? 'marked' : 'plain',
              'data-record': record.seq,
            })}
            empty={<EmptyState title="No record matches." />}
          />
        </div>
      </div>
    </Pane>
  );
}

function Filters() {
  const firm = useFirm();
  const { actor, action, result, account } = useAuditQuestion();
  const people = (firm?.members ?? []).map(({ address, label }) => ({ value: address, label }));
  const accounts = (firm?.nodes ?? []).flatMap((node) =>
    node.account === null ? [] : [{ value: String(node.account), label: node.label }],
  );
  const any = { value: '', label: 'any' };
  return (
    <span className={styles.filters}>
      <Select
        label="actor"
        value={actor}
        options={[any, ...people, { value: 'engine', label: 'engine' }, { value: 'desk', label: 'desk' }]}
        onPick={(value) => lookFor({ actor: value })}
      />
      <Select
        label="account"
        value={account}
        options={[any, ...accounts]}
        onPick={(value) => lookFor({ account: value })}
      />
      <Select
        label="action"
        value={action}
        options={[any, ...actionChoices]}
        onPick={(value) => lookFor({ action: value })}
      />
      <Select
        label="result"
        value={result}
        options={[any, ...resultChoices]}
        onPick={(value) => lookFor({ result: value })}
      />
    </span>
  );
}
