import type { OpenNode } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { openAccountRow } from '../admin/genesis.ts';
import { isLabelValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { putLimited } from '../limits/limitedNodes.ts';
import { hasRoom } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { isFirmFull } from './firmRoom.ts';
import { judgeGroup } from './judgeNode.ts';
import { DEPTH_MAX, openNodeRow } from './nodes.ts';
import { putStanding } from './standing.ts';

/** Refusals: node.unknown, node.notGroup, node.archived, node.tooDeep, label.invalid, firm.full, engine.full. */
export function openNode(engine: Engine, firm: number, action: OpenNode): number {
  const { state } = engine;
  const code = judgeGroup(state, firm, action.parent);
  if (code !== OK) return code;
  if (state.nodes.columns.depth[action.parent]! >= DEPTH_MAX) return refusal['node.tooDeep'];
  if (!isLabelValid(action.label)) return refusal['label.invalid'];
  if (isFirmFull(state, firm, action.isAccount)) return refusal['firm.full'];
  const hasPlace = hasRoom(state.nodes, 1) && (!action.isAccount || hasRoom(state.accounts, 1));
  if (!hasPlace) return refusal['engine.full'];
  if (action.isAccount) openAccount(engine, firm, action.parent, action.label);
  else announceNode(engine, openNodeRow(engine, firm, action.parent, action.label));
  return OK;
}

/**
 * Opens a subaccount below a group. The caller checked that there is room.
 *
 * @returns its account number
 */
export function openAccount(engine: Engine, firm: number, parent: number, label: string): number {
  const account = openAccountRow(engine, firm, label);
  const node = openNodeRow(engine, firm, parent, label, account);
  putI(engine.undo, engine.state.accounts.columns.node, account, node);
  putStanding(engine, account);
  putLimited(engine, account);
  announce(engine.out, TAG.SubaccountOpened, account, firm);
  announceNode(engine, node);
  return account;
}

export function announceNode({ state, out }: Engine, node: number): void {
  const { firm, parent, account } = state.nodes.columns;
  announce(out, TAG.NodeOpened, node, firm[node]!, parent[node]!, account[node]!);
}
