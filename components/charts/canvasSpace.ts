import type { IPrimitivePaneView } from 'lightweight-charts';

type Renderer = NonNullable<ReturnType<IPrimitivePaneView['renderer']>>;

/** What a primitive draws on. */
export type CanvasTarget = Parameters<Renderer['draw']>[0];

export interface CanvasSpace {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
}

/** Draws in CSS pixels; the library scales them to the screen's own. */
export function drawOn(target: CanvasTarget, draw: (space: CanvasSpace) => void): void {
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of the canvas library that only reads like a hook.
  target.useMediaCoordinateSpace(({ context, mediaSize }) => draw({ context, ...mediaSize }));
}

/** Coordinate of what cannot be placed yet: far off the screen. */
export const NOWHERE = -100;
