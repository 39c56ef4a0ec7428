import type { SetSegregation } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isPot } from '../accounts/pots.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { putTreeSeq } from '../firms/nodes.ts';
import { putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { judgeOwnAccount } from './judgeSides.ts';

/**
 * Keeps a subaccount apart from all others, its pots with it, or no longer. The same again is not an error.
 *
 * Refusals: account.unknown, move.foreignAccount, transfer.pot of a pot, which stands with its account,
 * parameters.invalid.
 */
export function setSegregation(engine: Engine, firm: number, action: SetSegregation): number {
  const { state, undo, out } = engine;
  const { account, isSegregated } = action;
  const code = judgeOwnAccount(state, firm, account);
  if (code !== OK) return code;
  if (isPot(state, account)) return refusal['transfer.pot'];
  if (typeof isSegregated !== 'boolean') return refusal['parameters.invalid'];
  putI(undo, state.accounts.columns.isSegregated, account, isSegregated ? 1 : 0);
  putTreeSeq(engine);
  announce(out, TAG.SegregationSet, account, isSegregated ? 1 : 0);
  return OK;
}
