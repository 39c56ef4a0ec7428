import { fdatasyncSync } from 'node:fs';
import { getSystemErrorName } from 'node:util';
import { assert } from '../units/assert.ts';
import { type StartSync, syncInPlace } from './nodeDisk.ts';

/** Words of the memory both threads share. */
const STAGE = 0;
const DESCRIPTOR = 1;
/** 0, or the negative number the system gave. */
const RESULT = 2;
const WORDS = 3;

/**
 * starting → idle: the thread has loaded its code.
 * idle → asked: the engine's thread wants a sync. asked → done: it was tried. done → idle: the result was read.
 * anything → ended: by `stop`, or because the thread fell.
 */
const Stage = { starting: 0, idle: 1, asked: 2, done: 3, ended: 4 } as const;

/** A sync that takes longer than this is not waited for: what the disk holds is unknown, as after a failed one. */
const WAIT_SECONDS_MAX = 30;

/**
 * The engine's end of a thread that does nothing but fdatasync, so that a group can be applied while the disk
 * works on the one before. File numbers belong to the process, so the thread syncs what the engine's has opened.
 *
 * The engine's thread stays synchronous: it blocks in `wait` as it would in the call itself. A pool that answers
 * through the event loop would turn every caller up to the writer into promises.
 */
export class SyncThread {
  /** For `serveSyncs`, on the other thread. */
  readonly memory = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT);
  readonly #words = new Int32Array(this.memory);
  readonly #waitSecondsMax: number;
  #isStopped = false;

  constructor(waitSecondsMax = WAIT_SECONDS_MAX) {
    this.#waitSecondsMax = waitSecondsMax;
  }

  /** Whether it was told to end. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** False until its code is loaded (syncs are done in place so long), and once it has ended. */
  get isReady(): boolean {
    const stage = Atomics.load(this.#words, STAGE);
    return stage !== Stage.starting && stage !== Stage.ended;
  }

  /** One at a time. @fails in `wait`, with the system's error, or because the thread has ended */
  readonly startSync: StartSync = (descriptor) => {
    const words = this.#words;
    const stage = Atomics.load(words, STAGE);
    if (stage === Stage.starting) return syncInPlace(descriptor);
    assert(stage !== Stage.asked && stage !== Stage.done, 'one sync is on its way at most');
    Atomics.store(words, DESCRIPTOR, descriptor);
    Atomics.compareExchange(words, STAGE, Stage.idle, Stage.asked);
    Atomics.notify(words, STAGE);
    return { wait: () => this.#wait() };
  };

  /** Lets the thread end. Not while a sync is on its way. */
  stop(): void {
    this.#isStopped = true;
    Atomics.store(this.#words, STAGE, Stage.ended);
    Atomics.notify(this.#words, STAGE);
  }

  #wait(): void {
    const words = this.#words;
    // Second by second: a process that was stopped for a minute wakes with one of them gone, not all.
    for (let seconds = 0; Atomics.load(words, STAGE) === Stage.asked; seconds++) {
      if (seconds === this.#waitSecondsMax) throw failedSync('ETIMEDOUT');
      Atomics.wait(words, STAGE, Stage.asked, 1_000);
    }
    const stage = Atomics.compareExchange(words, STAGE, Stage.done, Stage.idle);
    if (stage !== Stage.done) throw new Error('The thread that syncs the journal has ended.');
    const result = Atomics.load(words, RESULT);
    if (result !== 0) throw failedSync(getSystemErrorName(result));
  }
}

/** The thread's whole life: syncs what it is asked to until `stop`. Returning or falling, it says that it is gone. */
export function serveSyncs(memory: SharedArrayBuffer): void {
  const words = new Int32Array(memory);
  Atomics.compareExchange(words, STAGE, Stage.starting, Stage.idle);
  try {
    for (;;) {
      const stage = Atomics.load(words, STAGE);
      if (stage === Stage.ended) return;
      if (stage === Stage.asked) answer(words);
      else Atomics.wait(words, STAGE, stage);
    }
  } finally {
    Atomics.store(words, STAGE, Stage.ended);
    Atomics.notify(words, STAGE);
  }
}

function answer(words: Int32Array): void {
  Atomics.store(words, RESULT, resultOfSync(Atomics.load(words, DESCRIPTOR)));
  Atomics.compareExchange(words, STAGE, Stage.asked, Stage.done);
  Atomics.notify(words, STAGE);
}

function resultOfSync(descriptor: number): number {
  try {
    fdatasyncSync(descriptor);
    return 0;
  } catch (error) {
    const number = (error as NodeJS.ErrnoException).errno;
    if (number === undefined) throw error;
    return number;
  }
}

function failedSync(code: string): Error {
  return Object.assign(new Error(`${code}: fdatasync on its own thread`), { code });
}
