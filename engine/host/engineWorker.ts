import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { nodeDisk } from '../journal/nodeDisk.ts';
import type { Seq } from '../units/time.ts';
import { EngineClock } from './engineClock.ts';
import { limits } from './limits.ts';
import { failureOf } from './threads/failure.ts';
import type { FromEngine, ToEngine, ToFollowerFromEngine } from './threads/messages.ts';
import { poisonGlobals } from './threads/poison.ts';
import { recover } from './writer/recover.ts';
import { Writer } from './writer/writer.ts';

/** The engine's thread: recovers the folder, then writes until it is told to stop or must. */
const main = parentPort!;
const { dir } = workerData as { dir: string };
const kept = poisonGlobals();

/** Messages handled before the thread looks at its timers again. */
const ROUNDS_MAX = 64;

let follower: MessagePort | undefined;
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

const { engine, journal, report } = orStop(() => recover(nodeDisk, dir, kept.wallMs));
const clock = new EngineClock(
  { ...kept, alarm: (sentence) => toMain({ type: 'alarm', sentence }) },
  report.timeMs,
);
const writer = new Writer(engine, journal, { clock, steadyMs: kept.steadyMs, toMain, toFollower });

function receive(message: ToEngine): void {
  switch (message.type) {
    case 'commands':
      writer.accept(message.ids, message.envelopes);
      return;
    case 'follow':
      follower = message.port;
      return;
    case 'start':
      ticking = setInterval(() => orStop(() => writer.tick()), limits.engine.tickIntervalMs);
      return;
    case 'snapshotWritten':
      journal.publishWatermark(message.seq as Seq);
      return;
    case 'barrier':
      writer.drain();
      toMain({ type: 'barrierPassed', id: message.id });
      return;
    case 'stop':
      stop();
      return;
  }
}

function stop(): void {
  clearInterval(ticking);
  writer.drain();
  journal.close();
  follower?.close();
  toMain({ type: 'stopped', seq: journal.durableSeq });
  main.close();
}

main.on('message', (first: ToEngine) => {
  orStop(() => {
    receive(first);
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const next = takeWaiting();
      writer.drain();
      if (!next) return;
    }
  });
});

/** Takes in what has arrived meanwhile, without going through the event loop for each. */
function takeWaiting(): boolean {
  let count = 0;
  while (count < limits.engine.groupCommandsMax) {
    const next = receiveMessageOnPort(main) as { message: ToEngine } | undefined;
    if (next === undefined) break;
    receive(next.message);
    count += 1;
  }
  return count > 0;
}

toMain(report);
