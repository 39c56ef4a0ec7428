import type { ProofView, VaultAssetView } from '../../../../engine/protocol/views/settlement.ts';
import { formatUnits } from '../../../../lib/format.ts';
import type { ChainReading } from '../../../../lib/settlement/readVault.ts';
import type { Recomputed } from '../../../../lib/settlement/recompute.ts';
import { shownDigits } from '../../../../lib/settlement/worth.ts';

/** Whether two things that must be the same are: an equality sign, or that it is not known yet. */
export type Equality = 'same' | 'other' | 'asking';

export interface Comparison {
  /** Root as recomputed against the root as the vault keeps it. */
  equality: Equality;
  /** What is wrong, or what was found, as sentences. */
  words: string;
}

/** The asset whose sums are drawn: the first the account has any of. */
export function shownAsset({ leaf }: ProofView): number {
  const first = leaf.entitled.findIndex((units) => BigInt(units) > 0n);
  return Math.max(0, first);
}

export function compareWithChain(
  { proof, recomputed }: { proof: ProofView; recomputed: Recomputed },
  reading: ChainReading | undefined,
): Comparison {
  if (reading === undefined) return { equality: 'asking', words: 'Your wallet has not answered.' };
  if (reading.rootHash !== recomputed.rootHash)
    return {
      equality: 'other',
      words: 'The vault keeps another root for this epoch. Do not rely on this proof.',
    };
  if (reading.finalEpoch < proof.epoch)
    return { equality: 'other', words: 'By the vault this root is not final yet.' };
  return { equality: 'same', words: 'equal on chain' };
}

export function leafWords(recomputed: Recomputed): { isRight: boolean; words: string } {
  if (!recomputed.isInRoot) return { isRight: false, words: 'leaf and siblings do not hash to this root' };
  if (!recomputed.isRootHash) return { isRight: false, words: 'the root’s fields do not hash to its hash' };
  return { isRight: true, words: `${recomputed.levels.length} siblings, same root` };
}

/** Units of one asset as they are read, with its name. */
export function amountOf(units: string | bigint, asset: VaultAssetView | undefined): string {
  if (asset === undefined) return String(units);
  return formatUnits(units, asset.decimals, shownDigits(asset.decimals));
}

/** Levels whose sum and hash are written out: a few, so that they can be read. */
export const writtenSums: ReadonlySet<number> = new Set([0, 4, 9, 14, 18]);
export const writtenHashes: ReadonlySet<number> = new Set([1, 5, 9, 13, 17]);
