import { createStore } from 'zustand/vanilla';

/** What the approvals page speaks of: what waits, the rules, the people, where money may go. */
export type ApprovalsTab = 'queue' | 'policy' | 'members' | 'book';

interface ApprovalsStore {
  tab: ApprovalsTab;
  /** Number of the proposal that is looked at; undefined: the first of the queue. */
  selected: number | undefined;
  /** Number of the member that is changed; undefined: somebody new. */
  member: number | undefined;
}

export const approvalsStore = createStore<ApprovalsStore>()(() => ({
  tab: 'queue',
  selected: undefined,
  member: undefined,
}));

export function selectTab(tab: ApprovalsTab): void {
  approvalsStore.setState({ tab });
}

export function selectProposal(selected: number): void {
  approvalsStore.setState({ selected });
}

export function selectMember(member: number | undefined): void {
  approvalsStore.setState({ member });
}
