import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import type { People } from '../../records/keptAccounts.ts';
import type { Answers, Question } from '../../records/questions.ts';
import type { FromRecords, ToRecords } from '../../records/recordsService.ts';
import type { MarginWindowRecord } from '../../records/views.ts';
import { limits } from '../limits.ts';
import type { RecordsWorkerData } from '../recordsWorker.ts';
import { deferred } from './deferred.ts';
import { CallError, PendingCalls } from './pendingCalls.ts';
import { startWorker } from './startWorker.ts';

export interface RecordsListeners {
  opened(seq: number, sentences: readonly string[]): void;
  /** Everything up to `coveredSeq` is on disk twice over: the journal may let go of it. */
  checkpointWritten(seq: number, coveredSeq: number): void;
  /** Nothing more is recorded until the next start. The desk goes on without history. */
  failed(sentence: string): void;
}

/** Main's end of the records' thread. */
export class RecordsClient {
  readonly #worker: Worker;
  readonly #listeners: RecordsListeners;
  readonly #calls = new PendingCalls<unknown>(limits.records.answerTimeoutMs, 'engine.busy');
  readonly #wanted = deferred<number | undefined>();
  readonly #stopped = deferred<void>();
  /** The follower's end of the events. */
  readonly eventsPort: MessagePort;
  #hasExited = false;
  #isOpen = false;
  #writtenSeq = 0;

  constructor(data: Omit<RecordsWorkerData, 'events'>, listeners: RecordsListeners) {
    this.#listeners = listeners;
    const { port1, port2 } = new MessageChannel();
    this.eventsPort = port1;
    this.#worker = startWorker('recordsWorker', { ...data, events: port2 }, [port2]);
    this.#worker.on('message', (message: FromRecords) => this.#receive(message));
    this.#worker.on('error', (error) => this.#ended(error.stack ?? error.message));
    this.#worker.on('exit', () => this.#ended('The records thread ended.'));
  }

  /** Events of every command behind this one are wanted; undefined when nobody will take any. */
  get wanted(): Promise<number | undefined> {
    return this.#wanted.promise;
  }

  /** Whether the tables are there to be asked. Making them takes seconds on a first start. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Last command whose rows are in the tables. */
  get writtenSeq(): number {
    return this.#writtenSeq;
  }

  people(people: People): void {
    this.#post({ type: 'people', people });
  }

  /** Where accounts stood, to be kept over a restart. */
  margins(windows: readonly MarginWindowRecord[]): void {
    this.#post({ type: 'margins', windows });
  }

  /** @fails CallError engine.busy when the records do not answer in time or have stopped, request.malformed */
  ask<Q extends Question>(question: Q): Promise<Answers[Q['kind']]> {
    return this.#calls.open((id) => this.#post({ type: 'ask', id, question })) as Promise<Answers[Q['kind']]>;
  }

  async stop(): Promise<void> {
    if (this.#hasExited) return;
    this.#post({ type: 'stop' });
    await this.#stopped.promise;
  }

  async terminate(): Promise<void> {
    this.#hasExited = true;
    await this.#worker.terminate();
  }

  #post(message: ToRecords): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromRecords): void {
    switch (message.type) {
      case 'wanted':
        this.#wanted.resolve(message.seq);
        return;
      case 'opened':
        this.#isOpen = true;
        this.#writtenSeq = message.seq;
        this.#listeners.opened(message.seq, message.sentences);
        return;
      case 'written':
        this.#writtenSeq = message.seq;
        return;
      case 'checkpointWritten':
        this.#listeners.checkpointWritten(message.seq, message.coveredSeq);
        return;
      case 'answer':
        this.#calls.resolve(message.id, message.value);
        return;
      case 'refused':
        this.#calls.reject(message.id, new CallError('request.malformed', message.sentence.split('\n')[0]));
        return;
      case 'failed':
        this.#wanted.resolve(undefined);
        this.#listeners.failed(message.sentence);
        return;
      case 'stopped':
        this.#stopped.resolve();
        return;
    }
  }

  #ended(sentence: string): void {
    this.#calls.close(
      new CallError('engine.busy'),
      new CallError('engine.busy', 'The records have stopped.'),
    );
    this.#wanted.resolve(undefined);
    this.#stopped.resolve();
    if (this.#hasExited) return;
    this.#hasExited = true;
    this.#listeners.failed(sentence);
  }
}
