import { NodeState } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { standingOf } from './standing.ts';

/** Whether a number is a node of the firm. Refusal: node.unknown. */
export function judgeNode(state: State, firm: number, node: number): number {
  const isThere = isIntegerIn(node, 0, highWater(state.nodes) - 1) && state.nodes.columns.firm[node] === firm;
  return isThere ? OK : refusal['node.unknown'];
}

/** Whether something new may lie below it. Refusals: node.unknown, node.notGroup, node.archived. */
export function judgeGroup(state: State, firm: number, node: number): number {
  const code = judgeNode(state, firm, node);
  if (code !== OK) return code;
  if (state.nodes.columns.account[node] !== NONE) return refusal['node.notGroup'];
  return standingOf(state, node) === NodeState.archived ? refusal['node.archived'] : OK;
}
