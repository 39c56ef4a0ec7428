import type { TransferMany } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { allOrNone } from '../allOrNone.ts';
import type { Engine } from '../engine.ts';
import { transfer } from './transfer.ts';

/** Transfers in one list: as many as a person reads before they agree. */
const TRANSFERS_MAX = 50;

/**
 * Moves collateral between several subaccounts at once, each transfer judged in the state that those before it leave.
 *
 * Refusals: transfer.countInvalid, then those of Transfer for the first that has one.
 */
export function transferMany(engine: Engine, firm: number, { transfers }: TransferMany): number {
  if (transfers.length < 1 || transfers.length > TRANSFERS_MAX) return refusal['transfer.countInvalid'];
  return allOrNone(engine, () => {
    for (const one of transfers) {
      const code = transfer(engine, firm, one);
      if (code !== OK) return code;
    }
    return OK;
  });
}
