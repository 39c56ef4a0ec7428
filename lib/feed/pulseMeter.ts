import type { Pulse } from './messages.ts';
import { Transit } from './transit.ts';

/** How far the desk is, when it said so, and how its messages come through. Reads no clock: times come with the words. */
export class PulseMeter {
  readonly #transit = new Transit();
  /** When each ping left that has no answer yet. */
  readonly #pings = new Map<number, number>();
  /** Since the last beat. */
  #messages = 0;
  #last: Pulse = {
    seq: 0,
    timeMs: 0,
    sentMs: 0,
    receivedMs: 0,
    delayMs: 0,
    messagesPerSecond: 0,
    rttMs: undefined,
  };

  get pulse(): Pulse {
    return this.#last;
  }

  /** A new line: what was measured on the old one says nothing of it. */
  opened(): void {
    this.#pings.clear();
    this.#transit.reset();
  }

  /** A restarted desk may be behind what the last one said. */
  welcomed(seq: number, timeMs: number, nowMs: number): void {
    this.#last = { ...this.#last, seq, timeMs, sentMs: nowMs, receivedMs: nowMs, delayMs: 0 };
  }

  alive(seq: number, timeMs: number, sentMs: number, receivedMs: number): void {
    const before = this.#last;
    this.#last = {
      ...before,
      seq: Math.max(seq, before.seq),
      timeMs: Math.max(timeMs, before.timeMs),
      sentMs,
      receivedMs,
      delayMs: this.#transit.delayOf(receivedMs - sentMs, receivedMs),
    };
  }

  count(): void {
    this.#messages++;
  }

  /** @param sinceMs from the beat before */
  beat(sinceMs: number): void {
    this.#last = { ...this.#last, messagesPerSecond: (this.#messages * 1_000) / sinceMs };
    this.#messages = 0;
  }

  pinged(id: number, elapsedMs: number): void {
    this.#pings.set(id, elapsedMs);
  }

  ponged(id: number, elapsedMs: number): void {
    const sentMs = this.#pings.get(id);
    this.#pings.delete(id);
    if (sentMs !== undefined) this.#last = { ...this.#last, rttMs: elapsedMs - sentMs };
  }
}
