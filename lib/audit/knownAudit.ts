import type { ErrorView } from '../../engine/protocol/errors.ts';
import type { AuditPageView, AuditRecord, SealedRecord } from '../../engine/protocol/views/audit.ts';
import type { AuditQuestion } from '../stores/auditStore.ts';

/** What a page has read of the log. */
export interface KnownAudit {
  /** Newest first, without those that are sealed. */
  records: readonly AuditRecord[];
  /** Where older ones begin; null: there are none, undefined: nothing was read yet. */
  beforeSeq: number | null | undefined;
  /** The log itself, at the last answer. */
  head: Pick<AuditPageView, 'size' | 'head' | 'publicKey'> | undefined;
  error: ErrorView | undefined;
}

/** What is asked, as an address says it. */
export function questionText(question: AuditQuestion): string {
  const parts = Object.entries(question).filter(([, value]) => value !== '');
  return new URLSearchParams(parts).toString();
}

/** A newest page that does not reach what is known leaves a hole: then one starts anew from it. */
export function joinedNewest(known: KnownAudit, page: AuditPageView): KnownAudit {
  const records = page.records.filter(isOpen);
  const [top] = known.records;
  const head = headOf(page);
  const isHole = page.beforeSeq !== null && top !== undefined && page.beforeSeq > top.seq + 1;
  if (known.beforeSeq === undefined || isHole)
    return { records, beforeSeq: page.beforeSeq, head, error: undefined };
  const fresh = records.filter(({ seq }) => seq > (top?.seq ?? 0));
  // The same list while nothing is new, so that the rows stay as they are.
  const joined = fresh.length === 0 ? known.records : [...fresh, ...known.records];
  return { records: joined, beforeSeq: known.beforeSeq, head, error: undefined };
}

export function joinedOlder(known: KnownAudit, page: AuditPageView): KnownAudit {
  const oldest = known.records.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  const older = page.records.filter(isOpen).filter(({ seq }) => seq < oldest);
  return {
    records: [...known.records, ...older],
    beforeSeq: page.beforeSeq,
    head: headOf(page),
    error: undefined,
  };
}

function headOf({ size, head, publicKey }: AuditPageView): KnownAudit['head'] {
  return { size, head, publicKey };
}

function isOpen(record: AuditRecord | SealedRecord): record is AuditRecord {
  return 'action' in record;
}
