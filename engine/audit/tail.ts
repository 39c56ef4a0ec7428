import { existsSync, readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import type { AuditRecord } from '../protocol/views/audit.ts';
import { readLink } from './chain.ts';
import { segmentPath } from './folder.ts';

/** The log is not what was written: nobody may go on writing behind it. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
}

export interface Tail {
  readonly records: readonly AuditRecord[];
  /** Bytes of the file that are these records. */
  readonly bytes: number;
  /** Bytes that were cut from its end. */
  readonly cutBytes: number;
}

/**
 * Reads the segment that was being written, and cuts what a kill left half written at its end.
 *
 * @param sizeMin records that had been synced
 * @fails AuditError where a record that was synced is gone or changed
 */
export function readTail(dir: string, firstSeq: number, prev: string, sizeMin: number): Tail {
  const file = segmentPath(dir, firstSeq);
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const records: AuditRecord[] = [];
  let end = 0;
  let head = prev;
  for (let next = bytes.indexOf(10); next !== -1; next = bytes.indexOf(10, end)) {
    const record = readLink(bytes.toString('utf8', end, next), firstSeq + records.length, head);
    if (record === undefined) break;
    records.push(record);
    head = record.hash;
    end = next + 1;
  }
  const cutBytes = bytes.length - end;
  const size = firstSeq - 1 + records.length;
  // A torn write is the end of the file: nothing was ever written behind it.
  if (size < sizeMin || isRecordIn(bytes.subarray(end))) {
    const name = path.basename(file);
    throw new AuditError(
      `The audit log is damaged at record ${size + 1} (${name}, byte ${end}). Move its folder aside to start a new one.`,
    );
  }
  if (cutBytes > 0) truncateSync(file, end);
  return { records, bytes: end, cutBytes };
}

/** Whether a whole record stands behind the first line: then that line was not torn but changed. */
function isRecordIn(bytes: Buffer): boolean {
  const [, ...later] = bytes.toString('utf8').split('\n');
  return later.some((line) => line.startsWith('{"action":') && line.endsWith('"v":1}'));
}
