import type { OpenPot } from '../../protocol/commands/types.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { openAccountRow } from '../admin/genesis.ts';
import { isLabelValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { isFirmFull } from '../firms/firmRoom.ts';
import { isArchived, putStanding } from '../firms/standing.ts';
import { putLimited } from '../limits/limitedNodes.ts';
import { hasRoom } from '../memory/table.ts';
import { putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { isPot, potsOf } from './pots.ts';

/**
 * Opens a pot of an account. The account and the actor were judged before.
 *
 * Refusals: node.archived, underlying.unknown, label.invalid, pot.ofPot, pot.exists, firm.full, engine.full.
 */
export function openPot(engine: Engine, c: OpenPot): number {
  const { state, undo, out } = engine;
  const underlying = state.directory.underlyings.findIndex(({ name }) => name === c.underlying);
  if (isArchived(state, c.account)) return refusal['node.archived'];
  if (underlying < 0) return refusal['underlying.unknown'];
  if (!isLabelValid(c.label)) return refusal['label.invalid'];
  if (isPot(state, c.account)) return refusal['pot.ofPot'];
  const { firm, node, potOf, potUnderlying } = state.accounts.columns;
  if (potsOf(state, c.account).some((pot) => potUnderlying[pot] === underlying)) return refusal['pot.exists'];
  if (isFirmFull(state, firm[c.account]!, true)) return refusal['firm.full'];
  if (!hasRoom(state.accounts, 1)) return refusal['engine.full'];
  const pot = openAccountRow(engine, firm[c.account]!, c.label);
  putI(undo, node, pot, node[c.account]!);
  putStanding(engine, pot);
  putLimited(engine, pot);
  putI(undo, potOf, pot, c.account);
  putI(undo, potUnderlying, pot, underlying);
  announce(out, TAG.SubaccountOpened, pot, firm[pot]!);
  announce(out, TAG.PotOpened, pot, c.account, underlying);
  return OK;
}
