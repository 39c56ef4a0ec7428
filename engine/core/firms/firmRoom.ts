import { highWater } from '../memory/table.ts';
import type { State } from '../state.ts';

/** Places are never given back, archived ones neither: no firm takes more than this share of those there are. */
const SHARE = 2;

/** Whether a firm has as many places of the tree, or accounts with their pots, as one firm may have. */
export function isFirmFull({ accounts, nodes }: State, firm: number, isAccount: boolean): boolean {
  const isNodeFull = countOf(nodes.columns.firm, highWater(nodes), firm) >= nodes.capacity / SHARE;
  const ofAccounts = () => countOf(accounts.columns.firm, highWater(accounts), firm);
  return isNodeFull || (isAccount && ofAccounts() >= accounts.capacity / SHARE);
}

function countOf(firms: Int32Array, rows: number, firm: number): number {
  let count = 0;
  for (let row = 0; row < rows; row++) if (firms[row] === firm) count++;
  return count;
}
