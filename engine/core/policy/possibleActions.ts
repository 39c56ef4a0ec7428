import { type ActionKind, actionNumbers } from '../../protocol/commands/actionNumbers.ts';
import type { Direction, Rule } from '../../protocol/commands/policy.ts';
import { USD_SCALE } from '../../units/money.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { type ActionFacts, placesAt } from './actionFacts.ts';
import { judgePolicy } from './judgePolicy.ts';
import type { Band } from './lostBands.ts';
import { membersOf, policyOf } from './policyOf.ts';
import { isQuorum } from './quorum.ts';

const DIRECTIONS: readonly Direction[] = ['loosen', 'tighten'];

/** Kinds that are worth something: for the others no rule about amounts ever differs. */
const WORTH: readonly ActionKind[] = [
  'Transfer',
  'TransferMany',
  'PortPosition',
  'PlaceOverLimit',
  'Withdraw',
  'ApproveKey',
  'ChangeKey',
];

/**
 * What somebody of a firm could have done anywhere in it, in either direction, were all to agree who may; of what is
 * worth something, up to which amounts: it is asked in each band between two edges that its rules name. What leaves
 * these bands when a member goes or a rule changes is what the firm could not do any more.
 *
 * @returns whole USD; the bands of one action follow one another and do not overlap
 */
export function possibleActions(state: State, firm: number): Band[] {
  const { rules } = policyOf(state, firm);
  const kinds = Object.keys(actionNumbers) as ActionKind[];
  return kinds.flatMap((action) => {
    const edges = WORTH.includes(action) ? edgesOf(rules, action) : [];
    const bands = [0, ...edges].map((overUsd, at) => ({ action, overUsd, upToUsd: edges[at] ?? null }));
    return bands.filter((band) =>
      DIRECTIONS.some((direction) => isBandPossible(state, firm, band, direction)),
    );
  });
}

/** Amounts at which rules about an action begin or end, rising, each once. */
function edgesOf(rules: readonly Rule[], action: ActionKind): number[] {
  const named = rules
    .filter(({ when }) => when.actions?.includes(action) ?? true)
    .flatMap(({ when: { overUsd, upToUsd } }) => [overUsd ?? 0, upToUsd ?? 0]);
  return [...new Set(named)].filter((edge) => edge > 0).sort((a, b) => a - b);
}

/** Within a band every amount is judged alike, so one speaks for all: the least above its lower edge. */
function isBandPossible(
  state: State,
  firm: number,
  { action, overUsd }: Band,
  direction: Direction,
): boolean {
  const root = state.firms.columns.root[firm]!;
  const movedUsd = overUsd === 0 ? 0 : overUsd * USD_SCALE + 1;
  return isPossible(state, firm, action, { ...placesAt(action, root), direction, movedUsd, subject: NONE });
}

function isPossible(state: State, firm: number, action: ActionKind, facts: ActionFacts): boolean {
  const people = membersOf(state, firm);
  const policy = policyOf(state, firm);
  const timeMs = state.globals.columns.timeMs[0]!;
  return people.some(({ member, facts: { role } }) => {
    const question = { firm, member, role, action, facts, timeMs };
    const { verdict } = judgePolicy(state, policy, question, people.length);
    if (verdict.is !== 'approve') return verdict.is === 'allow';
    const asked = { firm, maker: member, facts, needs: verdict };
    return isQuorum(
      state,
      asked,
      people.map((each) => each.member),
    );
  });
}
