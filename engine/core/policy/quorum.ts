import type { Approvals, Group } from '../../protocol/commands/policy.ts';
import type { MemberFacts } from '../accounts/directory.ts';
import { reachesNode } from '../firms/reach.ts';
import type { State } from '../state.ts';
import type { ActionFacts } from './actionFacts.ts';
import { isOwner, isOwnersWord } from './firmOwner.ts';
import { membersOf } from './policyOf.ts';

/** What is asked for, by whom and of which firm. */
export interface Asked {
  firm: number;
  maker: number;
  facts: ActionFacts;
  needs: Approvals;
}

/** A place that somebody fills, or nobody. */
export interface Seat {
  /** Index of its group in what is needed. */
  group: number;
  member: number | null;
}

/** Whether these people together are the quorum. */
export function isQuorum(state: State, asked: Asked, people: readonly number[]): boolean {
  return seatsOf(state, asked, people).every(({ member }) => member !== null);
}

/**
 * Who fills which place. Each counts for one place of one group, so that nobody fills two; who fits several groups is
 * put where the others leave a gap (augmenting paths of a bipartite matching), so that as many as possible are filled.
 *
 * @param people members, each at most once
 * @returns a seat for each agreement that is needed, group by group
 */
export function seatsOf(state: State, asked: Asked, people: readonly number[]): Seat[] {
  const { groups } = asked.needs;
  const places = groups.flatMap((group, of) => Array<number>(group.min).fill(of));
  const seatOf = new Map<number, number>();
  const seat = (place: number, tried: Set<number>): boolean =>
    people.some((member) => {
      if (tried.has(member) || !mayFill(state, asked, groups[places[place]!]!, member)) return false;
      tried.add(member);
      const other = seatOf.get(member);
      if (other !== undefined && !seat(other, tried)) return false;
      seatOf.set(member, place);
      return true;
    });
  for (const place of places.keys()) seat(place, new Set());
  const memberAt = new Map([...seatOf].map(([member, place]) => [place, member]));
  return places.map((group, place) => ({ group, member: memberAt.get(place) ?? null }));
}

/** Whether a member may agree: some group asks for such a person. */
export function mayApprove(state: State, asked: Asked, member: number): boolean {
  return asked.needs.groups.some((group) => mayFill(state, asked, group, member));
}

/** Whether a member may say no: whoever may agree, and who is named for it in the firm that asks. */
export function mayVeto(state: State, asked: Asked, member: number): boolean {
  const facts = state.directory.members[member]!;
  const isNamed = facts.firm === asked.firm && !facts.isRemoved && asked.needs.vetoRoles.includes(facts.role);
  return isNamed || mayApprove(state, asked, member);
}

/** Never who asked, never who it is about, never who has left or has another role or reach by now. */
function mayFill(state: State, { firm, maker, facts }: Asked, group: Group, member: number): boolean {
  const person = state.directory.members[member]!;
  if (member === maker || member === facts.subject || person.isRemoved) return false;
  // Its role may be another's, or none of the rules': the wallet is what owns.
  if (facts.isOwnersWordAsked === true && isOwnersWord(group)) return isOwner(state, firm, member);
  const places = group.places ?? facts[group.side];
  if (group.side === 'from')
    return person.firm === firm && group.roles.includes(person.role) && reachesAll(state, person, places);
  // Of a firm of one its owner's word suffices, whatever the role.
  const isOfRole = group.roles.includes(person.role) || membersOf(state, person.firm).length === 1;
  return places.length > 0 && isOfRole && reachesAll(state, person, places);
}

function reachesAll(state: State, person: MemberFacts, nodes: readonly number[]): boolean {
  return nodes.every((node) => reachesNode(state, person, node));
}
