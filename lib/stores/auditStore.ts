import { createStore } from 'zustand/vanilla';
import type { AuditRecord } from '../../engine/protocol/views/audit.ts';

/** What is asked of the log; empty is any. */
export interface AuditQuestion {
  actor: string;
  action: string;
  result: string;
  account: string;
}

interface AuditStore {
  question: AuditQuestion;
  /** The record that is looked at. */
  record: AuditRecord | undefined;
  /** The sequence the desk is shown as of; undefined: as it is. */
  asOfSeq: number | undefined;
}

/** What an auditor looks at, shared by the panes of the page. */
export const auditStore = createStore<AuditStore>()(() => ({
  question: { actor: '', action: '', result: '', account: '' },
  record: undefined,
  asOfSeq: undefined,
}));

export function lookFor(part: Partial<AuditQuestion>): void {
  auditStore.setState(({ question }) => ({ question: { ...question, ...part } }));
}

export function selectRecord(record: AuditRecord): void {
  auditStore.setState({ record });
}

export function lookAsOf(asOfSeq: number | undefined): void {
  auditStore.setState({ asOfSeq });
}
