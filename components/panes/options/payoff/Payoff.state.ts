import type { PayoffPointView, PayoffView } from '../../../../engine/protocol/views/options.ts';

export interface PayoffPicture {
  /** Both lines in a box of 1 × 1 from the top left, and where nothing is gained or lost. */
  now: readonly (readonly [x: number, y: number])[];
  atExpiry: readonly (readonly [x: number, y: number])[];
  zero: number;
  /** Where the index stands now. */
  index: number;
  mostUsd: number;
  leastUsd: number;
  /** Prices, USD × 1e8, at which the expiry line crosses zero. */
  breakEvensE8: readonly number[];
}

/** Some room over and under the lines. */
const ROOM = 0.06;

/** @returns undefined without legs, and for a payoff that is the same at any price */
export function payoffPicture({
  points,
  indexE8,
}: Pick<PayoffView, 'points' | 'indexE8'>): PayoffPicture | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const values = points.flatMap(({ nowUsd, expiryUsd }) => [nowUsd, expiryUsd]);
  const mostUsd = Math.max(0, ...values);
  const leastUsd = Math.min(0, ...values);
  if (mostUsd === leastUsd) return undefined;
  const x = (priceE8: number) => (priceE8 - first.priceE8) / (last.priceE8 - first.priceE8);
  const y = (usd: number) => ROOM + (1 - 2 * ROOM) * ((mostUsd - usd) / (mostUsd - leastUsd));
  return {
    now: points.map(({ priceE8, nowUsd }) => [x(priceE8), y(nowUsd)] as const),
    atExpiry: points.map(({ priceE8, expiryUsd }) => [x(priceE8), y(expiryUsd)] as const),
    zero: y(0),
    index: x(indexE8),
    mostUsd,
    leastUsd,
    breakEvensE8: breakEvens(points),
  };
}

/** Straight between two points: they are a percent apart, and kinks lie on strikes. */
function breakEvens(points: readonly PayoffPointView[]): number[] {
  return points.flatMap((point, at) => {
    const before = points[at - 1];
    if (before === undefined || before.expiryUsd === point.expiryUsd) return [];
    if (Math.sign(before.expiryUsd) === Math.sign(point.expiryUsd) || before.expiryUsd === 0) return [];
    const share = before.expiryUsd / (before.expiryUsd - point.expiryUsd);
    return [Math.round(before.priceE8 + share * (point.priceE8 - before.priceE8))];
  });
}
