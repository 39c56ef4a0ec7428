import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { nodeDiskWith } from '../journal/nodeDisk.ts';
import type { Seq } from '../units/time.ts';
import { EngineClock } from './engineClock.ts';
import { limits } from './limits.ts';
import { failureOf } from './threads/failure.ts';
import type { FromEngine, ToEngine, ToFollowerFromEngine } from './threads/messages.ts';
import { poisonGlobals } from './threads/poison.ts';
import { startSyncThread } from './threads/startSyncThread.ts';
import { recover } from './writer/recover.ts';
import { Writer } from './writer/writer.ts';

/** The engine's thread: recovers the folder, then writes until it is told to stop or must. */
const main = parentPort!;
const { dir } = workerData as { dir: string };
const kept = poisonGlobals();

let follower: MessagePort | undefined;
/** A message other than commands, found among them: it waits until everything before it is durable. */
let behind: ToEngine | undefined;
let ticking: NodeJS.Timeout | undefined;

const toMain = (message: FromEngine, transfer: ArrayBuffer[] = []) => main.postMessage(message, transfer);
const toFollower = (message: ToFollowerFromEngine, transfer: ArrayBuffer[]) =>
  follower?.postMessage(message, transfer);

/** A failed write or a broken belief: tell, then stop. Nothing of the group that failed was answered. */
function failStop(error: unknown): never {
  toMain({ type: 'failed', ...failureOf(error) });
  process.exit(1);
}

function orStop<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    failStop(error);
  }
}

const syncThread = startSyncThread(failStop);
const disk = nodeDiskWith(syncThread.startSync);
const { engine, journal, report } = orStop(() => recover(disk, dir, kept.wallMs));
const clock = new EngineClock(
  { ...kept, alarm: (sentence) => toMain({ type: 'alarm', sentence }) },
  report.timeMs,
);
const writer = new Writer(engine, journal, {
  clock,
  steadyMs: kept.steadyMs,
  takeArrived,
  toMain,
  toFollower,
});

/** Everything taken in before is durable and told, unless the message is commands. */
function receive(message: ToEngine): void {
  switch (message.type) {
    case 'commands':
      writer.accept(message.ids, message.envelopes);
      return;
    case 'follow':
      follower = message.port;
      return;
    case 'start':
      ticking = setInterval(() => turn(() => writer.tick()), limits.engine.tickIntervalMs);
      return;
    case 'snapshotWritten':
      journal.publishWatermark(message.seq as Seq);
      return;
    case 'barrier':
      toMain({ type: 'barrierPassed', id: message.id });
      return;
    case 'stop':
      stop();
      return;
  }
}

function stop(): void {
  clearInterval(ticking);
  journal.close();
  syncThread.stop();
  follower?.close();
  toMain({ type: 'stopped', seq: journal.durableSeq });
  main.close();
}

/** Does what began the turn, then everything that arrived meanwhile, in order. */
function turn(work: () => void): void {
  orStop(() => {
    work();
    takeArrived();
    writer.drain();
    while (behind !== undefined) {
      const message = behind;
      behind = undefined;
      receive(message);
      takeArrived();
      writer.drain();
    }
  });
}

/** Takes in commands that have arrived, without going through the event loop for each message. */
function takeArrived(): void {
  for (let count = 0; behind === undefined && count < limits.engine.groupCommandsMax; count++) {
    const next = receiveMessageOnPort(main) as { message: ToEngine } | undefined;
    if (next === undefined) return;
    if (next.message.type === 'commands') receive(next.message);
    else behind = next.message;
  }
}

main.on('message', (message: ToEngine) => turn(() => receive(message)));
toMain(report);
