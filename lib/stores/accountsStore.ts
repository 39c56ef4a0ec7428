import { createStore } from 'zustand/vanilla';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import type { AccountsView } from '../../engine/protocol/views/accounts.ts';

/** Whether a risk pane speaks of the selected account or of all that the person may see. */
export type RiskScope = 'account' | 'firm';

interface AccountsStore {
  /** All accounts at one sequence; undefined until the first answer. */
  view: AccountsView | undefined;
  receivedMs: number;
  /** Why the last question was not answered; undefined when it was. */
  error: ErrorView | undefined;
  scope: RiskScope;
}

export const accountsStore = createStore<AccountsStore>()(() => ({
  view: undefined,
  receivedMs: 0,
  error: undefined,
  scope: 'account',
}));

export function selectScope(scope: RiskScope): void {
  accountsStore.setState({ scope });
}

export function forgetAccounts(): void {
  accountsStore.setState({ view: undefined, receivedMs: 0, error: undefined });
}
