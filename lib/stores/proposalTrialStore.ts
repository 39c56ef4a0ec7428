import { createStore } from 'zustand/vanilla';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import { nextLook, type TrialLook } from '../firm/trialLook.ts';

export interface TrialState {
  /** The one that is asked about; undefined for none. */
  proposal: number | undefined;
  /** Undefined before the first answer. */
  look: TrialLook | undefined;
  /** Why the last question was refused. */
  error: ErrorView | undefined;
}

export const proposalTrialStore = createStore<TrialState>()(() => ({
  proposal: undefined,
  look: undefined,
  error: undefined,
}));

/** The next answer about a proposal, or that there is none yet. */
export function putLook(
  proposal: number | undefined,
  next: Omit<TrialLook, 'fresh'> | undefined,
  error: ErrorView | undefined,
): void {
  const before = proposalTrialStore.getState().look;
  proposalTrialStore.setState({ proposal, look: next && nextLook(before, next), error });
}

/** What has just changed was there long enough. */
export function readFresh(): void {
  const { look } = proposalTrialStore.getState();
  if (look !== undefined) proposalTrialStore.setState({ look: { ...look, fresh: [] } });
}
