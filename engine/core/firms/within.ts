import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/** Whether a node is another or lies below it. */
export function isWithin({ nodes }: State, node: number, top: number): boolean {
  let at = node;
  while (at !== NONE && at !== top) at = nodes.columns.parent[at]!;
  return at === top;
}

/** Accounts that stand at a node or below it, pots among them, ascending. */
export function accountsWithin(state: State, top: number): number[] {
  const { firm, node } = state.accounts.columns;
  const accounts: number[] = [];
  for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++) {
    const isOfFirm = firm[account] === state.nodes.columns.firm[top];
    if (isOfFirm && isWithin(state, node[account]!, top)) accounts.push(account);
  }
  return accounts;
}
