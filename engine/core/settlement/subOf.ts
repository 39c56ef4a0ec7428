import { accountOfSub, type HexWord, subaccountId } from '../../protocol/settlement/root.ts';
import { isIntegerIn } from '../admin/names.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/** An account as the vault knows it: the owner of its firm and its number. */
export function subOf(state: State, account: number): HexWord {
  return subaccountId(state.directory.firms[state.accounts.columns.firm[account]!]!.owner, account);
}

/** The account of people that a subaccount of the vault is; NONE where it is none. */
export function accountFor(state: State, sub: HexWord): number {
  const account = accountOfSub(sub);
  const isThere = isIntegerIn(account, FIRST_ACCOUNT, highWater(state.accounts) - 1);
  return isThere && subOf(state, account) === sub ? account : NONE;
}
