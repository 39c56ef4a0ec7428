import { useCallback, useEffect, useState } from 'react';
import type { ProofView } from '../../engine/protocol/views/settlement.ts';
import { getJson } from '../http.ts';
import type { ChainReading } from '../settlement/readVault.ts';
import { type Recomputed, recompute } from '../settlement/recompute.ts';
import { readerOfSession } from '../wallet/sessionWallet.ts';
import { errorOf } from '../wallet/walletError.ts';
import { useSession } from './account.ts';

/** Something that is being found out, was found, or could not be: with a sentence. */
export type Found<T> = { is: 'asking' } | { is: 'found'; value: T } | { is: 'refused'; message: string };

export interface Verification {
  proof: Found<{ proof: ProofView; recomputed: Recomputed }>;
  /** What the vault says, read through the person's own wallet. */
  chain: Found<ChainReading>;
  /** Proves again. */
  again: () => void;
}

/**
 * Proves an account's balance in the newest final root: recomputed here, compared with the chain.
 *
 * @param epoch of that root, as far as the page knows: another one proves again
 */
export function useVerification(account: number | undefined, epoch: number | undefined): Verification {
  const session = useSession();
  const who = session.state === 'signedIn' ? session.session : undefined;
  const [turn, setTurn] = useState(0);
  const [proof, setProof] = useState<Verification['proof'] & { of?: number }>({ is: 'asking' });
  const [chain, setChain] = useState<Verification['chain']>({ is: 'asking' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new root, and the key, prove again.
  useEffect(() => {
    if (account === undefined || who === undefined || epoch === undefined) return;
    let isWanted = true;
    const told = (tell: () => void) => isWanted && tell();
    void (async () => {
      try {
        const found = await prove(account);
        told(() => setProof({ is: 'found', value: found, of: account }));
        const reader = await readerOfSession(who);
        const { readRoot } = await import('../settlement/readVault.ts');
        const value = await readRoot(reader, found.proof);
        told(() => setChain({ is: 'found', value }));
      } catch (error) {
        const refused = { is: 'refused', message: errorOf(error).message } as const;
        told(() => setChain(refused));
        told(() => setProof((before) => (before.is === 'found' && before.of === account ? before : refused)));
      }
    })();
    return () => {
      isWanted = false;
    };
  }, [account, who?.address, epoch, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const isOther = proof.is === 'found' && proof.of !== account;
  const asking = { is: 'asking' } as const;
  return { proof: isOther ? asking : proof, chain: isOther ? asking : chain, again };
}

async function prove(account: number): Promise<{ proof: ProofView; recomputed: Recomputed }> {
  const proof = await getJson<ProofView>(`/api/v1/proof/final?account=${account}`);
  const { rootHashOf } = await import('../settlement/readVault.ts');
  return { proof, recomputed: recompute(proof, rootHashOf) };
}
