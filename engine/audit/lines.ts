import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { AuditRecord, AuditSeal, SealedRecord } from '../protocol/views/audit.ts';
import { canonicalJson } from '../units/canonicalJson.ts';
import type { AuditLog } from './auditLog.ts';
import { readStanding, SEGMENT_RECORDS, segmentOf, segmentPath, standingPath } from './folder.ts';
import { Merkle } from './merkle.ts';

/** Whether a reader may see what a record says. */
export type MaySee = (record: AuditRecord) => boolean;

export interface Span {
  readonly first: number;
  readonly last: number;
  /** Of the last record, `20261121`. */
  readonly day: string;
}

/** Lines of a segment as far as the log is on disk. */
export async function segmentLines(log: AuditLog, firstSeq: number): Promise<string[]> {
  const text = await readFile(segmentPath(log.dir, firstSeq), 'utf8');
  return text.split('\n').slice(0, Math.min(SEGMENT_RECORDS, log.size - firstSeq + 1));
}

/**
 * Records of a time, from the first at or after `fromMs` to the last at or before `toMs`.
 *
 * @returns undefined when there are none
 */
export async function spanOf(
  log: AuditLog,
  fromMs = 0,
  toMs = Number.POSITIVE_INFINITY,
): Promise<Span | undefined> {
  let span: Span | undefined;
  for (let start = 1; start <= log.size; start += SEGMENT_RECORDS) {
    for (const line of await segmentLines(log, start)) {
      const { seq, time } = JSON.parse(line) as AuditRecord;
      const timeMs = Date.parse(time);
      if (timeMs < fromMs || timeMs > toMs) continue;
      span = { first: span?.first ?? seq, last: seq, day: time.slice(0, 10).replaceAll('-', '') };
    }
  }
  return span;
}

/**
 * The lines of an export: the records of a span, those a reader may not see as their place and hash, and last the seal
 * that they are held against.
 */
export async function* exportLines(log: AuditLog, span: Span, maySee: MaySee): AsyncGenerator<string> {
  const merkle = await merkleBefore(log, span.first);
  const seal: AuditSeal = {
    v: 1,
    publicKey: log.key.publicKey,
    first: span.first,
    count: span.last - span.first + 1,
    before: merkle.subtrees.map((each) => ({ ...each })),
    checkpoints: [],
  };
  let head = '';
  for (let start = segmentOf(span.first); start <= span.last; start += SEGMENT_RECORDS) {
    const lines = await segmentLines(log, start);
    const part = lines.slice(Math.max(0, span.first - start), span.last - start + 1);
    const records = part.map((line) => JSON.parse(line) as AuditRecord);
    for (const { hash } of records) merkle.append(hash);
    head = records.at(-1)!.hash;
    if (merkle.size < span.last && existsSync(standingPath(log.dir, merkle.size)))
      seal.checkpoints.push(readStanding(log.dir, merkle.size).checkpoint);
    yield `${records.map((record, at) => (maySee(record) ? part[at] : sealedLine(record))).join('\n')}\n`;
  }
  seal.checkpoints.push(log.key.checkpoint({ size: merkle.size, merkleRoot: merkle.root(), head }));
  yield `${canonicalJson({ ...seal, checkpoints: seal.checkpoints.map((each) => ({ ...each })) })}\n`;
}

/** A record that is withheld: it still has its place, and its hash in the tree. */
export function sealed({ seq, hash }: AuditRecord): SealedRecord {
  return { seq, hash };
}

function sealedLine(record: AuditRecord): string {
  return canonicalJson({ ...sealed(record) });
}

/** The tree of all records before one. */
async function merkleBefore(log: AuditLog, seq: number): Promise<Merkle> {
  const start = segmentOf(seq);
  const merkle = start === 1 ? new Merkle() : new Merkle(readStanding(log.dir, start - 1).subtrees);
  const lines = await segmentLines(log, start);
  for (const line of lines.slice(0, seq - start)) merkle.append((JSON.parse(line) as AuditRecord).hash);
  return merkle;
}
