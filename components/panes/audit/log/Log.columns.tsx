import type { AuditRecord } from '../../../../engine/protocol/views/audit.ts';
import { paramsWords, resultTone } from '../../../../lib/audit/recordWords.ts';
import { formatCount } from '../../../../lib/format.ts';
import type { GridColumn } from '../../../grid/gridColumn.ts';
import { timeColumn } from '../../../grid/timeColumn.tsx';
import { Badge } from '../../../ui/Badge.tsx';
import styles from './Log.module.css';

/** A record with what only the firm can say of it. */
export interface LogRow {
  readonly record: AuditRecord;
  readonly actor: string;
  /** The deed as a sentence. */
  readonly deed: string;
  /** The same as a line has room for. */
  readonly brief: string;
  readonly open: () => void;
}

export const logColumns: readonly GridColumn<LogRow>[] = [
  {
    id: 'seq',
    title: 'record',
    kind: 'number',
    width: 66,
    text: ({ record }) => String(record.seq),
    cell: ({ record, open }) => (
      <button type="button" className={styles.open} onClick={open} aria-label={`Show record ${record.seq}`}>
        {formatCount(record.seq)}
      </button>
    ),
  },
  timeColumn(124, 'records', ({ record }) => Date.parse(record.time)),
  { id: 'actor', title: 'actor', kind: 'enum', width: 116, text: ({ actor }) => actor },
  {
    id: 'action',
    title: 'action',
    kind: 'enum',
    width: 140,
    text: ({ record }) => record.action,
    cell: ({ record }) => <span title={record.action}>{record.action}</span>,
  },
  {
    id: 'result',
    title: 'result',
    kind: 'enum',
    width: 92,
    text: ({ record }) => record.result,
    cell: ({ record }) => <Badge tone={resultTone(record.result)}>{record.result}</Badge>,
  },
  {
    id: 'what',
    title: 'what',
    kind: 'text',
    width: 262,
    yields: 1,
    text: ({ record }) => paramsWords(record),
    cell: ({ deed, brief }) => (
      <span className={styles.deed} title={deed}>
        {brief}
      </span>
    ),
  },
  {
    id: 'sequence',
    title: 'at seq',
    name: 'sequence of the engine',
    kind: 'number',
    width: 72,
    yields: 2,
    text: ({ record }) => (record.engineSeq === 0 ? '' : String(record.engineSeq)),
    cell: ({ record }) => (record.engineSeq === 0 ? 'door' : formatCount(record.engineSeq)),
  },
  {
    id: 'hash',
    title: 'hash',
    kind: 'text',
    width: 70,
    yields: 3,
    text: ({ record }) => record.hash,
    cell: ({ record }) => <code className={styles.hash}>{record.hash.slice(0, 8)}</code>,
  },
];
