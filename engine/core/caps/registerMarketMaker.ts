import type { RegisterMarketMaker } from '../../protocol/commands/types.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { highWater } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';

const CAP_MULTIPLE_MAX = 1_000;

/**
 * Lets a firm hold, and have orders for, a multiple of what any owner may. The cap of a market stays.
 *
 * Refusals: firm.unknown, parameters.invalid.
 */
export function registerMarketMaker({ state, undo, out }: Engine, c: RegisterMarketMaker): number {
  if (!isIntegerIn(c.firm, 1, highWater(state.firms) - 1)) return refusal['firm.unknown'];
  if (!isIntegerIn(c.capMultiple, 1, CAP_MULTIPLE_MAX)) return refusal['parameters.invalid'];
  putI(undo, state.firms.columns.capMultiple, c.firm, c.capMultiple);
  announce(out, TAG.MarketMakerRegistered, c.firm, c.capMultiple);
  return OK;
}
