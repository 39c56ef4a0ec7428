/** Drawing may take this share of the page's thread: the rest is for hands, keys and answers. */
const SHARE = 1 / 4;
/** However dear a frame is, news is not held back for longer. */
const SLOWEST_MS = 1_000 / 30;
/** So long news stands back for an answer that hands wait for: two frames of 60 Hz. */
const STAND_BACK_MS = 32;
/** Frames come a little early or late. */
const TOLERANCE_MS = 4;
/** Weight of the newest frame in the cost: some thirty of them make it. */
const NEWEST = 1 / 16;

/**
 * Which of the browser's frames carry news. On a machine that draws a frame in a quarter of its time all of them do;
 * on a slower one every second, which leaves the thread as free and is as late as frames that queue for it.
 */
export class FramePace {
  #costMs = 0;
  #drawnMs = Number.NEGATIVE_INFINITY;
  #backUntilMs = Number.NEGATIVE_INFINITY;
  /** Whoever types without a pause still sees the market move. */
  #hasStoodBack = false;

  /** @param nowMs the frame's own time */
  mayDraw(nowMs: number): boolean {
    return nowMs >= this.#backUntilMs && this.restMs(nowMs) <= TOLERANCE_MS;
  }

  /** Hands wait for an answer: the next news stands back for it, once. */
  standBack(nowMs: number): void {
    if (this.#hasStoodBack) return;
    this.#hasStoodBack = true;
    this.#backUntilMs = nowMs + STAND_BACK_MS;
  }

  /** Hands have their answer. */
  stepForward(): void {
    this.#backUntilMs = Number.NEGATIVE_INFINITY;
  }

  /** How long until the frame that may carry news again; nothing, or less, when the next one may. */
  restMs(nowMs: number): number {
    return this.#drawnMs + Math.min(this.#costMs / SHARE, SLOWEST_MS) - nowMs;
  }

  /** @param nowMs the frame's own time */
  drawn(nowMs: number): void {
    this.#drawnMs = nowMs;
    this.#hasStoodBack = false;
  }

  /** @param costMs of a frame with news, from its first script until it was painted */
  cost(costMs: number): void {
    this.#costMs += (costMs - this.#costMs) * NEWEST;
  }
}
