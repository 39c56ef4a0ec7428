'use client';

import type { ReactNode } from 'react';
import type { AuditRecord } from '../../../../engine/protocol/views/audit.ts';
import { deedWords } from '../../../../lib/audit/deedWords.ts';
import { actorWords, resultTone } from '../../../../lib/audit/recordWords.ts';
import { formatCount, formatDateTime } from '../../../../lib/format.ts';
import { useAuditRecord } from '../../../../lib/hooks/audit.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import { asOfHref } from '../../../../lib/past/asOf.ts';
import { lookAsOf } from '../../../../lib/stores/auditStore.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { Pane } from '../../../ui/Pane.tsx';
import { Changes } from './Changes.tsx';
import { Proof } from './Proof.tsx';
import styles from './Record.module.css';
import { prettyRecord } from './Record.state.ts';

/** One decision whole: who, by which rule, who agreed, what it changed, and the record as it stands in the log. */
export function Record({ records }: { records: readonly AuditRecord[] }) {
  const record = useAuditRecord() ?? records[0];
  return (
    <Pane
      title={record === undefined ? 'Record' : `Record ${formatCount(record.seq)}`}
      aside={record !== undefined && <span>{record.action}</span>}
      actions={record !== undefined && record.engineSeq > 1 && <LookBack engineSeq={record.engineSeq} />}
    >
      {record === undefined ? (
        <EmptyState title="Choose a decision." />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
        <section className={styles.box} tabIndex={0} aria-label={`Details of record ${record.seq}`}>
          <Facts record={record} />
          <Changes record={record} />
          <Proof record={record} earlier={records.find(({ seq }) => seq === record.seq - 1)} />
          <section className={styles.section}>
            <pre className={styles.json}>{prettyRecord(record)}</pre>
          </section>
        </section>
      )}
    </Pane>
  );
}

function LookBack({ engineSeq }: { engineSeq: number }) {
  return (
    <>
      <Button size="row" onClick={() => lookAsOf(engineSeq - 1)}>
        desk before it
      </Button>
      <Button size="row" onClick={() => lookAsOf(engineSeq)}>
        behind it
      </Button>
      <span>
        view desk as of <a href={asOfHref('/desk', engineSeq - 1)}>before</a>{' '}
        <a href={asOfHref('/desk', engineSeq)}>after this</a>
      </span>
    </>
  );
}

function Facts({ record }: { record: AuditRecord }) {
  const firm = useFirm();
  const { markets = [], assets = [] } = useListing() ?? {};
  const nameOf = (approver: string) =>
    firm?.members.find(({ wallets }) => wallets.includes(approver))?.label ?? approver;
  const facts: [string, ReactNode][] = [
    [
      'result',
      <Badge key="result" tone={resultTone(record.result)}>
        {record.result}
      </Badge>,
    ],
    ['who', actorWords(record, firm)],
    ['wallet', record.actor.address || '–'],
    ['when', `${formatDateTime(Date.parse(record.time))}, ${placeWords(record)}`],
    ['session', record.actor.session === '' ? 'not known' : record.actor.session],
    ['what', deedWords(record, { firm, markets, assets }) || '–'],
    ['rule', record.rule.length === 0 ? 'none matched' : record.rule.join(', ')],
    [
      'agreed',
      record.approvals.length === 0
        ? record.proposal === 0
          ? 'nobody had to'
          : 'nobody yet'
        : record.approvals.map(({ approver }) => nameOf(approver)).join(', '),
    ],
    ...(record.proposal === 0
      ? []
      : [
          [
            'proposal',
            <PageLink key="proposal" href="/approvals">
              #{record.proposal}
            </PageLink>,
          ] as [string, ReactNode],
        ]),
  ];
  return (
    <section className={styles.section}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.pair}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function placeWords({ engineSeq }: AuditRecord): string {
  return engineSeq === 0 ? 'at the door: it never reached the engine' : `seq ${formatCount(engineSeq)}`;
}
