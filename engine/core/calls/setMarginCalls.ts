import type { MarginCallLevel, SetMarginCalls } from '../../protocol/commands/actions.ts';
import { NodeState, Role } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';
import { judgeNode } from '../firms/judgeNode.ts';
import { standingOf } from '../firms/standing.ts';
import { TAG } from '../out.ts';

/** Levels a place has at most. */
const LEVELS_MAX = 4;

const roles: ReadonlySet<number> = new Set(Object.values(Role));
const prepared: ReadonlySet<string> = new Set<MarginCallLevel['prepare']>(['nothing', 'transfer', 'unwind']);

/**
 * Gives a place levels at which its people are called, in place of those it had; none leaves it with those of the
 * nearest place above. Calls that are open are looked at again like any other account.
 *
 * Refusals: node.unknown, node.archived, parameters.invalid.
 */
export function setMarginCalls(engine: Engine, firm: number, { node, levels }: SetMarginCalls): number {
  const { state, out } = engine;
  const code = judgeNode(state, firm, node);
  if (code !== OK) return code;
  if (standingOf(state, node) === NodeState.archived) return refusal['node.archived'];
  if (!areLevelsValid(levels)) return refusal['parameters.invalid'];
  const { directory } = state;
  const before = directory.callLevels;
  const others = before.filter((each) => each.node !== node);
  directory.callLevels = levels.length === 0 ? others : [...others, { node, levels }];
  directoryChanged(engine, () => {
    directory.callLevels = before;
  });
  announce(out, TAG.MarginCallsSet, node, firm, levels.length);
  return OK;
}

function areLevelsValid(levels: readonly MarginCallLevel[]): boolean {
  return (
    levels.length <= LEVELS_MAX &&
    levels.every(
      ({ ratioPpm, roles: called, prepare }, at) =>
        isIntegerIn(ratioPpm, 1, PPM_SCALE) &&
        (at === 0 || ratioPpm > levels[at - 1]!.ratioPpm) &&
        called.length > 0 &&
        new Set(called).size === called.length &&
        called.every((role) => roles.has(role)) &&
        prepared.has(prepare),
    )
  );
}
