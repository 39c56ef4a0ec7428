/** Red, green and blue, each 0–1 of linear light. */
export type LinearRgb = readonly [number, number, number];

/** @param hex `#rrggbb` */
export function linearRgb(hex: string): LinearRgb {
  return channelsOf(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as LinearRgb;
}

/** What shows where a colour lies thinly over another, as `#rrggbb`. */
export function mixed(over: string, share: number, under: string): string {
  const top = channelsOf(over);
  const sum = channelsOf(under).map((value, at) => Math.round(share * top[at]! + (1 - share) * value));
  return `#${sum.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function channelsOf(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** Contrast by WCAG 2.2: 1 for the same colour, 21 for black on white. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = linearRgb(hex);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
