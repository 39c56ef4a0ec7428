import type { PastView } from '../protocol/views/past.ts';
import { limits } from './limits.ts';
import { logError } from './log.ts';
import type { PastQuestion } from './pastOf.ts';
import { CallError } from './threads/pendingCalls.ts';
import { startWorker } from './threads/startWorker.ts';

/** What a look into the past ends with. */
type Answer = { readonly view?: PastView; readonly failure?: string };

/** Looks into the past, one at a time and each within its time: nobody who looks back slows down who trades. */
export class Past {
  readonly #dir: string;
  readonly #timeoutMs: number;
  #isLooking = false;

  constructor(dir: string, timeoutMs: number = limits.past.timeoutMs) {
    this.#dir = dir;
    this.#timeoutMs = timeoutMs;
  }

  /** @fails CallError past.busy, past.tooFar when it takes too long, past.unknown */
  async look(question: PastQuestion): Promise<PastView> {
    if (this.#isLooking) throw new CallError('past.busy');
    this.#isLooking = true;
    try {
      const { view, failure } = await this.#ask(question);
      if (failure !== undefined) logError(`The past at seq ${question.seq} is not shown. ${failure}`);
      if (view === undefined) throw new CallError('past.unknown');
      return view;
    } finally {
      this.#isLooking = false;
    }
  }

  async #ask(question: PastQuestion): Promise<Answer> {
    const worker = startWorker('pastWorker', { dir: this.#dir, question });
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Answer>((resolve, reject) => {
        timer = setTimeout(() => reject(new CallError('past.tooFar')), this.#timeoutMs);
        worker.on('message', resolve);
        worker.on('error', (error) => resolve({ failure: error.message }));
        worker.on('exit', () => resolve({ failure: 'Its thread ended.' }));
      });
    } finally {
      clearTimeout(timer);
      await worker.terminate();
    }
  }
}
