import type { NoteWhitelist } from '../../protocol/commands/settlement.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isAddressValid, isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import { TAG } from '../out.ts';
import { changeSettlement } from './changeSettlement.ts';

/** Addresses one account may have listed: more than people keep, few enough to look through. */
const LISTED_MAX = 64;

/**
 * Takes note of where the vault pays to besides the owner of an account. The vault decides; this is what the engine has
 * seen of it in final blocks, so that nothing is authorised that could not be claimed.
 *
 * Refusals: settlement.notOpen, account.unknown, parameters.invalid, engine.full.
 */
export function noteWhitelist(engine: Engine, { account, to, fromMs }: NoteWhitelist): number {
  const { state, out } = engine;
  const { vault, listed } = state.directory.settlement;
  if (vault === null) return refusal['settlement.notOpen'];
  if (!isIntegerIn(account, FIRST_ACCOUNT, highWater(state.accounts) - 1)) return refusal['account.unknown'];
  if (!isAddressValid(to) || !isIntegerIn(fromMs, 0, Number.MAX_SAFE_INTEGER))
    return refusal['parameters.invalid'];
  const others = listed.filter((each) => each.account !== account || each.to !== to);
  const count = others.filter((each) => each.account === account).length;
  if (fromMs !== 0 && count >= LISTED_MAX) return refusal['engine.full'];
  changeSettlement(engine, { listed: fromMs === 0 ? others : [...others, { account, to, fromMs }] });
  announce(out, TAG.AddressListed, account, fromMs);
  return OK;
}
