import type { RootSignature, RootSigner } from '../../settlement/roots/rootSigner.ts';
import type { SignedRoot } from '../../settlement/roots/rootStore.ts';

export interface Quorum {
  readonly signatures: readonly RootSignature[];
  /** Why those who did not sign did not. */
  readonly words: readonly string[];
}

/**
 * Asks who has not signed yet. Returns when there are enough, so that one who is slow or away holds nobody up, or when
 * all have answered.
 */
export function askQuorum(
  signers: readonly RootSigner[],
  { draft, signatures }: Pick<SignedRoot, 'draft' | 'signatures'>,
  threshold: number,
): Promise<Quorum> {
  const found = [...signatures];
  const words: string[] = [];
  const missing = signers.filter(({ address }) => !found.some(({ signer }) => signer === address));
  let waiting = missing.length;
  return new Promise((resolve) => {
    const finish = () => resolve({ signatures: found.slice(0, threshold), words: [...words] });
    if (waiting === 0 || found.length >= threshold) return finish();
    for (const signer of missing)
      void signer
        .sign(draft)
        .then(
          (signature) => found.push(signature),
          (error: Error) => words.push(error.message),
        )
        .then(() => {
          waiting -= 1;
          if (waiting === 0 || found.length >= threshold) finish();
        });
  });
}
