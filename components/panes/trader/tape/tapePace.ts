import { onNextFrame } from '../../../../lib/stores/frame.ts';

/** Two frames of a usual display, less what frames come early. */
const REST_MS = 24;

export interface TapePacePorts {
  nowMs(): number;
  /** Runs it once at the next frame that carries news. */
  later(run: () => void): void;
}

const page: TapePacePorts = { nowMs: () => performance.now(), later: onNextFrame };

/**
 * A print that comes alone is painted in its frame; where they come with every frame, in every second one: each moves all
 * the lines, which is a third of what a frame costs and more than an eye follows.
 *
 * @returns to be told of each change, within a frame
 */
export function pacedTape(paint: () => void, { nowMs, later } = page): () => void {
  let paintedMs = Number.NEGATIVE_INFINITY;
  let isDue = false;
  const draw = () => {
    if (nowMs() - paintedMs < REST_MS) return later(draw);
    paintedMs = nowMs();
    // What waited is drawn with all that comes in this frame.
    queueMicrotask(() => {
      isDue = false;
      paint();
    });
  };
  return () => {
    if (isDue) return;
    isDue = true;
    draw();
  };
}
