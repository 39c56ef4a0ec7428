/** How long a quickest message is believed: clocks of two machines drift, and are set. */
const KEPT_MS = 30_000;

/**
 * How late messages come. The clocks of desk and browser need not agree: what counts is how much longer a message
 * took than the quickest one of the last minute.
 */
export class Transit {
  #quickestMs = Number.POSITIVE_INFINITY;
  /** Quickest of the half minute before. */
  #formerMs = Number.POSITIVE_INFINITY;
  #sinceMs = 0;

  reset(): void {
    this.#quickestMs = Number.POSITIVE_INFINITY;
    this.#formerMs = Number.POSITIVE_INFINITY;
  }

  /** @param transitMs received − sent, each by its own clock */
  delayOf(transitMs: number, nowMs: number): number {
    if (nowMs - this.#sinceMs > KEPT_MS) {
      this.#formerMs = this.#quickestMs;
      this.#quickestMs = Number.POSITIVE_INFINITY;
      this.#sinceMs = nowMs;
    }
    this.#quickestMs = Math.min(this.#quickestMs, transitMs);
    return transitMs - Math.min(this.#quickestMs, this.#formerMs);
  }
}
