import { BEYOND_SIGMAS, type Ray } from './Gauge.state.ts';

/** Depth that fits the panel. Fixed, so that the ground moves because the risk did and for no other reason. */
export const SIGMAS_SHOWN = BEYOND_SIGMAS + 0.2;

/** Both halves share the one axis: y = surface at 0σ, `perSigma` pixels for each σ below it. */
export interface Plot {
  width: number;
  height: number;
  surface: number;
  perSigma: number;
  /** Where history ends and the rays begin. */
  divide: number;
  /** Where the account stands. */
  centre: number;
}

export function plotOf(width: number, height: number): Plot {
  const surface = 11;
  const divide = Math.round(width * 0.35);
  return {
    width,
    height,
    surface,
    divide,
    perSigma: (height - surface) / SIGMAS_SHOWN,
    centre: Math.round(divide + (width - divide) * 0.54),
  };
}

export function depthAt({ surface, perSigma }: Plot, sigmas: number): number {
  return surface + Math.min(sigmas, SIGMAS_SHOWN) * perSigma;
}

/** Base line of the words at the ground after the order, which stand at the right edge. */
export function afterWordsY(plot: Plot, sigmas: number): number {
  const y = depthAt(plot, sigmas);
  // Below the line there is ground to write on; at the lower edge there is not.
  return y > plot.height - 18 ? y - 18 : y + 14;
}

export interface DrawnRay extends Ray {
  x: number;
  y: number;
  /** It goes on past the edge: drawn with an arrow head instead of an end. */
  isCut: boolean;
}

const MARGIN = 7;

/** The end of a ray, at its true length or where it leaves the panel. */
export function drawnRay(plot: Plot, ray: Ray): DrawnRay {
  const { centre, divide, width, surface, perSigma, height } = plot;
  const sin = Math.sin(ray.angle);
  const cos = Math.cos(ray.angle);
  const side =
    sin < 0
      ? (centre - divide - MARGIN) / -sin
      : sin > 0
        ? (width - centre - MARGIN) / sin
        : Number.POSITIVE_INFINITY;
  const down = cos > 1e-9 ? (height - surface) / cos : Number.POSITIVE_INFINITY;
  const length = ray.sigmas * perSigma;
  const drawn = Math.min(length, side, down);
  return { ...ray, x: centre + drawn * sin, y: surface + drawn * cos, isCut: drawn < length - 0.5 };
}

/** Arrow head at the end of a ray, pointing along it. */
export function arrowHead({ x, y, angle }: DrawnRay, size = 6): string {
  const along = [Math.sin(angle), Math.cos(angle)] as const;
  const across = [along[1], -along[0]] as const;
  const corner = (side: number) =>
    point(
      x - along[0] * size + across[0] * side * size * 0.45,
      y - along[1] * size + across[1] * side * size * 0.45,
    );
  return `M${point(x, y)}L${corner(1)}L${corner(-1)}Z`;
}

/** The sea bed of the last hours, left to right; a stretch nobody measured has no bed. */
export function bedPaths(
  plot: Plot,
  bins: readonly (number | undefined)[],
): { line: string; ground: string } {
  const step = bins.length > 1 ? plot.divide / (bins.length - 1) : plot.divide;
  const stretches: string[][] = [];
  let open: string[] | undefined;
  for (const [index, sigmas] of bins.entries()) {
    if (sigmas === undefined) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      stretches.push(open);
    }
    open.push(point(index * step, depthAt(plot, sigmas)));
  }
  const bottom = plot.height;
  const xOf = (at: string | undefined) => at?.split(',')[0] ?? '0';
  return {
    line: stretches.map((points) => `M${points.join('L')}`).join(''),
    ground: stretches
      .map((points) => `M${points.join('L')}L${xOf(points.at(-1))},${bottom}L${xOf(points[0])},${bottom}Z`)
      .join(''),
  };
}

function point(x: number, y: number): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}
