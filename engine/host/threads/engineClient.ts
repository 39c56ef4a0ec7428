import type { MessagePort, Worker } from 'node:worker_threads';
import { type ErrorCode, errors } from '../../protocol/errors.ts';
import { limits } from '../limits.ts';
import { deferred } from './deferred.ts';
import type { FromEngine, ToEngine } from './messages.ts';
import { CallError, PendingCalls } from './pendingCalls.ts';
import { startWorker } from './startWorker.ts';

export type Durable = Extract<FromEngine, { type: 'durable' }>;
export type RecoveredMessage = Extract<FromEngine, { type: 'recovered' }>;

/** One command's events inside the lanes of its group. */
export interface Applied {
  readonly seq: number;
  readonly lanes: Float64Array;
  readonly from: number;
  readonly to: number;
}

export interface EngineListeners {
  durable(message: Durable): void;
  alarm(sentence: string): void;
  /** The thread is gone without being asked to go. */
  died(code: string, sentence: string): void;
}

/** Ids of commands whose answer nobody waits for: `NOBODY` gets none, the market's are only counted. */
const NOBODY = 0;
const MARKET = -1;

/** Main's end of the engine thread. Commands of one turn of the event loop leave in one message. */
export class EngineClient {
  readonly #worker: Worker;
  readonly #listeners: EngineListeners;
  readonly #calls = new PendingCalls<Applied>(limits.engine.answerTimeoutMs, 'outcome.unknown');
  readonly #recovered = deferred<RecoveredMessage>();
  readonly #barriers = new PendingCalls<undefined>(limits.engine.answerTimeoutMs, 'outcome.unknown');
  readonly #stopped = deferred<number>();
  #ids: number[] = [];
  #envelopes: Uint8Array[] = [];
  #marketPending = 0;
  #isStopping = false;
  #hasExited = false;
  #failure: { code: string; sentence: string } | undefined;

  constructor(dir: string, listeners: EngineListeners) {
    this.#listeners = listeners;
    this.#worker = startWorker('engineWorker', { dir });
    this.#worker.on('message', (message: FromEngine) => this.#receive(message));
    this.#worker.on('error', (error) => this.#fail('engine.halted', error.stack ?? error.message));
    this.#worker.on('exit', () => this.#exited());
    // Whoever starts the desk awaits it; a failure before that is told there.
    this.#recovered.promise.catch(() => {});
  }

  get recovered(): Promise<RecoveredMessage> {
    return this.#recovered.promise;
  }

  get pendingCount(): number {
    return this.#calls.count;
  }

  /**
   * Hands a command over and waits until it is durable.
   *
   * @fails CallError engine.busy when too many wait, outcome.unknown when no answer comes in time
   */
  submit(envelope: Uint8Array): Promise<Applied> {
    if (this.#calls.count >= limits.engine.pendingMax) return Promise.reject(new CallError('engine.busy'));
    return this.#calls.open((id) => this.#push(id, envelope));
  }

  /**
   * Hands a command of the market over. Nobody waits for it, but it counts.
   *
   * @returns false when the engine is so far behind that the market should wait
   */
  submitForMarket(envelope: Uint8Array): boolean {
    if (this.#marketPending >= limits.engine.marketPendingMax) return false;
    this.#marketPending += 1;
    this.#push(MARKET, envelope);
    return true;
  }

  /** Hands a command over that nobody waits for. */
  submitQuietly(envelope: Uint8Array): void {
    this.#push(NOBODY, envelope);
  }

  /**
   * Returns once everything handed over before is durable and told.
   *
   * @fails CallError outcome.unknown when the engine does not get there in time
   */
  async barrier(): Promise<void> {
    this.#flush();
    await this.#barriers.open((id) => this.#post({ type: 'barrier', id }));
  }

  follow(port: MessagePort): void {
    this.#post({ type: 'follow', port }, [port]);
  }

  start(): void {
    this.#post({ type: 'start' });
  }

  snapshotWritten(seq: number): void {
    this.#post({ type: 'snapshotWritten', seq });
  }

  /** Lets what was handed over become durable, then ends the thread. @returns the last sequence */
  async stop(): Promise<number> {
    if (this.#hasExited) return 0;
    this.#isStopping = true;
    this.#flush();
    this.#post({ type: 'stop' });
    return await this.#stopped.promise;
  }

  async terminate(): Promise<void> {
    this.#isStopping = true;
    await this.#worker.terminate();
  }

  #push(id: number, envelope: Uint8Array): void {
    if (this.#ids.length === 0) setImmediate(() => this.#flush());
    this.#ids.push(id);
    this.#envelopes.push(envelope);
  }

  #flush(): void {
    if (this.#ids.length === 0) return;
    this.#post({ type: 'commands', ids: this.#ids, envelopes: this.#envelopes });
    this.#ids = [];
    this.#envelopes = [];
  }

  #post(message: ToEngine, transfer: MessagePort[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #receive(message: FromEngine): void {
    switch (message.type) {
      case 'recovered':
        this.#recovered.resolve(message);
        return;
      case 'durable':
        // Streams first: who reads an answer and then asks the stream finds it there.
        this.#listeners.durable(message);
        this.#answer(message);
        return;
      case 'barrierPassed':
        this.#barriers.resolve(message.id, undefined);
        return;
      case 'alarm':
        this.#listeners.alarm(message.sentence);
        return;
      case 'failed':
        this.#failure = message;
        return;
      case 'stopped':
        this.#stopped.resolve(message.seq);
        return;
    }
  }

  #answer({ answers, lanes }: Durable): void {
    for (let at = 0; at < answers.length; at += 4) {
      const [id, seq, from, to] = [answers[at]!, answers[at + 1]!, answers[at + 2]!, answers[at + 3]!];
      if (id === MARKET) this.#marketPending -= 1;
      else this.#calls.resolve(id, { seq, lanes, from, to });
    }
  }

  #closeCalls(): void {
    const [waiting, later] = [new CallError('outcome.unknown'), new CallError('engine.halted')];
    this.#calls.close(waiting, later);
    this.#barriers.close(waiting, later);
  }

  #exited(): void {
    this.#hasExited = true;
    this.#closeCalls();
    if (this.#isStopping) this.#stopped.resolve(0);
    else
      this.#fail(
        this.#failure?.code ?? 'engine.halted',
        this.#failure?.sentence ?? 'The engine thread ended.',
      );
  }

  #fail(code: string, sentence: string): void {
    const known: ErrorCode = code in errors ? (code as ErrorCode) : 'engine.halted';
    this.#recovered.reject(new CallError({ code: known, message: sentence }));
    this.#closeCalls();
    if (this.#isStopping) return;
    this.#isStopping = true;
    this.#listeners.died(code, sentence);
  }
}
