import { assert } from '../../units/assert.ts';
import { highWater, liveRows, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

/** A group has one netting window at most, and none looks past what is listed. */
export function checkNettings(state: State): void {
  const { node, instrument } = state.nettings.columns;
  const nodes = new Set<number>();
  for (let row = 0; row < highWater(state.nettings); row++) {
    if (node[row] === NONE) continue;
    assert(!nodes.has(node[row]!), `node ${node[row]} has two netting windows`);
    assert(state.nodes.columns.account[node[row]!] === NONE, 'a netting window belongs to a group');
    assert(instrument[row]! < highWater(state.instruments), 'an open window looks at what is listed');
    nodes.add(node[row]!);
  }
  assert(nodes.size === liveRows(state.nettings), 'a row of a netting window is free or has a node');
}
