import { useEffect, useState } from 'react';
import type { AccountSummaryView } from '../../engine/protocol/views/account.ts';
import type { SessionView } from '../../engine/protocol/views/health.ts';
import type { ProofView } from '../../engine/protocol/views/settlement.ts';
import { getJson, RequestError } from '../http.ts';
import { KEPT_MAX, type KeptProof, keepProof, keptProofs, splitByFinal } from '../settlement/kitShelf.ts';
import { recompute } from '../settlement/recompute.ts';
import { readerOfSession } from '../wallet/sessionWallet.ts';
import { WalletError } from '../wallet/walletError.ts';

export interface ExitKitState {
  /** By the newest final root each account has. */
  kept: readonly KeptProof[];
  /** By roots that are posted and can still be rejected: the vault freezes at the last of them if the desk ends now. */
  ahead: readonly KeptProof[];
  /** Why the newest is not kept of an account, as a sentence; the first of them. */
  trouble: string | undefined;
}

/** A root's leaves come a moment after the root, and a desk may be away for a while. */
const AGAIN_AFTER_MS = 3_000;

/** Of the vault's roots, those an account may have to leave by. */
interface LivingRoots {
  /** Newest that nobody can reject any more; undefined before there is one. */
  final: number | undefined;
  /** Posted after it. */
  posted: readonly number[];
}

/**
 * Keeps the proof of each account in the newest final root and in what is posted behind it, once it was recomputed here;
 * what does not hold is not put away in place of what did.
 */
export function useExitKit(
  vault: string | undefined,
  session: SessionView | undefined,
  { final, posted }: LivingRoots,
): ExitKitState {
  const [state, setState] = useState<ExitKitState>({ kept: [], ahead: [], trouble: undefined });
  const numbers = session?.accounts.map(({ account }) => account).join();
  const behind = posted.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the accounts are those of these numbers, the roots those behind.
  useEffect(() => {
    if (vault === undefined || session === undefined) return;
    let isWanted = true;
    const wanted = session.accounts.slice(0, KEPT_MAX);
    const told = (trouble: string | undefined) => {
      const proofs = keptProofs(localStorage, vault).filter(({ proof }) => isOf(proof, wanted));
      if (isWanted) setState({ ...splitByFinal(proofs, final, posted), trouble });
    };
    told(undefined);
    void (async () => {
      const epochs = [final, ...posted].filter((epoch) => epoch !== undefined);
      let open = epochs.flatMap((epoch) => wanted.map((account) => ({ epoch, account })));
      for (let isAgain = false; isWanted && open.length > 0; isAgain = true) {
        const missed: typeof open = [];
        let trouble: string | undefined;
        for (const each of open) {
          const said = isWanted ? await keepOne(each.account, session, each.epoch, final) : undefined;
          if (said === undefined) continue;
          // That the leaves of a root are not there yet is no trouble the first time.
          if (isAgain || each.epoch === final) trouble ??= said;
          missed.push(each);
        }
        told(trouble);
        open = missed;
        if (open.length > 0) await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
      }
    })();
    return () => {
      isWanted = false;
    };
  }, [vault, numbers, final, behind]);
  return state;
}

/** A subaccount's id ends with the account's number. */
function isOf({ leaf }: ProofView, accounts: readonly AccountSummaryView[]): boolean {
  return accounts.some(({ account }) => BigInt(`0x${leaf.sub.slice(42)}`) === BigInt(account));
}

/** @returns why it was not kept */
async function keepOne(
  { account, label }: AccountSummaryView,
  session: SessionView,
  epoch: number,
  final: number | undefined,
): Promise<string | undefined> {
  try {
    const proof = await getJson<ProofView>(`/api/v1/proof/${epoch}?account=${account}`);
    const { rootHashOf } = await import('../settlement/readVault.ts');
    const { isInRoot, isRootHash } = recompute(proof, rootHashOf);
    if (!isInRoot || !isRootHash) return `The proof of ${label} does not hold and was not kept.`;
    const paid = await paidOf(session, proof);
    if (keepProof(localStorage, { proof, label, keptMs: Date.now(), paid }, epoch === final))
      return undefined;
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
