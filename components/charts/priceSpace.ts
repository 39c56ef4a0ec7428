/** Where prices stand in the plot: linear, CSS pixels from its top. The plot ends where the axes begin. */
export interface PriceSpace {
  width: number;
  height: number;
  /** Price at the very top and at the very bottom, in ticks, seldom whole. */
  topTicks: number;
  bottomTicks: number;
}

export function yOf(space: PriceSpace, ticks: number): number {
  const { topTicks, bottomTicks, height } = space;
  return ((topTicks - ticks) / (topTicks - bottomTicks)) * height;
}

/**
 * The price a hand means by a height: on a tick, and no finer than the hand can be. Where a pixel is many ticks it is
 * a round number of them; the keyboard is for the ticks between. Never outside what the plot shows.
 */
export function ticksAt(space: PriceSpace, y: number): number {
  const { topTicks, bottomTicks, height } = space;
  const perPixel = (topTicks - bottomTicks) / height;
  const step = roundStep(perPixel);
  const inside = Math.min(Math.max(y, 0), height);
  const lowest = Math.max(1, Math.ceil(bottomTicks));
  const ticks = Math.round((topTicks - inside * perPixel) / step) * step;
  return Math.min(Math.floor(topTicks), Math.max(lowest, ticks));
}

/** The largest of 1, 2, 5, 10, 20 … that is no more than a number, at least 1. */
function roundStep(most: number): number {
  let step = 1;
  for (let ten = 1; ten <= most; ten *= 10) {
    for (const times of [1, 2, 5]) if (ten * times <= most) step = ten * times;
  }
  return step;
}

export function isSameSpace(one: PriceSpace | undefined, other: PriceSpace | undefined): boolean {
  return (
    one?.width === other?.width &&
    one?.height === other?.height &&
    one?.topTicks === other?.topTicks &&
    one?.bottomTicks === other?.bottomTicks
  );
}
