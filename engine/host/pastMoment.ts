import type { Worker } from 'node:worker_threads';
import type { PastAnswers, PastCall } from './answerPast.ts';
import { limits } from './limits.ts';
import { logError } from './log.ts';
import { deferred } from './threads/deferred.ts';
import { CallError, PendingCalls } from './threads/pendingCalls.ts';
import { startWorker } from './threads/startWorker.ts';

/** Past → main. */
export type FromPast =
  | { type: 'arrived' }
  | { type: 'missing'; code: 'past.pruned' | 'past.future' }
  | { type: 'answer'; id: number; value: PastAnswers[PastCall['kind']] | 'past.unknown' }
  | { type: 'failed'; sentence: string };

/** Main's end of a thread that stands at one moment of the past. */
export class PastMoment {
  readonly seq: number;
  readonly #worker: Worker;
  readonly #calls: PendingCalls<unknown>;
  readonly #arrived = deferred<void>();
  readonly #timer: NodeJS.Timeout;
  #isMaking = true;
  #isClosed = false;

  /** @param timeoutMs the replay may take so long, and each answer */
  constructor(dir: string, seq: number, timeoutMs: number) {
    this.seq = seq;
    this.#calls = new PendingCalls(timeoutMs, 'past.tooFar');
    this.#arrived.promise.catch(() => {});
    this.#worker = startWorker('pastWorker', { dir, seq });
    this.#worker.on('message', (message: FromPast) => this.#receive(message));
    this.#worker.on('error', (error) => this.#fail(error.message));
    this.#worker.on('exit', () => this.#fail('Its thread ended.'));
    this.#timer = setTimeout(() => this.#end(new CallError('past.tooFar')), timeoutMs);
  }

  /** The state is still being made. */
  get isMaking(): boolean {
    return this.#isMaking;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** @fails CallError past.unknown, past.pruned, past.future, past.tooFar, past.busy when too many wait */
  async ask<C extends PastCall>(call: C): Promise<PastAnswers[C['kind']]> {
    await this.#arrived.promise;
    if (this.#calls.count >= limits.past.waitingMax) throw new CallError('past.busy');
    const value = await this.#calls.open((id) => this.#worker.postMessage({ id, call }));
    if (value === 'past.unknown') throw new CallError('past.unknown');
    return value as PastAnswers[C['kind']];
  }

  /** What still waits hears that somebody else looks back now. */
  close(): void {
    this.#end(new CallError('past.busy'));
  }

  #receive(message: FromPast): void {
    switch (message.type) {
      case 'arrived':
        clearTimeout(this.#timer);
        this.#isMaking = false;
        this.#arrived.resolve();
        return;
      case 'missing':
        return this.#end(new CallError(message.code));
      case 'answer':
        return this.#calls.resolve(message.id, message.value);
      case 'failed':
        return this.#fail(message.sentence);
    }
  }

  #fail(sentence: string): void {
    if (this.#isClosed) return;
    logError(`The past at seq ${this.seq} is not shown. ${sentence}`);
    this.#end(new CallError('past.unknown'));
  }

  #end(error: CallError): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isMaking = false;
    clearTimeout(this.#timer);
    this.#arrived.reject(error);
    this.#calls.close(error, error);
    void this.#worker.terminate();
  }
}
