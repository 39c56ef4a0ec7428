import { NodeState } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import { cancelOpening } from '../orders/cancelOpening.ts';
import type { State } from '../state.ts';

/** The strictest NodeState of a node and all above it. */
export function standingOf({ nodes }: State, node: number): NodeState {
  let strictest: number = NodeState.normal;
  for (let at = node; at !== NONE; at = nodes.columns.parent[at]!)
    strictest = Math.max(strictest, nodes.columns.state[at]!);
  return strictest as NodeState;
}

/** Writes what holds of an account: every order then asks its own row, and the tree only when something changes. */
export function putStanding({ state, undo }: Engine, account: number): void {
  const { node, standing } = state.accounts.columns;
  putI(undo, standing, account, standingOf(state, node[account]!));
}

/**
 * Lets an account follow its places in the tree. Where it may do less than before, what it has open and could open
 * or grow a position is cancelled at once: nothing that was sent earlier does what may not be sent now.
 */
export function applyStanding(engine: Engine, account: number): void {
  const { standing } = engine.state.accounts.columns;
  const before = standing[account]!;
  putStanding(engine, account);
  if (standing[account]! > before) cancelOpening(engine, account);
}

/** Whether an account takes nothing any more, neither orders nor money. */
export function isArchived(state: State, account: number): boolean {
  return state.accounts.columns.standing[account] === NodeState.archived;
}

/** Whether what an account holds stays where it is: orders and money that leaves are refused, what comes in is not. */
export function isFrozen(state: State, account: number): boolean {
  return state.accounts.columns.standing[account] === NodeState.frozen;
}

/**
 * Judges an order by what holds of its account. Cancels are never asked.
 *
 * @param isReducing whether it can open or grow nothing, whatever happens before it fills
 * @returns OK or: node.archived, node.frozen, node.reduceOnly
 */
export function judgeStanding({ accounts }: State, account: number, isReducing: boolean): number {
  const standing = accounts.columns.standing[account]!;
  if (standing === NodeState.normal) return OK;
  if (standing === NodeState.archived) return refusal['node.archived'];
  if (standing === NodeState.frozen) return refusal['node.frozen'];
  return isReducing ? OK : refusal['node.reduceOnly'];
}
