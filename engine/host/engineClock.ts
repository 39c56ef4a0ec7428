/** Wall time may be set by hand or by NTP; a step larger than this is an operator's business. */
const JUMP_MS = 1_000;

export interface ClockPorts {
  wallMs(): number;
  /** A clock nobody sets. */
  steadyMs(): number;
  alarm(sentence: string): void;
}

/**
 * Time of the journal: the wall clock, but never before the last journalled time. A wall clock that was
 * set back stands still here until it has caught up; a jump either way is told.
 */
export class EngineClock {
  readonly #ports: ClockPorts;
  #lastMs: number;
  /** Wall minus steady when last looked at: it moves only when somebody moves the wall clock. */
  #offsetMs: number;

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
    const wallMs = this.#ports.wallMs();
    const offsetMs = wallMs - this.#ports.steadyMs();
    const jumpMs = Math.round(offsetMs - this.#offsetMs);
    if (Math.abs(jumpMs) > JUMP_MS) {
      this.#ports.alarm(`The wall clock jumped by ${jumpMs} ms.`);
      this.#offsetMs = offsetMs;
    }
    if (wallMs > this.#lastMs) this.#lastMs = wallMs;
    return this.#lastMs;
  }
}
