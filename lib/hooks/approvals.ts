import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { FirmView, ProposalsView } from '../../engine/protocol/views/firm.ts';
import type { SeenProposal } from '../firm/decide.ts';
import { type QueueEntry, queueOf } from '../firm/queue.ts';
import { nextNonce } from '../signing.ts';
import { type ApprovalsTab, approvalsStore, selectProposal } from '../stores/approvalsStore.ts';
import { useFirm, useProposals } from './firm.ts';

/** What is shown to be signed is renewed as often, so that it names a sequence that was looked at. */
const RENEW_MS = 10_000;

export interface Approvals {
  firm: FirmView;
  view: ProposalsView;
  queue: readonly QueueEntry[];
  /** The one that is looked at; undefined when there is none at all. */
  entry: QueueEntry | undefined;
}

export function useApprovalsTab(): ApprovalsTab {
  return useStore(approvalsStore, ({ tab }) => tab);
}

/** The queue of who is signed in and what of it is looked at; undefined until known. */
export function useApprovals(): Approvals | undefined {
  const firm = useFirm();
  const view = useProposals();
  const selected = useStore(approvalsStore, (store) => store.selected);
  const queue = useMemo(
    () => (firm === undefined || view === undefined ? [] : queueOf(view, firm.member)),
    [firm, view],
  );
  const entry = queue.find(({ proposal }) => proposal.proposal === selected) ?? queue[0];
  // What somebody has begun to read stays under their hand, whatever else is asked for meanwhile.
  const first = selected === undefined && entry?.closed === undefined ? entry?.proposal.proposal : undefined;
  useEffect(() => {
    if (first !== undefined) selectProposal(first);
  }, [first]);
  if (firm === undefined || view === undefined) return undefined;
  return { firm, view, queue, entry };
}

/**
 * What would be signed of a proposal, with a nonce of its own so that what is shown is what is signed.
 *
 * @param isHeld the wallet has it in hand: it stays as it is
 */
export function useSeenProposal({ view, entry }: Approvals, isHeld: boolean): SeenProposal | undefined {
  const [seen, setSeen] = useState<SeenProposal>();
  const proposal = entry?.closed === undefined ? entry?.proposal : undefined;
  const isOther = seen?.proposal.proposal !== proposal?.proposal;
  const isOld = isOther || (seen !== undefined && !isHeld && view.timeMs - seen.timeMs > RENEW_MS);
  useEffect(() => {
    if (!isOld) return;
    setSeen(proposal && { proposal, seq: view.seq, timeMs: view.timeMs, nonce: nextNonce(Date.now()) });
  }, [isOld, proposal, view]);
  return isOther ? undefined : seen;
}
