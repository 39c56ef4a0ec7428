import type { SetLeverageCap } from '../../protocol/commands/types.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { NONE } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { LEVERAGE_MILLI_MAX, leverageCapRow } from './leverage.ts';

/**
 * Caps notional ÷ equity of an account, in one coin or in all. The account and the actor were judged before.
 *
 * Refusals: underlying.unknown, parameters.invalid. A cap below what is used blocks increases and nothing else.
 */
export function setLeverageCap({ state, undo, out }: Engine, c: SetLeverageCap): number {
  const isAll = c.underlying === '';
  const underlying = isAll
    ? NONE
    : state.directory.underlyings.findIndex(({ name }) => name === c.underlying);
  if (!isAll && underlying < 0) return refusal['underlying.unknown'];
  if (!isIntegerIn(c.leverageMilli, 0, LEVERAGE_MILLI_MAX)) return refusal['parameters.invalid'];
  const { leverageMilli, leverageCapCount } = state.accounts.columns;
  if (isAll) {
    putI(undo, leverageMilli, c.account, c.leverageMilli);
  } else {
    const caps = state.leverageCaps.columns.leverageMilli;
    const row = leverageCapRow(state, c.account, underlying);
    const added = (c.leverageMilli === 0 ? 0 : 1) - (caps[row] === 0 ? 0 : 1);
    putI(undo, caps, row, c.leverageMilli);
    putI(undo, leverageCapCount, c.account, leverageCapCount[c.account]! + added);
  }
  announce(out, TAG.LeverageCapSet, c.account, underlying, c.leverageMilli);
  return OK;
}
