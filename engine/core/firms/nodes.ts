import { NodeState } from '../../protocol/enums.ts';
import type { Engine } from '../engine.ts';
import { NONE, takeRow } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { directoryChanged } from './changeDirectory.ts';

/** Steps from a subaccount up to its root at most: every check of an order walks them. */
export const DEPTH_MAX = 8;

/** Takes the next node number. The caller checked that there is room and that the parent takes children. */
export function openNodeRow(
  engine: Engine,
  firm: number,
  parent: number,
  label: string,
  account = NONE,
): number {
  const { state, undo } = engine;
  const row = takeRow(undo, state.nodes);
  const c = state.nodes.columns;
  putI(undo, c.firm, row, firm);
  putI(undo, c.parent, row, parent);
  putI(undo, c.account, row, account);
  putI(undo, c.firstChild, row, NONE);
  putI(undo, c.nextSibling, row, NONE);
  putI(undo, c.depth, row, parent === NONE ? 0 : c.depth[parent]! + 1);
  putI(undo, c.state, row, NodeState.normal);
  putI(undo, c.limits, row, NONE);
  if (parent !== NONE) linkNode(engine, row, parent);
  const { nodes } = state.directory;
  nodes.push({ label, tags: [] });
  directoryChanged(engine, () => nodes.pop());
  return row;
}

/** Enters a node that is in no list among those directly below its new parent. */
export function linkNode({ state, undo }: Engine, node: number, parent: number): void {
  const c = state.nodes.columns;
  putI(undo, c.parent, node, parent);
  putI(undo, c.nextSibling, node, c.firstChild[parent]!);
  putI(undo, c.firstChild, parent, node);
}

/** Takes a node out of those directly below its parent. */
export function unlinkNode({ state, undo }: Engine, node: number): void {
  const { parent, firstChild, nextSibling } = state.nodes.columns;
  const of = parent[node]!;
  if (firstChild[of] === node) {
    putI(undo, firstChild, of, nextSibling[node]!);
    return;
  }
  let before = firstChild[of]!;
  while (nextSibling[before] !== node) before = nextSibling[before]!;
  putI(undo, nextSibling, before, nextSibling[node]!);
}

/** Notes that the tree is not what screens have seen. In a table, because actions are tried out and taken back. */
export function putTreeSeq({ state, undo }: Engine): void {
  const { seq, treeSeq } = state.globals.columns;
  putF(undo, treeSeq, 0, seq[0]!);
}
