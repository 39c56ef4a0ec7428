import type { SkipDeposit } from '../../protocol/commands/settlement.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { noteCounted } from './counted.ts';

/**
 * Passes over a deposit that its owner took back before it was credited: the vault keeps its number and counts nothing
 * for it, and neither does the engine.
 *
 * Refusals: settlement.notOpen, deposit.outOfOrder.
 */
export function skipDeposit(engine: Engine, { id }: SkipDeposit): number {
  const { state, undo, out } = engine;
  const { depositCursor } = state.globals.columns;
  if (state.directory.settlement.vault === null) return refusal['settlement.notOpen'];
  if (id !== depositCursor[0]) return refusal['deposit.outOfOrder'];
  putF(undo, depositCursor, 0, id + 1);
  noteCounted(engine, { id, account: NONE, sub: '', asset: 0, amount: 0 });
  announce(out, TAG.DepositSkipped, id);
  return OK;
}
