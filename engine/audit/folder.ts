import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AuditApproval, AuditCheckpoint } from '../protocol/views/audit.ts';
import type { Subtree } from './merkle.ts';

/** Records of one file, and of one checkpoint. */
export const SEGMENT_RECORDS = 1_024;

/** The log at a full segment: the checkpoint that is published, and what it takes to go on from there. */
export interface Standing {
  readonly checkpoint: AuditCheckpoint;
  readonly subtrees: readonly Subtree[];
  /** Last command of the journal that has a record, and how many it has. */
  readonly engineSeq: number;
  readonly engineSeqCount: number;
  /** Approvals of proposals that were open, by number. */
  readonly approvals: readonly (readonly [number, readonly AuditApproval[]])[];
}

/** How far the log is known to go, whatever its files say. */
export interface Position {
  /** Every command of the journal up to here has its record, if it is one that has any. */
  readonly engineSeq: number;
  /** Records that were synced by then. */
  readonly size: number;
}

/** `audit-000000001025.jsonl` begins with record 1,025. */
export function segmentPath(dir: string, firstSeq: number): string {
  return path.join(dir, `audit-${String(firstSeq).padStart(12, '0')}.jsonl`);
}

/** First record of the segment a record lies in. */
export function segmentOf(seq: number): number {
  return seq - ((seq - 1) % SEGMENT_RECORDS);
}

export function standingPath(dir: string, size: number): string {
  return path.join(dir, `checkpoint-${String(size).padStart(12, '0')}.json`);
}

export function positionPath(dir: string): string {
  return path.join(dir, 'position.json');
}

/** Sizes at which the log stood at a checkpoint, rising. */
export function standingSizes(dir: string): number[] {
  return readdirSync(dir)
    .flatMap((name) => /^checkpoint-(\d{12})\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

export function readStanding(dir: string, size: number): Standing {
  return JSON.parse(readFileSync(standingPath(dir, size), 'utf8')) as Standing;
}

export function readPosition(dir: string): Position {
  const file = positionPath(dir);
  if (!existsSync(file)) return { engineSeq: 0, size: 0 };
  return JSON.parse(readFileSync(file, 'utf8')) as Position;
}
