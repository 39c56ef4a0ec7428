import type { SetNodeState } from '../../protocol/commands/actions.ts';
import { NodeState } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { judgeNode } from './judgeNode.ts';
import { putTreeSeq } from './nodes.ts';
import { applyStanding, standingOf } from './standing.ts';
import { accountsWithin } from './within.ts';

/** Those that can be set. Archiving has its own action, because there is no way back from it. */
const SETTABLE: readonly unknown[] = ['normal', 'reduceOnly', 'frozen'];

/** Refusals: node.unknown, node.archived, parameters.invalid. The same state again is not an error. */
export function setNodeState(engine: Engine, firm: number, { node, state: name }: SetNodeState): number {
  const { state, undo, out } = engine;
  const code = judgeNode(state, firm, node);
  if (code !== OK) return code;
  if (standingOf(state, node) === NodeState.archived) return refusal['node.archived'];
  if (!SETTABLE.includes(name)) return refusal['parameters.invalid'];
  putI(undo, state.nodes.columns.state, node, NodeState[name]);
  for (const account of accountsWithin(state, node)) applyStanding(engine, account);
  putTreeSeq(engine);
  announce(out, TAG.NodeStateSet, node, firm, NodeState[name]);
  return OK;
}
