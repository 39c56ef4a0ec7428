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
 * put where the others leave a gap, so that as many as possible are filled.
 *
 * @param people members, each at most once
 * @returns a seat for each agreement that is needed, group by group
 */
export function seatsOf(state: State, asked: Asked, people: readonly number[]): Seat[] {
  const places = placesOf(asked);
  const memberAt = seated(state, asked, people, [...places.keys()]);
  return places.map((group, place) => ({ group, member: memberAt.get(place) ?? null }));
}

/**
 * For each place who could fill it by agreeing now, those who agreed moving over where they fit as well; of a place that
 * is filled, nobody. What the screen shows as open is open to these and to nobody else.
 *
 * @param agreed who agreed, each at most once
 * @param others who may agree and has not
 */
export function eligibleAt(
  state: State,
  asked: Asked,
  agreed: readonly number[],
  others: readonly number[],
): number[][] {
  const seats = seatsOf(state, asked, agreed);
  const filled = [...seats.keys()].filter((place) => seats[place]!.member !== null);
  return seats.map(({ member }, place) => {
    if (member !== null) return [];
    // Whatever is filled stays filled, by whomever: a matching only grows.
    return others.filter((other) => seated(state, asked, [...agreed, other], [...filled, place]).has(place));
  });
}

/** One place for each agreement that is needed: the index of its group. */
function placesOf({ needs }: Asked): number[] {
  return needs.groups.flatMap(({ min }, group) => Array<number>(min).fill(group));
}

/** Who sits where, of these places filled one after the other (augmenting paths of a bipartite matching). */
function seated(
  state: State,
  asked: Asked,
  people: readonly number[],
  toFill: readonly number[],
): Map<number, number> {
  const { groups } = asked.needs;
  const places = placesOf(asked);
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
  for (const place of toFill) seat(place, new Set());
  return new Map([...seatOf].map(([member, place]) => [place, member]));
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
