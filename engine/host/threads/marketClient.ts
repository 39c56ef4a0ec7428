import type { Worker } from 'node:worker_threads';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { MarketWorkerData } from '../marketWorker.ts';
import { deferred } from './deferred.ts';
import type { FromMarket, OpenedMarket, ToMarket } from './messages.ts';
import { startWorker } from './startWorker.ts';

export interface MarketListeners {
  /** @returns false when the engine is too far behind; the market then hears of none of it and asks again */
  submit(envelope: Uint8Array): boolean;
  defect(sentence: string): void;
  died(sentence: string): void;
}

/** The market cannot be played; the sentence says which file and why. */
export class MarketError extends Error {
  override readonly name = 'MarketError';
}

/** Main's end of the market's thread. */
export class MarketClient {
  readonly #worker: Worker;
  readonly #listeners: MarketListeners;
  readonly #opened = deferred<OpenedMarket>();
  #unsent: Float64Array[] = [];
  #directory: DirectoryView | undefined;
  #isOpen = false;
  #isStopping = false;
  #skippedCount = 0;

  constructor(data: MarketWorkerData, listeners: MarketListeners) {
    this.#listeners = listeners;
    this.#worker = startWorker('marketWorker', data);
    this.#worker.on('message', (message: FromMarket) => this.#receive(message));
    this.#worker.on('error', (error) => this.#end(error.stack ?? error.message));
    this.#worker.on('exit', () => this.#end('The market thread ended.'));
    this.#opened.promise.catch(() => {});
  }

  /** What is played, once it plays. @fails with a sentence when it cannot be */
  get opened(): Promise<OpenedMarket> {
    return this.#opened.promise;
  }

  /** Commands of the market that were not handed over because the engine was behind. */
  get skippedCount(): number {
    return this.#skippedCount;
  }

  /** Durable events. They leave after the answers of this turn: the market can wait, a trader should not. */
  onEvents(lanes: Float64Array): void {
    if (this.#unsent.length === 0) setImmediate(() => this.#flush());
    this.#unsent.push(lanes);
  }

  /** What is listed now, told with the events that changed it. */
  onDirectory(directory: DirectoryView): void {
    this.#directory = directory;
  }

  #flush(): void {
    this.#worker.postMessage({ groups: this.#unsent, directory: this.#directory } satisfies ToMarket);
    this.#unsent = [];
    this.#directory = undefined;
  }

  async terminate(): Promise<void> {
    this.#isStopping = true;
    await this.#worker.terminate();
  }

  #receive(message: FromMarket): void {
    switch (message.type) {
      case 'opened':
        this.#isOpen = true;
        this.#opened.resolve(message);
        return;
      case 'steps':
        for (const envelope of message.envelopes)
          if (!this.#listeners.submit(envelope)) this.#skippedCount += 1;
        return;
      case 'defect':
        this.#listeners.defect(message.sentence);
        return;
      case 'failed':
        this.#end(message.sentence);
        return;
    }
  }

  #end(sentence: string): void {
    if (this.#isStopping) return;
    this.#isStopping = true;
    // Before it plays, whoever opens it is told; afterwards the desk.
    if (this.#isOpen) this.#listeners.died(sentence);
    else this.#opened.reject(new MarketError(sentence));
  }
}
