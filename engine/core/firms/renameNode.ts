import type { RenameNode } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isLabelValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { TAG } from '../out.ts';
import { directoryChanged } from './changeDirectory.ts';
import { judgeNode } from './judgeNode.ts';

/** A subaccount and its account have one name. Refusals: node.unknown, label.invalid. */
export function renameNode(engine: Engine, firm: number, { node, label }: RenameNode): number {
  const { state, out } = engine;
  const code = judgeNode(state, firm, node);
  if (code !== OK) return code;
  if (!isLabelValid(label)) return refusal['label.invalid'];
  const { directory } = state;
  const account = state.nodes.columns.account[node]!;
  const named = [directory.nodes[node]!, ...(account === NONE ? [] : [directory.accounts[account]!])];
  const before = named[0]!.label;
  const name = (words: string) => {
    for (const each of named) each.label = words;
  };
  name(label);
  directoryChanged(engine, () => name(before));
  announce(out, TAG.NodeRenamed, node, firm);
  return OK;
}
