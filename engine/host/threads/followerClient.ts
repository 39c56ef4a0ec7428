import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import type { RootMaterial } from '../../core/settlement/rootDraft.ts';
import type { TableUseView } from '../../protocol/views/health.ts';
import type { Projected } from '../follower/projected.ts';
import { limits } from '../limits.ts';
import { deferred } from './deferred.ts';
import type { Checkpoint, FollowerAnswers, FollowerCall, FromFollower, ToFollower } from './messages.ts';
import { CallError, PendingCalls } from './pendingCalls.ts';
import { startWorker } from './startWorker.ts';

export interface FollowerListeners {
  restored(message: Extract<FromFollower, { type: 'restored' }>): void;
  snapshotWritten(message: Extract<FromFollower, { type: 'snapshotWritten' }>): void;
  audit(message: Extract<FromFollower, { type: 'audit' }>): void;
  /** A root was cut since the start: what was cut before is cut again by whoever wants it signed. */
  rootCut(material: RootMaterial): void;
  died(code: string, sentence: string): void;
}

/** Main's end of the follower thread. */
export class FollowerClient {
  readonly #worker: Worker;
  readonly #listeners: FollowerListeners;
  readonly #calls = new PendingCalls<unknown>(limits.follower.answerTimeoutMs, 'engine.busy');
  readonly #captured = deferred<void>();
  readonly #stopped = deferred<void>();
  /** The writer's end of the frames. */
  readonly framesPort: MessagePort;
  #isStopping = false;
  #hasExited = false;
  #failure: { code: string; sentence: string } | undefined;
  #appliedSeq = 0;
  #hashCheckedSeq = 0;
  #stateHash = '';
  #tables: TableUseView[] = [];

  constructor(dir: string, listeners: FollowerListeners) {
    this.#listeners = listeners;
    const { port1, port2 } = new MessageChannel();
    this.framesPort = port1;
    this.#worker = startWorker('followerWorker', { dir, frames: port2 }, [port2]);
    this.#worker.on('message', (message: FromFollower) => this.#receive(message));
    this.#worker.on('error', (error) => this.#fail('engine.halted', error.stack ?? error.message));
    this.#worker.on('exit', () => this.#exited());
    this.#captured.promise.catch(() => {});
  }

  /** Looks at the folder as the writer opened it at `seq`. On return it may be written to. */
  async capture(seq: number): Promise<void> {
    this.#post({ type: 'capture', seq });
    await this.#captured.promise;
  }

  get appliedSeq(): number {
    return this.#appliedSeq;
  }

  get hashCheckedSeq(): number {
    return this.#hashCheckedSeq;
  }

  get stateHash(): string {
    return this.#stateHash;
  }

  /** As they were counted last; empty before that. */
  get tables(): TableUseView[] {
    return this.#tables;
  }

  restore(checkpoint: Checkpoint, projected: Projected): void {
    this.#post({ type: 'restore', checkpoint, projected });
  }

  attachRecords(port: MessagePort): void {
    this.#post({ type: 'attachRecords', port }, [port]);
  }

  recordsCheckpoint(seq: number): void {
    this.#post({ type: 'recordsCheckpoint', seq });
  }

  audited(seq: number): void {
    this.#post({ type: 'audited', seq });
  }

  /**
   * Asks the follower.
   *
   * @param atLeastSeq the answer is given on a state at or behind this sequence
   * @fails CallError engine.busy when it cannot keep up, engine.halted when it is gone
   */
  call<C extends FollowerCall>(call: C, atLeastSeq = 0): Promise<FollowerAnswers[C['kind']]> {
    if (this.#calls.count >= limits.follower.waitingMax) return Promise.reject(new CallError('engine.busy'));
    const answer = this.#calls.open((id) => this.#post({ type: 'call', id, atLeastSeq, call }));
    return answer as Promise<FollowerAnswers[C['kind']]>;
  }

  async stop(isSnapshotWanted: boolean): Promise<void> {
    if (this.#hasExited) return;
    this.#isStopping = true;
    this.#post({ type: 'stop', isSnapshotWanted });
    await this.#stopped.promise;
  }

  async terminate(): Promise<void> {
    this.#isStopping = true;
    await this.#worker.terminate();
  }

  #post(message: ToFollower, transfer: MessagePort[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #receive(message: FromFollower): void {
    switch (message.type) {
      case 'captured':
        this.#captured.resolve();
        return;
      case 'restored':
        this.#appliedSeq = message.seq;
        this.#hashCheckedSeq = message.seq;
        this.#stateHash = message.stateHash;
        this.#listeners.restored(message);
        return;
      case 'applied':
        this.#tables = message.tables ?? this.#tables;
        this.#appliedSeq = message.seq;
        this.#hashCheckedSeq = message.hashCheckedSeq;
        this.#stateHash = message.stateHash;
        return;
      case 'snapshotWritten':
        this.#listeners.snapshotWritten(message);
        return;
      case 'audit':
        this.#listeners.audit(message);
        return;
      case 'rootCut':
        this.#listeners.rootCut(message.material);
        return;
      case 'answer':
        this.#calls.resolve(message.id, message.value);
        return;
      case 'failed':
        this.#failure = message;
        return;
      case 'stopped':
        this.#stopped.resolve();
        return;
    }
  }

  #exited(): void {
    this.#hasExited = true;
    if (this.#isStopping) {
      this.#calls.close(new CallError('engine.halted'), new CallError('engine.halted'));
      this.#stopped.resolve();
      return;
    }
    this.#fail(
      this.#failure?.code ?? 'engine.halted',
      this.#failure?.sentence ?? 'The follower thread ended.',
    );
  }

  #fail(code: string, sentence: string): void {
    this.#captured.reject(new CallError('engine.halted', sentence));
    this.#calls.close(new CallError('engine.halted'), new CallError('engine.halted'));
    if (this.#isStopping) return;
    this.#isStopping = true;
    this.#listeners.died(code, sentence);
  }
}
