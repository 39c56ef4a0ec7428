/** A refilling bucket of the vault, smallest units; what it has at a time, and fills up to `cap` again in `windowMs`. */
export interface BucketNow {
  readonly free: bigint;
  readonly cap: bigint;
  readonly windowMs: number;
}

/**
 * How long until a bucket lets an amount out after those before it, each taken as soon as it can be. Rounded up.
 *
 * @param ahead units that are taken before
 * @returns milliseconds; undefined of an amount that it never holds
 * @example 1,000 of a bucket of 1,000 a day that has 250, nothing ahead → 64_800_000
 */
export function bucketWaitMs(
  { free, cap, windowMs }: BucketNow,
  amount: bigint,
  ahead: bigint,
): number | undefined {
  if (amount > cap) return undefined;
  const missing = ahead + amount - free;
  if (missing <= 0n) return 0;
  return Number((missing * BigInt(windowMs) + cap - 1n) / cap);
}
