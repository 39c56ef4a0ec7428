import { createHash } from 'node:crypto';
import type { AuditEntry, AuditRecord } from '../protocol/views/audit.ts';
import { type Canonical, canonicalJson } from '../units/canonicalJson.ts';

/** What the first record says came before it. */
export const NO_HASH = '0'.repeat(64);

/** A record and its line of the log, without the line's end. */
export interface Link {
  readonly record: AuditRecord;
  readonly line: string;
}

/** Puts an entry into its place: it names what came before, and its hash covers all it says. */
export function linkOf(entry: AuditEntry, seq: number, prev: string): Link {
  const unsealed = { ...entry, v: 1 as const, seq, prev };
  const record = { ...unsealed, hash: recordHash(unsealed) };
  return { record, line: textOf(record) };
}

/** SHA-256 of `prev` and the canonical JSON of the record without its own hash. */
function recordHash(unsealed: Omit<AuditRecord, 'hash'>): string {
  return sha256(unsealed.prev + textOf(unsealed));
}

/**
 * The record of a line, if it is exactly one that `linkOf` would write in this place.
 *
 * @returns undefined for anything else, be it one blank more
 */
export function readLink(line: string, seq: number, prev: string): AuditRecord | undefined {
  let record: AuditRecord;
  try {
    record = JSON.parse(line) as AuditRecord;
  } catch {
    return undefined;
  }
  if (record === null || typeof record !== 'object' || record.seq !== seq || record.prev !== prev)
    return undefined;
  const { hash, ...unsealed } = record;
  return textOf(record) === line && recordHash(unsealed) === hash ? record : undefined;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A record is plain data; its type is narrower than what canonical text takes. */
function textOf(record: object): string {
  return canonicalJson(record as { readonly [key: string]: Canonical });
}
