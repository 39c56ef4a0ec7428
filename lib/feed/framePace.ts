/** Changes travel to the page together at most this often. */
const CONFLATE_MS = 4;
/** What the page is to draw leaves so long before it draws: there is time for a late timer, and for what comes since. */
const AHEAD_MS = 10;

export interface FramePacePorts {
  /** Never set back. */
  elapsedMs(): number;
  after(delayMs: number, run: () => void): void;
}

/**
 * When what was gathered leaves: shortly before the page draws, else with what comes in the next 4 ms, at once after a
 * quiet while. Each message costs the page as much as drawing a dozen numbers, and what is replaced before it draws is
 * for nothing.
 */
export class FramePace {
  readonly #ports: FramePacePorts;
  readonly #post: () => void;
  /** When the next frame is to leave; undefined while nothing waits. */
  #dueMs: number | undefined;
  #postedMs = 0;
  /** News of markets is of no use to the page before. */
  #wantedMs = 0;
  /** Something of one's own waits: it is also heard, and answered, so it does not wait for the market. */
  #hasOwn = false;

  constructor(ports: FramePacePorts, post: () => void) {
    this.#ports = ports;
    this.#post = post;
  }

  /** Something has changed. */
  changed(isOwn = false): void {
    this.#hasOwn ||= isOwn;
    const nowMs = this.#ports.elapsedMs();
    const dueMs = Math.max(nowMs, this.#earliestMs());
    // Where messages stand in line, so do timers: behind all of them.
    if (this.#dueMs !== undefined && nowMs > this.#dueMs + CONFLATE_MS) this.#leave();
    else if (this.#dueMs === undefined || dueMs < this.#dueMs) this.#leaveAt(dueMs);
  }

  /** The page has drawn what it had, and draws again in so long. */
  drawn(restMs: number): void {
    this.#wantedMs = this.#ports.elapsedMs() + restMs - AHEAD_MS;
    if (this.#dueMs !== undefined && this.#earliestMs() > this.#dueMs) this.#leaveAt(this.#earliestMs());
  }

  #earliestMs(): number {
    return Math.max(this.#postedMs + CONFLATE_MS, this.#hasOwn ? 0 : this.#wantedMs);
  }

  #leaveAt(dueMs: number): void {
    this.#dueMs = dueMs;
    // Where it was set anew meanwhile, there is another timer.
    this.#ports.after(dueMs - this.#ports.elapsedMs(), () => this.#dueMs === dueMs && this.#leave());
  }

  #leave(): void {
    this.#dueMs = undefined;
    this.#hasOwn = false;
    this.#postedMs = this.#ports.elapsedMs();
    this.#post();
  }
}
