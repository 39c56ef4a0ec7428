import type { AuditEntry } from '../../protocol/views/audit.ts';

/** An entry, and the signature by which the door knows who sent it. */
export interface JournalledEntry {
  readonly entry: AuditEntry;
  readonly signature?: string | undefined;
}
