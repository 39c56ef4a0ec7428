// `npm run book -- FILE`: replays a file of the order-flow generator through the book the desk trades on,
// prints one line of JSON, and fails when the generator's own result beside the file differs.
import { pathToFileURL } from 'node:url';
import { capacityFor, createReplay, type Replay } from './replay.ts';
import {
  checkLength,
  RECORD_BYTES,
  readMeta,
  readRecords,
  WorkloadError,
  type WorkloadMeta,
  type WorkloadOutcome,
} from './workload.ts';

/** One replay: where the book ended, and how long an operation took after the warm-up. */
export interface ReplayResult extends WorkloadOutcome {
  records: number;
  warm: number;
  ops: number;
  nsPerOp: number;
}

/**
 * Replays a whole workload.
 *
 * @param meta tells how many records only build the book; without it every record is timed
 * @fails workload.truncated, workload.malformed
 */
export function replayWorkload(bytes: Uint8Array, meta?: Pick<WorkloadMeta, 'warm'>): ReplayResult {
  checkLength(bytes, 'The workload');
  const records = bytes.length / RECORD_BYTES;
  const warm = Math.min(meta?.warm ?? 0, records);
  const replay = createReplay(capacityFor(bytes));
  // The first pass lets the compiler settle; the second counts.
  timePass(replay, bytes, warm);
  const elapsedNs = timePass(replay, bytes, warm);
  const ops = records - warm;
  const nsPerOp = ops === 0 ? 0 : Math.round((elapsedNs / ops) * 10) / 10;
  return { records, warm, ops, ...replay.outcome(), nsPerOp };
}

/** Nanoseconds for all records after the warm-up. */
function timePass(replay: Replay, bytes: Uint8Array, warm: number): number {
  replay.start(bytes);
  for (let index = 0; index < warm; index++) replay.apply(index);
  const startNs = process.hrtime.bigint();
  for (let index = warm; index < bytes.length / RECORD_BYTES; index++) replay.apply(index);
  return Number(process.hrtime.bigint() - startNs);
}

/** @fails workload.differs naming every key in which the replay and the generator disagree */
export function compareWith(meta: WorkloadMeta, result: ReplayResult): void {
  const expected = { records: meta.records, warm: meta.warm, ops: meta.ops, ...meta.expect };
  const differences = Object.entries(expected).flatMap(([key, value]) => {
    const got = result[key as keyof ReplayResult];
    return got === value ? [] : [`${key} ${got} instead of ${value}`];
  });
  if (differences.length === 0) return;
  throw new WorkloadError('workload.differs', `The replay ends with ${differences.join(', ')}.`);
}

function run(path: string | undefined): void {
  if (path === undefined) throw new WorkloadError('workload.unnamed', 'Say which file: npm run book -- FILE');
  const meta = readMeta(`${path}.json`);
  const result = replayWorkload(readRecords(path), meta);
  const described = meta === undefined ? {} : { kind: meta.kind, seed: meta.seed, counts: meta.counts };
  process.stdout.write(`${JSON.stringify({ ...described, ...result })}\n`);
  if (meta !== undefined) compareWith(meta, result);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    run(process.argv[2]);
  } catch (error) {
    if (!(error instanceof WorkloadError)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    process.exitCode = 1;
  }
}
