/** Wall time may be set by hand or by NTP; a step larger than this is an operator's business. */
const JUMP_MS = 1_000;

/** A clock that jumped ahead is believed once it has stayed there for so long. */
const DOUBT_MS = 5_000;

export interface ClockPorts {
  wallMs(): number;
  /** A clock nobody sets. */
  steadyMs(): number;
  alarm(sentence: string): void;
}

/** Where a wall clock that jumped ahead stands against the steady one, and since when. */
interface Doubt {
  readonly offsetMs: number;
  readonly sinceMs: number;
}

/**
 * Time of the journal: the wall clock, but never before the last journalled time, and never at once where it jumped.
 *
 * A wall clock that was set back stands still here until it has caught up. One that jumped ahead is doubted first:
 * time that has passed in the journal cannot be taken back, and orders, keys and contracts end by it. For five seconds
 * engine time goes on by the steady clock; a machine that slept is believed then, a slip that was put right never is
 * (decision 106). A jump either way is told.
 */
export class EngineClock {
  readonly #ports: ClockPorts;
  #lastMs: number;
  /** Wall minus steady, as it is believed: it moves only when somebody moves the wall clock. */
  #offsetMs: number;
  #doubt: Doubt | undefined;

  constructor(ports: ClockPorts, lastMs: number) {
    this.#ports = ports;
    this.#lastMs = lastMs;
    this.#offsetMs = ports.wallMs() - ports.steadyMs();
    const behindMs = lastMs - ports.wallMs();
    if (behindMs > JUMP_MS) {
      ports.alarm(
        `The wall clock is ${behindMs} ms behind the journal. Engine time stands still until it catches up.`,
      );
    }
  }

  nowMs(): number {
    const steadyMs = this.#ports.steadyMs();
    const offsetMs = this.#ports.wallMs() - steadyMs;
    if (Math.abs(offsetMs - this.#offsetMs) <= JUMP_MS) this.#doubt = undefined;
    else if (offsetMs < this.#offsetMs) this.#setBack(offsetMs);
    else this.#ranAhead(offsetMs, steadyMs);
    const believedMs = this.#doubt === undefined ? offsetMs : this.#offsetMs;
    this.#lastMs = Math.max(this.#lastMs, Math.round(believedMs + steadyMs));
    return this.#lastMs;
  }

  #setBack(offsetMs: number): void {
    this.#ports.alarm(`The wall clock jumped by ${Math.round(offsetMs - this.#offsetMs)} ms.`);
    this.#offsetMs = offsetMs;
    this.#doubt = undefined;
  }

  #ranAhead(offsetMs: number, steadyMs: number): void {
    const jumpMs = Math.round(offsetMs - this.#offsetMs);
    if (this.#doubt === undefined || Math.abs(offsetMs - this.#doubt.offsetMs) > JUMP_MS) {
      this.#ports.alarm(
        `The wall clock jumped ahead by ${jumpMs} ms. Engine time follows if it stays there for ${DOUBT_MS / 1_000} s.`,
      );
      this.#doubt = { offsetMs, sinceMs: steadyMs };
    }
    if (steadyMs - this.#doubt.sinceMs < DOUBT_MS) return;
    this.#ports.alarm(`Engine time follows the wall clock, ${jumpMs} ms ahead.`);
    this.#offsetMs = offsetMs;
    this.#doubt = undefined;
  }
}
