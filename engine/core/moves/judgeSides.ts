import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import { isArchived } from '../firms/standing.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/** Whether a number is an account of the firm. Refusals: account.unknown, move.foreignAccount. */
export function judgeOwnAccount(state: State, firm: number, account: number): number {
  if (!isAccount(state, account)) return refusal['account.unknown'];
  return state.accounts.columns.firm[account] === firm ? OK : refusal['move.foreignAccount'];
}

/**
 * Whether something may move between two accounts at all: what leaves is the firm's own, where it goes is free.
 *
 * Refusals: account.unknown, move.sameAccount, move.foreignAccount, node.archived, account.segregated.
 */
export function judgeSides(state: State, firm: number, from: number, to: number): number {
  if (!isAccount(state, from) || !isAccount(state, to)) return refusal['account.unknown'];
  if (from === to) return refusal['move.sameAccount'];
  const code = judgeOwnAccount(state, firm, from);
  if (code !== OK) return code;
  if (isArchived(state, from) || isArchived(state, to)) return refusal['node.archived'];
  return isSegregated(state, from) || isSegregated(state, to) ? refusal['account.segregated'] : OK;
}

/** The ledger's own accounts hold what balances it: nothing is moved by hand there. */
function isAccount(state: State, account: number): boolean {
  return isIntegerIn(account, FIRST_ACCOUNT, highWater(state.accounts) - 1);
}

/** Whether an account is kept apart from all others; a pot is as its account is. */
export function isSegregated({ accounts }: State, account: number): boolean {
  const { isSegregated: flags, potOf } = accounts.columns;
  const of = potOf[account]!;
  return flags[of === NONE ? account : of] === 1;
}
