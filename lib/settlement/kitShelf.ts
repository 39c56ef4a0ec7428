import type { ProofView } from '../../engine/protocol/views/settlement.ts';

/** A proof that was checked before it was put away: with it an account leaves without the desk. */
export interface KeptProof {
  proof: ProofView;
  label: string;
  keptMs: number;
  /** Units of each asset the vault had paid the account by then; undefined where the chain could not be asked. */
  paid: string[] | undefined;
}

/** Accounts of a person whose proofs are kept. */
export const KEPT_MAX = 64;
/** Of each the newest final root and one that is on its way, and bytes in all; the oldest go first. */
export const PROOFS_MAX = 2 * KEPT_MAX;
export const BYTES_MAX = 4_000_000;

const PREFIX = 'ballast.exit.';

/** Where proofs are put away: a browser's localStorage, or a test's. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Puts an account's proof beside those of other roots. One of a root that nobody can reject any more takes the place of
 * all before it; one that is only posted does not yet, for the vault may freeze at either.
 *
 * @returns whether it is kept: a browser may have no room, or let nothing be kept
 */
export function keepProof(shelf: Shelf, kept: KeptProof, isFinal: boolean): boolean {
  const key = keyOf(kept.proof);
  const text = JSON.stringify(kept);
  if (text.length > BYTES_MAX) return false;
  const others = keptProofs(shelf, kept.proof.vault).filter((each) => keyOf(each.proof) !== key);
  const outdated = isFinal ? others.filter((each) => isBefore(each.proof, kept.proof)) : [];
  const rest = others.filter((each) => !outdated.includes(each));
  try {
    for (const each of surplusOf(rest, text.length)) shelf.removeItem(keyOf(each.proof));
    shelf.setItem(key, text);
    // Not before the new one is there: a browser that ends in between keeps both.
    for (const each of outdated) shelf.removeItem(keyOf(each.proof));
    return true;
  } catch {
    return false;
  }
}

/**
 * Of each account the newest by which the vault would freeze now, and what comes behind a root that is not final yet. A
 * root that is neither is another vault's: a sandbox that began anew has its vault where the one before had it.
 *
 * @param posted roots behind the final one, of which any may become it
 */
export function splitByFinal(
  proofs: readonly KeptProof[],
  final: number | undefined,
  posted: readonly number[],
): { kept: KeptProof[]; ahead: KeptProof[] } {
  const isAhead = ({ proof }: KeptProof) => final !== undefined && proof.epoch > final;
  const settled = proofs.filter((each) => !isAhead(each));
  const kept = settled.filter((each) => !settled.some((other) => isBefore(each.proof, other.proof)));
  return { kept, ahead: proofs.filter((each) => isAhead(each) && posted.includes(each.proof.epoch)) };
}

/** Whether both are of one account, and the first of the earlier root. */
function isBefore(first: ProofView, second: ProofView): boolean {
  return first.leaf.sub === second.leaf.sub && first.epoch < second.epoch;
}

/** What is kept for a vault, newest first; what cannot be read is none. */
export function keptProofs(shelf: Shelf, vault: string): KeptProof[] {
  const keys = Array.from({ length: shelf.length }, (_, place) => shelf.key(place));
  return keys
    .flatMap((key) => {
      const kept = key?.startsWith(prefixOf(vault)) ? readKept(shelf.getItem(key)) : undefined;
      return kept !== undefined && keyOf(kept.proof) === key ? [kept] : [];
    })
    .sort((a, b) => b.keptMs - a.keptMs);
}

/** The oldest that have to go so that one more of this length has room. */
function surplusOf(newestFirst: readonly KeptProof[], length: number): KeptProof[] {
  let bytes = length;
  return newestFirst.filter((kept, place) => {
    bytes += JSON.stringify(kept).length;
    return place + 1 >= PROOFS_MAX || bytes > BYTES_MAX;
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

function keyOf({ vault, leaf, epoch }: ProofView): string {
  return `${prefixOf(vault)}${leaf.sub}.${epoch}`;
}

function prefixOf(vault: string): string {
  return `${PREFIX}${vault.toLowerCase()}.`;
}
