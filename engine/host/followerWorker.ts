import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Disk } from '../journal/disk.ts';
import { nodeDisk } from '../journal/nodeDisk.ts';
import type { TableUseView } from '../protocol/views/health.ts';
import type { ToRecords } from '../records/recordsService.ts';
import { assert } from '../units/assert.ts';
import { answerCall } from './follower/answerCall.ts';
import { DistanceBook } from './follower/distanceBook.ts';
import { Follower } from './follower/follower.ts';
import { Snapshots } from './follower/snapshots.ts';
import { stillFolder } from './follower/stillFolder.ts';
import { StressBook } from './follower/stressBook.ts';
import { tableUseOf } from './follower/tableUse.ts';
import { failureOf } from './threads/failure.ts';
import type { FromFollower, ToFollower, ToFollowerFromEngine } from './threads/messages.ts';
import { poisonGlobals } from './threads/poison.ts';

/** The follower's thread: previews, views, snapshots, and the second opinion on every hash. */
const main = parentPort!;
const { dir, frames } = workerData as { dir: string; frames: MessagePort };
const kept = poisonGlobals();

/** Between two counts of what people fill. */
const TABLES_EVERY_MS = 1_000;
let tablesDueMs = 0;

const toMain = (message: FromFollower) => main.postMessage(message);
let folder: Disk | undefined;
let records: MessagePort | undefined;
let waiting: Extract<ToFollower, { type: 'call' }>[] = [];

const toRecords = (message: ToRecords, transfer: ArrayBuffer[] = []) =>
  records?.postMessage(message, transfer);
const follower = new Follower({
  toMain,
  toRecords: (lanes, lastSeq) =>
    toRecords({ type: 'events', lanes, seq: lastSeq }, [lanes.buffer as ArrayBuffer]),
  gapInRecords: (lastSeq) => toRecords({ type: 'acceptGap', seq: lastSeq }),
  rootCut: (material) => toMain({ type: 'rootCut', material }),
  toAudit: (entries, positionSeq) => toMain({ type: 'audit', entries, positionSeq }),
});
const books = { distances: new DistanceBook(kept.steadyMs), stresses: new StressBook(kept.steadyMs) };
const snapshots = new Snapshots(nodeDisk, dir, kept.wallMs);

/** Another state than the writer's, or a snapshot that cannot be written: the desk must not go on. */
function failStop(error: unknown): never {
  toMain({ type: 'failed', ...failureOf(error) });
  process.exit(1);
}

function orStop(work: () => void): void {
  try {
    work();
  } catch (error) {
    failStop(error);
  }
}

function receive(message: ToFollower): void {
  switch (message.type) {
    case 'capture':
      // Looked at before the writer is told to go on: from there the folder moves.
      folder = stillFolder(nodeDisk, dir, message.seq);
      toMain({ type: 'captured' });
      return;
    case 'restore':
      assert(folder !== undefined, 'the folder is looked at before it is read');
      follower.restore(folder, dir, message.checkpoint, message.projected);
      snapshots.openedFrom(follower.snapshotSeq);
      frames.on('message', (fromEngine: ToFollowerFromEngine) => orStop(() => follow(fromEngine)));
      return;
    case 'attachRecords':
      records = message.port;
      return;
    case 'recordsCheckpoint':
      snapshots.recordsCheckpointSeq = message.seq;
      return;
    case 'audited':
      snapshots.auditedSeq = message.seq;
      return;
    case 'call':
      if (isReady(message)) answer(message);
      else waiting.push(message);
      return;
    case 'stop':
      stop(message.isSnapshotWanted);
      return;
  }
}

function follow(message: ToFollowerFromEngine): void {
  follower.receive(message);
  if (waiting.length > 0) answerWaiting();
  if (snapshots.isDue(follower.seq)) saveSnapshot();
  const { seq, hashCheckedSeq, stateHash } = follower;
  toMain({ type: 'applied', seq, hashCheckedSeq, stateHash, tables: tables() });
}

/** Counted now and then: nobody fills one within a second. */
function tables(): TableUseView[] | undefined {
  const now = kept.steadyMs();
  if (follower.engine === undefined || now < tablesDueMs) return undefined;
  tablesDueMs = now + TABLES_EVERY_MS;
  return tableUseOf(follower.engine.state);
}

function isReady({ atLeastSeq }: { atLeastSeq: number }): boolean {
  return follower.engine !== undefined && follower.seq >= atLeastSeq;
}

function answerWaiting(): void {
  const ready = waiting.filter(isReady);
  waiting = waiting.filter((call) => !isReady(call));
  for (const call of ready) answer(call);
}

function answer({ id, call }: Extract<ToFollower, { type: 'call' }>): void {
  const { engine } = follower;
  assert(engine !== undefined, 'a call is answered after the genesis only');
  toMain({ type: 'answer', id, value: answerCall(engine, call, books) });
}

function saveSnapshot(): void {
  // Said first, so that the log's own note is on disk before a start could rely on the snapshot.
  toMain({ type: 'audit', entries: [], positionSeq: follower.seq });
  const written = snapshots.write(follower);
  if (written !== undefined) toMain(written);
}

function stop(isSnapshotWanted: boolean): void {
  if (isSnapshotWanted) saveSnapshot();
  records?.close();
  frames.close();
  toMain({ type: 'stopped' });
  main.close();
}

main.on('message', (message: ToFollower) => orStop(() => receive(message)));
