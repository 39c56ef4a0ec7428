import type { ArchiveNode } from '../../protocol/commands/actions.ts';
import { NodeState } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { balanceOf } from '../ledger/post.ts';
import { NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { judgeNode } from './judgeNode.ts';
import { putTreeSeq } from './nodes.ts';
import { putStanding, standingOf } from './standing.ts';
import { accountsWithin } from './within.ts';

/**
 * Closes a node and all below it for good. It is empty, so nothing is lost: who needs it again opens another, and
 * the history of this one keeps its number to itself.
 *
 * Refusals: node.unknown, node.isRoot, node.archived, node.inUse.
 */
export function archiveNode(engine: Engine, firm: number, { node }: ArchiveNode): number {
  const { state, undo, out } = engine;
  const code = judgeNode(state, firm, node);
  if (code !== OK) return code;
  const c = state.nodes.columns;
  if (c.parent[node] === NONE) return refusal['node.isRoot'];
  if (standingOf(state, node) === NodeState.archived) return refusal['node.archived'];
  const accounts = accountsWithin(state, node);
  if (accounts.some((account) => isInUse(state, account))) return refusal['node.inUse'];
  putI(undo, c.state, node, NodeState.archived);
  for (const account of accounts) putStanding(engine, account);
  putTreeSeq(engine);
  announce(out, TAG.NodeArchived, node, firm);
  return OK;
}

/** Whether an account holds or owes anything, or could come to. */
function isInUse(state: State, account: number): boolean {
  const { firstPosition, orderCount } = state.accounts.columns;
  if (firstPosition[account] !== NONE || orderCount[account] !== 0) return true;
  return state.directory.assets.some((_, asset) => balanceOf(state, account, asset) !== 0);
}
