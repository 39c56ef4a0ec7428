import { NodeState } from '../../protocol/enums.ts';
import { assert } from '../../units/assert.ts';
import { balanceOf } from '../ledger/post.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { DEPTH_MAX } from './nodes.ts';

/**
 * What we always believe of the firms' trees: each place is reached once from the root of its firm and at the depth
 * it says, every subaccount stands at its own place and a pot where its account does, an account knows the strictest
 * state above it, and what is archived is empty.
 *
 * @fails AssertionError with the sentence that does not hold
 */
export function checkNodes(state: State): void {
  const n = state.nodes.columns;
  const strictest = new Map<number, number>();
  const walk = (node: number, firm: number, parent: number, depth: number, above: number): void => {
    assert(!strictest.has(node), `node ${node} is in its tree twice`);
    assert(n.firm[node] === firm && n.parent[node] === parent, `node ${node} knows its firm and its parent`);
    assert(n.depth[node] === depth && depth <= DEPTH_MAX, `node ${node} is ${depth} steps from its root`);
    const own = Math.max(above, n.state[node]!);
    strictest.set(node, own);
    const isLeaf = n.account[node] !== NONE;
    assert(!isLeaf || n.firstChild[node] === NONE, `below subaccount node ${node} lies nothing`);
    for (let child = n.firstChild[node]!; child !== NONE; child = n.nextSibling[child]!)
      walk(child, firm, node, depth + 1, own);
  };
  for (let firm = 0; firm < highWater(state.firms); firm++) {
    const root = state.firms.columns.root[firm]!;
    if (root !== NONE) walk(root, firm, NONE, 0, NodeState.normal);
  }
  assert(strictest.size === highWater(state.nodes), 'every node is in the tree of its firm');
  for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++)
    checkAccount(state, account, strictest);
}

function checkAccount(state: State, account: number, strictest: ReadonlyMap<number, number>): void {
  const a = state.accounts.columns;
  const of = a.potOf[account] === NONE ? account : a.potOf[account]!;
  const node = a.node[account]!;
  assert(state.nodes.columns.account[node] === of, `account ${account} stands at its place`);
  assert(state.nodes.columns.firm[node] === a.firm[account], `account ${account} is in its firm's tree`);
  assert(a.standing[account] === strictest.get(node), `account ${account} knows what holds above it`);
  if (a.standing[account] !== NodeState.archived) return;
  const isFlat = a.firstPosition[account] === NONE && a.orderCount[account] === 0;
  const isEmpty = state.directory.assets.every((_, asset) => balanceOf(state, account, asset) === 0);
  assert(isFlat && isEmpty, `account ${account} is archived and empty`);
}
