import type { MemberFacts } from '../accounts/directory.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { isWithin } from './within.ts';

/** Whether a member reaches all of its firm. */
function reachesAll({ accounts, nodes }: MemberFacts): boolean {
  return accounts.length === 0 && nodes.length === 0;
}

/** Whether a member reaches a node of its firm's tree and all below it. */
export function reachesNode(state: State, member: MemberFacts, node: number): boolean {
  if (state.nodes.columns.firm[node] !== member.firm) return false;
  if (reachesAll(member) || member.nodes.some((above) => isWithin(state, node, above))) return true;
  const account = state.nodes.columns.account[node]!;
  return account !== NONE && member.accounts.includes(account);
}

/** The same for an account; a pot is a part of its account. */
export function reachesAccount(state: State, member: MemberFacts, account: number): boolean {
  const { firm, node, potOf } = state.accounts.columns;
  if (firm[account] !== member.firm || member.isRemoved) return false;
  if (reachesAll(member)) return true;
  const { accounts, nodes } = member;
  if (accounts.includes(account) || accounts.includes(potOf[account]!)) return true;
  return nodes.some((above) => isWithin(state, node[account]!, above));
}
