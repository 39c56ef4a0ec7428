import { useEffect, useState } from 'react';
import type { AccountSummaryView } from '../../engine/protocol/views/account.ts';
import type { SessionView } from '../../engine/protocol/views/health.ts';
import type { ProofView } from '../../engine/protocol/views/settlement.ts';
import { getJson, RequestError } from '../http.ts';
import { KEPT_MAX, type KeptProof, keepProof, keptProofs } from '../settlement/kitShelf.ts';
import { recompute } from '../settlement/recompute.ts';
import { readerOfSession } from '../wallet/sessionWallet.ts';
import { WalletError } from '../wallet/walletError.ts';

export interface ExitKitState {
  kept: readonly KeptProof[];
  /** Why the newest is not kept of an account, as a sentence; the first of them. */
  trouble: string | undefined;
}

/**
 * Keeps the proof of each account in the newest final root, once it was recomputed here; what does not hold is not put
 * away in place of what did.
 *
 * @param epoch of that root; nothing happens while there is none
 */
export function useExitKit(
  vault: string | undefined,
  session: SessionView | undefined,
  epoch: number | undefined,
): ExitKitState {
  const [state, setState] = useState<ExitKitState>({ kept: [], trouble: undefined });
  const numbers = session?.accounts.map(({ account }) => account).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the accounts are those of these numbers.
  useEffect(() => {
    if (vault === undefined || session === undefined) return;
    let isWanted = true;
    const wanted = session.accounts.slice(0, KEPT_MAX);
    const told = (trouble: string | undefined) => {
      const subs = keptProofs(localStorage, vault).filter(({ proof }) => isOf(proof, wanted));
      if (isWanted) setState({ kept: subs, trouble });
    };
    told(undefined);
    if (epoch === undefined) return;
    void (async () => {
      const troubles: string[] = [];
      for (const account of wanted) {
        const trouble = isWanted ? await keepNewest(account, session) : undefined;
        if (trouble !== undefined) troubles.push(trouble);
      }
      told(troubles[0]);
    })();
    return () => {
      isWanted = false;
    };
  }, [vault, numbers, epoch]);
  return state;
}

/** A subaccount's id ends with the account's number. */
function isOf({ leaf }: ProofView, accounts: readonly AccountSummaryView[]): boolean {
  return accounts.some(({ account }) => BigInt(`0x${leaf.sub.slice(42)}`) === BigInt(account));
}

/** @returns why it was not kept */
async function keepNewest(
  { account, label }: AccountSummaryView,
  session: SessionView,
): Promise<string | undefined> {
  try {
    const proof = await getJson<ProofView>(`/api/v1/proof/final?account=${account}`);
    const { rootHashOf } = await import('../settlement/readVault.ts');
    const { isInRoot, isRootHash } = recompute(proof, rootHashOf);
    if (!isInRoot || !isRootHash) return `The proof of ${label} does not hold and was not kept.`;
    const paid = await paidOf(session, proof);
    if (keepProof(localStorage, { proof, label, keptMs: Date.now(), paid })) return undefined;
    return 'This browser has no room to keep proofs: download the kit.';
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return error.error.message;
  }
}

/** Undefined where no wallet can be asked: what is kept is as good, only what is left of it is not known. */
async function paidOf(session: SessionView, proof: ProofView): Promise<string[] | undefined> {
  try {
    const { readPaid } = await import('../settlement/readVault.ts');
    return (await readPaid(await readerOfSession(session), proof)).map(String);
  } catch (error) {
    if (error instanceof WalletError) return undefined;
    throw error;
  }
}
