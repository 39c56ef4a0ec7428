import type { CollateralTransfer } from '../../protocol/commands/actions.ts';
import { LedgerReason } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isPot } from '../accounts/pots.ts';
import { unitsOnSale } from '../accounts/unitsOnSale.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { isFrozen } from '../firms/standing.ts';
import { balanceOf, post } from '../ledger/post.ts';
import { noteMovedIn } from '../limits/dayValue.ts';
import { NONE } from '../memory/table.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { judgeSides } from './judgeSides.ts';

/**
 * Moves collateral between two subaccounts. The side it leaves is judged as for a withdrawal, and is never left with
 * fewer coins than its open spot sales would deliver: a transfer makes no debt. Coins have no cost basis of their own
 * here; what they are worth is their index.
 *
 * Refusals: account.unknown, move.sameAccount, move.foreignAccount, node.archived, account.segregated, node.frozen of the side it leaves, transfer.pot, asset.unknown,
 * amount.invalid, balance.insufficient, spot.balanceInsufficient, oracle.stale, margin.debtLimit, margin.initialInsufficient.
 */
export function transfer(engine: Engine, firm: number, t: CollateralTransfer): number {
  const asset = assetOf(engine.state, t);
  const code = judgeTransfer(engine.state, firm, t) || engine.risk.judgeWithdrawal(t.from, asset, t.amount);
  if (code === OK) performTransfer(engine, t);
  return code;
}

/** What must be true of a transfer itself, whatever margin its giver is left with: the refusals up to oracle.stale. */
export function judgeTransfer(state: State, firm: number, t: CollateralTransfer): number {
  const { from, to, amount } = t;
  const asset = assetOf(state, t);
  const code = judgeSides(state, firm, from, to);
  if (code !== OK) return code;
  if (isFrozen(state, from)) return refusal['node.frozen'];
  if (isPot(state, from) || isPot(state, to)) return refusal['transfer.pot'];
  if (asset < 0) return refusal['asset.unknown'];
  if (!isIntegerIn(amount, 1, Number.MAX_SAFE_INTEGER)) return refusal['amount.invalid'];
  const left = balanceOf(state, from, asset) - amount;
  if (left < 0) return refusal['balance.insufficient'];
  return left < unitsOnSale(state, from, asset) ? refusal['spot.balanceInsufficient'] : OK;
}

/** Does what was judged before. */
export function performTransfer(engine: Engine, t: CollateralTransfer): void {
  const asset = assetOf(engine.state, t);
  post(engine, t.from, t.to, asset, t.amount, LedgerReason.transfer, NONE);
  noteMovedIn(engine, t.from, asset, -t.amount);
  noteMovedIn(engine, t.to, asset, t.amount);
  announce(engine.out, TAG.CollateralTransferred, t.from, t.to, asset, t.amount);
}

function assetOf({ directory }: State, { asset }: CollateralTransfer): number {
  return directory.assets.findIndex(({ name }) => name === asset);
}
