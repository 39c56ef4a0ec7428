import type { VaultAssetView } from '../../engine/protocol/views/settlement.ts';

/** What units of an asset are worth at the index, micro-USD rounded down; undefined while no price is known. */
export function worthOf(
  units: string | bigint,
  { decimals, indexUsd }: Pick<VaultAssetView, 'decimals' | 'indexUsd'>,
): number | undefined {
  if (indexUsd <= 0) return undefined;
  return Number((BigInt(units) * BigInt(indexUsd)) / 10n ** BigInt(decimals));
}

/** Sum of what is known; undefined when something of it has no price: a sum without it would look whole. */
export function sumOfWorths(worths: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const worth of worths) {
    if (worth === undefined) return undefined;
    sum += worth;
  }
  return sum;
}

/** Digits after the point that are read in a table: cents of money, four of coins. */
export function shownDigits(decimals: number): number {
  return decimals <= 6 ? 2 : 4;
}
