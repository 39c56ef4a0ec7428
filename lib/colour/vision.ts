import { type LinearRgb, linearRgb } from './colour.ts';

export type Vision = 'normal' | 'protan' | 'deutan' | 'tritan';
export const visions: readonly Vision[] = ['normal', 'protan', 'deutan', 'tritan'];

/**
 * What an eye without one of its three cones sees, row by row in linear light: severity 1 of Machado, Oliveira and
 * Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009).
 */
const matrices: Record<Vision, readonly (readonly [number, number, number])[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** How far apart two colours are to this eye: ΔE of CIE 1976, where 2 is just noticeable side by side. */
export function difference(one: string, other: string, vision: Vision): number {
  const a = lab(seen(linearRgb(one), vision));
  const b = lab(seen(linearRgb(other), vision));
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function seen([red, green, blue]: LinearRgb, vision: Vision): LinearRgb {
  return matrices[vision].map((row) =>
    Math.min(1, Math.max(0, row[0] * red + row[1] * green + row[2] * blue)),
  ) as unknown as LinearRgb;
}

/** CIE L*a*b* under D65, by the sRGB primaries. */
function lab([red, green, blue]: LinearRgb): LinearRgb {
  const x = bent((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = bent(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const z = bent((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function bent(share: number): number {
  return share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116;
}
