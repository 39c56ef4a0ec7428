import type { ClientId } from '../../protocol/commands/types.ts';
import { NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';

export function hasClientId(id: ClientId): boolean {
  return (id.clientId0 | id.clientId1 | id.clientId2 | id.clientId3) !== 0;
}

function hashOf(account: number, a: number, b: number, c: number, d: number): number {
  let h = Math.imul(account + 1, 0x9e3779b1);
  h = Math.imul(h ^ a, 0x85ebca6b);
  h = Math.imul(((h << 15) | (h >>> 17)) ^ b, 0xc2b2ae35);
  h = Math.imul(((h << 15) | (h >>> 17)) ^ c, 0x27d4eb2f);
  h = Math.imul(((h << 15) | (h >>> 17)) ^ d, 0x165667b1);
  return h ^ (h >>> 15);
}

function homeOf(state: State, row: number, mask: number): number {
  const c = state.book.orders.columns;
  return (
    hashOf(c.account[row]!, c.clientId0[row]!, c.clientId1[row]!, c.clientId2[row]!, c.clientId3[row]!) & mask
  );
}

/** Row of the open order of an account with this client id, or NONE. */
export function findByClientId(state: State, account: number, id: ClientId): number {
  const { slot } = state.clientIds.columns;
  const mask = slot.length - 1;
  const c = state.book.orders.columns;
  let at = hashOf(account, id.clientId0, id.clientId1, id.clientId2, id.clientId3) & mask;
  for (; slot[at] !== 0; at = (at + 1) & mask) {
    const row = slot[at]! - 1;
    const isSame =
      c.clientId3[row] === id.clientId3 &&
      c.clientId2[row] === id.clientId2 &&
      c.clientId1[row] === id.clientId1 &&
      c.clientId0[row] === id.clientId0 &&
      c.account[row] === account;
    if (isSame) return row;
  }
  return NONE;
}

/** Remembers an open order that has a client id. */
export function addClientId({ state, undo }: StateWriter, row: number): void {
  const { slot } = state.clientIds.columns;
  const mask = slot.length - 1;
  let at = homeOf(state, row, mask);
  while (slot[at] !== 0) at = (at + 1) & mask;
  putI(undo, slot, at, row + 1);
}

/** Forgets an order, and moves later entries of its run back so that no gap hides them. */
export function removeClientId({ state, undo }: StateWriter, row: number): void {
  const { slot } = state.clientIds.columns;
  const mask = slot.length - 1;
  let gap = homeOf(state, row, mask);
  while (slot[gap] !== row + 1) gap = (gap + 1) & mask;
  for (let at = (gap + 1) & mask; slot[at] !== 0; at = (at + 1) & mask) {
    const home = homeOf(state, slot[at]! - 1, mask);
    // An entry may fill the gap unless its home lies behind the gap on the way to it.
    if (((at - home) & mask) < ((at - gap) & mask)) continue;
    putI(undo, slot, gap, slot[at]!);
    gap = at;
  }
  putI(undo, slot, gap, 0);
}
