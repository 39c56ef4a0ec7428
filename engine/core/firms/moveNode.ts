import type { MoveNode } from '../../protocol/commands/actions.ts';
import { NodeState } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { followLimits } from '../limits/limitedNodes.ts';
import { NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { judgeGroup, judgeNode } from './judgeNode.ts';
import { DEPTH_MAX, linkNode, putTreeSeq, unlinkNode } from './nodes.ts';
import { applyStanding, standingOf } from './standing.ts';
import { accountsWithin, isWithin } from './within.ts';

/**
 * Puts a node, with all below it, below another group; what holds there holds of its accounts from now on.
 *
 * Refusals: node.unknown, node.isRoot, node.archived, then of the new parent node.unknown, node.notGroup,
 * node.archived, then node.circular, node.tooDeep.
 */
export function moveNode(engine: Engine, firm: number, { node, parent }: MoveNode): number {
  const { state, out } = engine;
  const code = judge(state, firm, node, parent);
  if (code !== OK) return code;
  unlinkNode(engine, node);
  linkNode(engine, node, parent);
  putDepths(engine, node, state.nodes.columns.depth[parent]! + 1);
  for (const account of accountsWithin(state, node)) applyStanding(engine, account);
  followLimits(engine, firm);
  putTreeSeq(engine);
  announce(out, TAG.NodeMoved, node, firm, parent);
  return OK;
}

function judge(state: State, firm: number, node: number, parent: number): number {
  const code = judgeNode(state, firm, node);
  if (code !== OK) return code;
  const c = state.nodes.columns;
  if (c.parent[node] === NONE) return refusal['node.isRoot'];
  if (standingOf(state, node) === NodeState.archived) return refusal['node.archived'];
  const groupCode = judgeGroup(state, firm, parent);
  if (groupCode !== OK) return groupCode;
  if (isWithin(state, parent, node)) return refusal['node.circular'];
  return c.depth[parent]! + 1 + heightOf(state, node) > DEPTH_MAX ? refusal['node.tooDeep'] : OK;
}

/** Steps down to the deepest node below; at most DEPTH_MAX calls deep. */
function heightOf(state: State, node: number): number {
  const { firstChild, nextSibling } = state.nodes.columns;
  let height = 0;
  for (let child = firstChild[node]!; child !== NONE; child = nextSibling[child]!)
    height = Math.max(height, 1 + heightOf(state, child));
  return height;
}

function putDepths(engine: Engine, node: number, depth: number): void {
  const { firstChild, nextSibling, depth: depthOf } = engine.state.nodes.columns;
  putI(engine.undo, depthOf, node, depth);
  for (let child = firstChild[node]!; child !== NONE; child = nextSibling[child]!)
    putDepths(engine, child, depth + 1);
}
