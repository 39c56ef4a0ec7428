import type { TagNode } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isLabelValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { TAG } from '../out.ts';
import { directoryChanged } from './changeDirectory.ts';
import { judgeNode } from './judgeNode.ts';

const TAGS_MAX = 8;

/** Refusals: node.unknown, tags.invalid. None at all is not an error: it takes away those there are. */
export function tagNode(engine: Engine, firm: number, { node, tags }: TagNode): number {
  const { state, out } = engine;
  const code = judgeNode(state, firm, node);
  if (code !== OK) return code;
  if (!areTagsValid(tags)) return refusal['tags.invalid'];
  const facts = state.directory.nodes[node]!;
  const before = facts.tags;
  facts.tags = [...tags];
  directoryChanged(engine, () => {
    facts.tags = before;
  });
  announce(out, TAG.NodeTagged, node, firm);
  return OK;
}

function areTagsValid(tags: readonly unknown[]): boolean {
  if (!Array.isArray(tags) || tags.length > TAGS_MAX) return false;
  return tags.every(isLabelValid) && new Set(tags).size === tags.length;
}
