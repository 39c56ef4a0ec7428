import type { AuditRecord } from '../../../../engine/protocol/views/audit.ts';
import { type Canonical, canonicalJson } from '../../../../engine/units/canonicalJson.ts';
import { sha256 } from '../../../../public/verify.mjs';

/** Whether a record's hash is that of what it says: found out here, whatever the desk says. */
export function isSound(record: AuditRecord): boolean {
  const { hash, ...unsealed } = record;
  const text = record.prev + canonicalJson(unsealed as unknown as { [key: string]: Canonical });
  return sha256(new TextEncoder().encode(text)) === hash;
}

/** The record as its line in the log has it, with room between for people. */
export function prettyRecord(record: AuditRecord): string {
  return JSON.stringify(record, undefined, 2);
}
