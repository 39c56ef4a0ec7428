import type { MarginCallLevel, SetMarginCalls } from '../../protocol/commands/actions.ts';
import { isIntegerIn } from '../admin/names.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/** A call eases this far under its level: an account that swings around one is not called again and again. */
export const EASE_PPM = 50_000;

const NO_LEVELS: readonly MarginCallLevel[] = [];

type Levels = ReadonlyMap<number, readonly MarginCallLevel[]>;

/** By the list they were made from, which never changes in place. */
const byNode = new WeakMap<State['directory']['callLevels'], Levels>();

function levelsByNode({ directory }: State): Levels {
  const found = byNode.get(directory.callLevels);
  if (found !== undefined) return found;
  const made = new Map(directory.callLevels.map(({ node, levels }) => [node, levels]));
  byNode.set(directory.callLevels, made);
  return made;
}

/** A node's own levels; none where those above it hold. */
export function ownLevelsOf(state: State, node: number): readonly MarginCallLevel[] {
  return levelsByNode(state).get(node) ?? NO_LEVELS;
}

/** The levels that hold at a node: its own, else those of the nearest place above that has some. */
export function levelsAt(state: State, node: number): readonly MarginCallLevel[] {
  const all = levelsByNode(state);
  const { parent } = state.nodes.columns;
  for (let at = node; at !== NONE; at = parent[at]!) {
    const levels = all.get(at);
    if (levels !== undefined) return levels;
  }
  return NO_LEVELS;
}

/** Whether everybody who is called now is called as early or earlier afterwards. A node that is not there is stricter with nobody. */
export function areStricter(state: State, { node, levels }: SetMarginCalls): boolean {
  if (!isIntegerIn(node, 0, highWater(state.nodes) - 1)) return false;
  const parent = state.nodes.columns.parent[node]!;
  const after = levels.length > 0 ? levels : parent === NONE ? NO_LEVELS : levelsAt(state, parent);
  return areAsEarly(levelsAt(state, node), after);
}

/** Whether everybody whom some levels call is called as early or earlier by others. */
export function areAsEarly(before: readonly MarginCallLevel[], after: readonly MarginCallLevel[]): boolean {
  return before.every((old) =>
    old.roles.every((role) =>
      after.some(({ ratioPpm, roles }) => ratioPpm <= old.ratioPpm && roles.includes(role)),
    ),
  );
}
