import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { ActionTrialView } from '../../engine/protocol/views/firm.ts';
import { crossings } from '../firm/crossings.ts';
import { placeNames } from '../firm/placeNames.ts';
import { REARM_MS } from '../firm/trialLook.ts';
import { proposalTrialStore, putLook, readFresh, type TrialState } from '../stores/proposalTrialStore.ts';
import { useApprovals } from './approvals.ts';
import { usePolled } from './polled.ts';

/** What an action would do changes with the market. */
const TRIAL_EVERY_MS = 5_000;

/**
 * Asks again and again what the proposal that is looked at would do if it were done now, for all panes at once: what
 * one of them shows and what another lets sign are of the same answer.
 */
export function useFollowProposalTrial(): void {
  const approvals = useApprovals();
  const entry = approvals?.entry?.closed === undefined ? approvals?.entry : undefined;
  const proposal = entry?.proposal.proposal;
  const path = proposal === undefined ? undefined : `/api/v1/proposals/${proposal}/preview`;
  const { view, receivedMs, error } = usePolled<ActionTrialView | null>(path, TRIAL_EVERY_MS);
  // An answer is looked at once: names of places may change after it, what it passes does not.
  const latest = useRef(approvals);
  useEffect(() => {
    latest.current = approvals;
  }, [approvals]);
  useEffect(() => {
    const { entry: shown, firm } = latest.current ?? {};
    if (shown === undefined || firm === undefined || shown.proposal.proposal !== proposal || view == null)
      return putLook(proposal, undefined, error);
    const passed = crossings(shown.proposal.action, view, placeNames(firm));
    putLook(proposal, { proposal, view, receivedMs, crossings: passed }, error);
  }, [proposal, view, receivedMs, error]);
  const fresh = useStore(proposalTrialStore, ({ look }) => look?.fresh);
  useEffect(() => {
    if (fresh === undefined || fresh.length === 0) return;
    const timer = setTimeout(readFresh, REARM_MS);
    return () => clearTimeout(timer);
  }, [fresh]);
}

/** The last answer about a proposal; of any other one nothing is known. */
export function useProposalTrial(proposal: number): TrialState {
  const state = useStore(proposalTrialStore);
  return state.proposal === proposal ? state : { proposal, look: undefined, error: undefined };
}
