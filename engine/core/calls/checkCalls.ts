import { assert } from '../../units/assert.ts';
import type { State } from '../state.ts';

/** A node has levels once, an account one call at most, and numbers of calls only grow. */
export function checkCalls({ directory }: State): void {
  const { callLevels, calls, nextCall, nodes, accounts } = directory;
  const places = new Set(callLevels.map(({ node }) => node));
  assert(places.size === callLevels.length, 'a node has levels of margin calls once');
  for (const { node, levels } of callLevels)
    assert(node < nodes.length && levels.length > 0, `node ${node} has levels of margin calls`);
  const called = new Set(calls.map(({ account }) => account));
  assert(called.size === calls.length, 'an account has one margin call at most');
  for (const [at, { call, account }] of calls.entries()) {
    assert(call < nextCall && account < accounts.length, `margin call ${call} is of an account`);
    assert(at === 0 || call > calls[at - 1]!.call, 'margin calls stand in their order');
  }
}
