import { type ErrorCode, type ErrorView, errorView } from '../../protocol/errors.ts';

/** A call that was refused on this side, or whose answer will not come. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly error: ErrorView;

  constructor(refusal: ErrorCode | ErrorView, detail?: string) {
    const error = typeof refusal === 'string' ? errorView(refusal, detail) : refusal;
    super(error.message);
    this.error = error;
  }
}

interface Waiting<T> {
  resolve(value: T): void;
  reject(error: CallError): void;
  timer: NodeJS.Timeout;
}

/** A timer that comes so much too late says that this thread stood still, and nothing of the other one. */
const STOOD_STILL_MS = 500;

/** Calls to another thread that wait for their answer: each ends by answer, by time, or with the thread. */
export class PendingCalls<T> {
  readonly #waiting = new Map<number, Waiting<T>>();
  readonly #timeoutMs: number;
  readonly #timeoutCode: ErrorCode;
  #lastId = 0;
  #closed: CallError | undefined;

  constructor(timeoutMs: number, timeoutCode: ErrorCode) {
    this.#timeoutMs = timeoutMs;
    this.#timeoutCode = timeoutCode;
  }

  get count(): number {
    return this.#waiting.size;
  }

  /** Opens a call: `send` gets its id and posts it. */
  open(send: (id: number) => void): Promise<T> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, timer: this.#timerOf(id) });
      send(id);
    });
  }

  resolve(id: number, value: T): void {
    this.#take(id)?.resolve(value);
  }

  reject(id: number, error: CallError): void {
    this.#take(id)?.reject(error);
  }

  /** The other thread is gone: nothing that waits will be answered, and nothing more is sent. */
  close(waiting: CallError, later: CallError): void {
    this.#closed = later;
    for (const id of [...this.#waiting.keys()]) this.reject(id, waiting);
  }

  /** Time in which this thread could not have heard the answer is no time it was waited for. */
  #timerOf(id: number): NodeJS.Timeout {
    const dueMs = performance.now() + this.#timeoutMs;
    return setTimeout(() => {
      const waiting = this.#waiting.get(id);
      if (waiting === undefined) return;
      if (performance.now() - dueMs > STOOD_STILL_MS) waiting.timer = this.#timerOf(id);
      else this.reject(id, new CallError(this.#timeoutCode));
    }, this.#timeoutMs);
  }

  #take(id: number): Waiting<T> | undefined {
    const found = this.#waiting.get(id);
    if (found === undefined) return undefined;
    clearTimeout(found.timer);
    this.#waiting.delete(id);
    return found;
  }
}
