import type { ActionKind } from '../../protocol/commands/actionNumbers.ts';
import type { MoveNode } from '../../protocol/commands/actions.ts';
import { isIntegerIn } from '../admin/names.ts';
import { areAsEarly, ownLevelsOf } from '../calls/callLevels.ts';
import { areTighter } from '../limits/areTighter.ts';
import { limitsOf } from '../limits/limitsOf.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/** Places of nodes as a change set leaves them: what it has moved so far, by node. */
export type Moved = Map<number, number>;

/**
 * What a move lifts, by the actions that would have lifted it: limits of a place that is left and that no place below
 * which it goes has as tight, calls that would come later, a state that is less strict. A number that is no place is
 * refused by the move itself.
 *
 * @param moved by the parts before it; this one is noted there
 */
export function liftedByMove(
  state: State,
  { node, parent }: MoveNode,
  moved: Moved = new Map(),
): ActionKind[] {
  const nodes = highWater(state.nodes) - 1;
  if (!isIntegerIn(node, 0, nodes) || !isIntegerIn(parent, 0, nodes)) return [];
  const before = wayUp(state, node, moved);
  moved.set(node, parent);
  const after = wayUp(state, node, moved);
  const left = before.filter((place) => !after.includes(place));
  const gained = after.filter((place) => !before.includes(place));
  const isHeld = (place: number) =>
    limitsOf(state, place) === null || gained.some((by) => isAsTight(state, place, by));
  const lifted: ActionKind[] = [];
  if (!left.every(isHeld)) lifted.push('SetLimits');
  if (!areAsEarly(levelsOn(state, before), levelsOn(state, after))) lifted.push('SetMarginCalls');
  if (strictest(state, after) < strictest(state, before)) lifted.push('SetNodeState');
  return lifted;
}

/** A node and all above it; moves that would go in a circle end where they meet themselves. */
function wayUp(state: State, node: number, moved: Moved): number[] {
  const way: number[] = [];
  for (let at = node; at !== NONE && !way.includes(at); at = moved.get(at) ?? state.nodes.columns.parent[at]!)
    way.push(at);
  return way;
}

function isAsTight(state: State, place: number, by: number): boolean {
  const limits = limitsOf(state, by);
  return limits !== null && areTighter(state, { kind: 'SetLimits', node: place, limits });
}

/** The levels of the nearest place that has some. */
function levelsOn(state: State, way: readonly number[]) {
  return way.map((place) => ownLevelsOf(state, place)).find((levels) => levels.length > 0) ?? [];
}

function strictest(state: State, way: readonly number[]): number {
  return Math.max(...way.map((place) => state.nodes.columns.state[place]!));
}
