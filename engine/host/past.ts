import type { PastAnswers, PastCall } from './answerPast.ts';
import { limits } from './limits.ts';
import { PastMoment } from './pastMoment.ts';
import { CallError } from './threads/pendingCalls.ts';

/**
 * Moments of the past that somebody looks at: each is made anew from the journal by a thread of its own and kept while
 * it is asked about. One is made at a time and few are kept, so nobody who looks back slows down who trades.
 */
export class Past {
  readonly #dir: string;
  readonly #timeoutMs: number;
  /** The one that was asked last stands last. */
  #moments: PastMoment[] = [];
  #idle: NodeJS.Timeout | undefined;

  constructor(dir: string, timeoutMs: number = limits.past.timeoutMs) {
    this.#dir = dir;
    this.#timeoutMs = timeoutMs;
  }

  /** @fails CallError past.busy while another moment is being made, past.tooFar, past.unknown, past.pruned, past.future */
  async ask<C extends PastCall>(seq: number, call: C): Promise<PastAnswers[C['kind']]> {
    return await this.#momentAt(seq).ask(call);
  }

  close(): void {
    clearTimeout(this.#idle);
    for (const moment of this.#moments) moment.close();
    this.#moments = [];
  }

  #momentAt(seq: number): PastMoment {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.close(), limits.past.idleMs).unref();
    const open = this.#moments.filter(({ isClosed }) => !isClosed);
    const found = open.find((moment) => moment.seq === seq);
    if (found === undefined && open.some(({ isMaking }) => isMaking)) throw new CallError('past.busy');
    const moment = found ?? new PastMoment(this.#dir, seq, this.#timeoutMs);
    const others = open.filter((each) => each !== moment);
    while (others.length >= limits.past.momentsMax) others.shift()!.close();
    this.#moments = [...others, moment];
    return moment;
  }
}
