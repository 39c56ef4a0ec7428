import { parentPort, workerData } from 'node:worker_threads';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { type PastCall, PastDesk } from './answerPast.ts';
import { pastEngineAt } from './pastEngine.ts';
import type { FromPast } from './pastMoment.ts';
import { failureOf } from './threads/failure.ts';
import { poisonGlobals } from './threads/poison.ts';

/** A thread for one moment of the past: it makes the state anew and answers about it until it is not needed. */
const main = parentPort!;
const { dir, seq } = workerData as { dir: string; seq: number };
const toMain = (message: FromPast) => main.postMessage(message);
poisonGlobals();

function orTell(work: () => void): void {
  try {
    work();
  } catch (error) {
    toMain({ type: 'failed', sentence: failureOf(error).sentence });
  }
}

orTell(() => {
  const past = pastEngineAt(nodeDisk, dir, seq);
  if (typeof past === 'string') return toMain({ type: 'missing', code: past });
  const desk = new PastDesk(past);
  main.on('message', ({ id, call }: { id: number; call: PastCall }) =>
    orTell(() => toMain({ type: 'answer', id, value: desk.answer(call) })),
  );
  toMain({ type: 'arrived' });
});
