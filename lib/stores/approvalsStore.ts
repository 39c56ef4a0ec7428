import { createStore } from 'zustand/vanilla';

/** What the approvals page speaks of: what waits, the rules, the people, where money may go. */
export type ApprovalsTab = 'queue' | 'policy' | 'members' | 'book';

interface ApprovalsStore {
  tab: ApprovalsTab;
  /** Number of the proposal that is looked at; undefined: the first of the queue. */
  selected: number | undefined;
  /** How often somebody has chosen one, the same again too. */
  chosenCount: number;
  /** Number of the member that is changed; undefined: somebody new. */
  member: number | undefined;
}

export const approvalsStore = createStore<ApprovalsStore>()(() => ({
  tab: 'queue',
  selected: undefined,
  chosenCount: 0,
  member: undefined,
}));

export function selectTab(tab: ApprovalsTab): void {
  approvalsStore.setState({ tab });
}

export function selectProposal(selected: number): void {
  approvalsStore.setState({ selected });
}

/** Somebody chose it, to decide. */
export function chooseProposal(selected: number): void {
  approvalsStore.setState(({ chosenCount }) => ({ selected, chosenCount: chosenCount + 1 }));
}

export function selectMember(member: number | undefined): void {
  approvalsStore.setState({ member });
}
