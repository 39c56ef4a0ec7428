import type { Coverage, Measure } from './coverage.ts';

/** A share with the bounds between which it lies in 95 of 100 such histories. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % of the normal distribution. */
const Z_95 = 1.959963984540054;

/**
 * Share of breaches with its Wilson interval, counted in events.
 *
 * Breaches come in clusters, and one bad night is not eight observations. Those within a day of each other are
 * one event, and the number of observations shrinks with them: n·events ÷ breaches. Without a breach the
 * observations are the windows that do not overlap.
 *
 * @example 20 breaches in 4 events among 10 000 overlapping windows: 0.2 %, as sure as 4 in 2 000 make it
 */
export function breachShare(options: {
  windows: number;
  overlap: number;
  breaches: number;
  events: number;
}): Share {
  const { windows, overlap, breaches, events } = options;
  if (windows === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const observations = breaches > 0 ? (windows * events) / breaches : windows / overlap;
  return { ...wilson(breaches > 0 ? events : 0, observations), value: breaches / windows };
}

function wilson(hits: number, observations: number): { low: number; high: number } {
  const share = hits / observations;
  const z2 = Z_95 * Z_95;
  const centre = share + z2 / (2 * observations);
  const spread = Z_95 * Math.sqrt((share * (1 - share) + z2 / (4 * observations)) / observations);
  const scale = 1 + z2 / observations;
  // Without a hit both terms are equal, but for the last digit.
  const low = hits === 0 ? 0 : (centre - spread) / scale;
  return { low, high: Math.min(1, (centre + spread) / scale) };
}

/** Both sides of some coverages taken together. */
export function pooledShare(coverages: readonly Coverage[], measure: Measure): Share {
  const sum = (read: (coverage: Coverage) => number): number =>
    coverages.reduce((total, coverage) => total + read(coverage), 0);
  return breachShare({
    windows: sum(({ windows }) => 2 * windows),
    overlap: Math.max(...coverages.map(({ overlap }) => overlap)),
    breaches: sum(({ long, short }) => long.breaches[measure]! + short.breaches[measure]!),
    events: sum(({ long, short }) => long.events[measure]! + short.events[measure]!),
  });
}
