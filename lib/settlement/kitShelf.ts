import type { ProofView } from '../../engine/protocol/views/settlement.ts';

/** A proof that was checked before it was put away: with it an account leaves without the desk. */
export interface KeptProof {
  proof: ProofView;
  label: string;
  keptMs: number;
  /** Units of each asset the vault had paid the account by then; undefined where the chain could not be asked. */
  paid: string[] | undefined;
}

/** One account's newest; so many accounts and bytes at most, the oldest go first. */
export const KEPT_MAX = 64;
export const BYTES_MAX = 4_000_000;

const PREFIX = 'ballast.exit.';

/** Where proofs are put away: a browser's localStorage, or a test's. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Puts an account's proof in place of the one before.
 *
 * @returns whether it is kept: a browser may have no room, or let nothing be kept
 */
export function keepProof(shelf: Shelf, kept: KeptProof): boolean {
  const key = keyOf(kept.proof);
  const text = JSON.stringify(kept);
  if (text.length > BYTES_MAX) return false;
  const others = keptProofs(shelf, kept.proof.vault).filter((each) => keyOf(each.proof) !== key);
  try {
    for (const each of surplusOf(others, text.length)) shelf.removeItem(keyOf(each.proof));
    shelf.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

/** What is kept for a vault, newest first; what cannot be read is none. */
export function keptProofs(shelf: Shelf, vault: string): KeptProof[] {
  const keys = Array.from({ length: shelf.length }, (_, place) => shelf.key(place));
  return keys
    .flatMap((key) =>
      key?.startsWith(`${PREFIX}${vault.toLowerCase()}.`) ? [readKept(shelf.getItem(key))] : [],
    )
    .filter((kept) => kept !== undefined)
    .sort((a, b) => b.keptMs - a.keptMs);
}

/** The oldest that have to go so that one more of this length has room. */
function surplusOf(newestFirst: readonly KeptProof[], length: number): KeptProof[] {
  let bytes = length;
  return newestFirst.filter((kept, place) => {
    bytes += JSON.stringify(kept).length;
    return place + 1 >= KEPT_MAX || bytes > BYTES_MAX;
  });
}

function readKept(text: string | null): KeptProof | undefined {
  try {
    const kept = JSON.parse(text ?? '') as KeptProof;
    return typeof kept.proof.leaf.sub === 'string' && kept.keptMs > 0 ? kept : undefined;
  } catch {
    return undefined;
  }
}

function keyOf({ vault, leaf }: ProofView): string {
  return `${PREFIX}${vault.toLowerCase()}.${leaf.sub}`;
}
