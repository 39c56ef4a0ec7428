import type { AuditPageView, AuditRecord } from '../protocol/views/audit.ts';
import type { AuditLog } from './auditLog.ts';
import { segmentOf } from './folder.ts';
import { type MaySee, segmentLines } from './lines.ts';

/** What is looked for; what is left out holds for everything. */
export interface AuditFilter {
  readonly actor?: string;
  readonly role?: string;
  readonly action?: string;
  readonly result?: string;
  readonly account?: number;
  readonly proposal?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

export interface PageTerms {
  readonly filter: AuditFilter;
  /** Records before this one; undefined for the newest. */
  readonly beforeSeq: number | undefined;
  readonly rowsMax: number;
}

/** Files that one question may read: a rare match is looked for in several. */
const SEGMENTS_MAX = 8;

/** Records that match and may be seen, newest first. */
export async function auditPage(
  log: AuditLog,
  { filter, beforeSeq, rowsMax }: PageTerms,
  maySee: MaySee,
): Promise<AuditPageView> {
  const { size, head } = log;
  const records: AuditRecord[] = [];
  let next = Math.min(beforeSeq ?? size + 1, size + 1);
  for (let count = 0; count < SEGMENTS_MAX && next > 1 && records.length < rowsMax; count++) {
    const start = segmentOf(next - 1);
    const lines = (await segmentLines(log, start)).slice(0, next - start);
    for (; next > start && records.length < rowsMax; next--) {
      const record = JSON.parse(lines[next - 1 - start]!) as AuditRecord;
      if (maySee(record) && matches(record, filter)) records.push(record);
    }
  }
  return { records, beforeSeq: next > 1 ? next : null, size, head, publicKey: log.key.publicKey };
}

function matches(record: AuditRecord, filter: AuditFilter): boolean {
  const timeMs = Date.parse(record.time);
  return (
    (filter.actor === undefined || record.actor.address === filter.actor) &&
    (filter.role === undefined || record.actor.role === filter.role) &&
    (filter.action === undefined || record.action.includes(filter.action)) &&
    (filter.result === undefined || isResult(record.result, filter.result)) &&
    (filter.account === undefined || accountsIn(record.params).includes(filter.account)) &&
    (filter.proposal === undefined || record.proposal === filter.proposal) &&
    (filter.fromMs === undefined || timeMs >= filter.fromMs) &&
    (filter.toMs === undefined || timeMs <= filter.toMs)
  );
}

/** `refused` stands for every code. */
function isResult(result: string, wanted: string): boolean {
  return wanted === 'refused' ? result.includes('.') : result === wanted;
}

const ACCOUNT_FIELDS = ['account', 'from', 'to', 'fromAccount', 'toAccount'];

/** Accounts that parameters name, however deep. */
export function accountsIn(params: unknown): number[] {
  if (Array.isArray(params)) return params.flatMap(accountsIn);
  if (typeof params !== 'object' || params === null) return [];
  return Object.entries(params).flatMap(([key, value]) =>
    ACCOUNT_FIELDS.includes(key) && typeof value === 'number' ? [value] : accountsIn(value),
  );
}
