import type { ActionKind } from '../../protocol/commands/actionNumbers.ts';
import type { Group } from '../../protocol/commands/policy.ts';
import { Role } from '../../protocol/enums.ts';
import { agentsOf } from '../firms/members.ts';
import type { State } from '../state.ts';
import { membersOf } from './policyOf.ts';

/** What money leaves by: the owner's word is part of each, whatever a policy says. */
const OF_OWNER: readonly ActionKind[] = ['Withdraw', 'ListDestination'];

export function asksOwnersWord(kind: ActionKind): boolean {
  return OF_OWNER.includes(kind);
}

/** The owner's word: part of every withdrawal and of every address for them. */
export const OWNERS_WORD: Group = { roles: [Role.firmOwner], side: 'from', min: 1 };

/** Whether a group is the owner's word. */
export function isOwnersWord({ roles, side }: Group): boolean {
  return side === 'from' && roles.length === 1 && roles[0] === Role.firmOwner;
}

/** Whether a member has the wallet that owns the firm, whatever its role. Numbers of nobody have none. */
export function isOwner(state: State, firm: number, member: number): boolean {
  const { agents, firms, members } = state.directory;
  if (members[member]?.firm !== firm) return false;
  return agentsOf(state, member).some((row) => agents[row]!.publicKey === firms[firm]!.owner);
}

/** Whether somebody of the firm has the wallet that owns it. */
export function hasOwner(state: State, firm: number): boolean {
  return membersOf(state, firm).some(({ member }) => isOwner(state, firm, member));
}
