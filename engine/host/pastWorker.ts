import { parentPort, workerData } from 'node:worker_threads';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { type PastQuestion, pastOf } from './pastOf.ts';
import { failureOf } from './threads/failure.ts';
import { poisonGlobals } from './threads/poison.ts';

/** A thread for one look into the past: it makes the state anew, answers and ends. */
const main = parentPort!;
const { dir, question } = workerData as { dir: string; question: PastQuestion };
poisonGlobals();
try {
  main.postMessage({ view: pastOf(nodeDisk, dir, question) });
} catch (error) {
  main.postMessage({ failure: failureOf(error).sentence });
}
