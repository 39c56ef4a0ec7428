import type { MoveCollateral } from '../../protocol/commands/types.ts';
import { LedgerReason } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import type { Engine } from '../engine.ts';
import { isArchived } from '../firms/standing.ts';
import { balanceOf, post } from '../ledger/post.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { noteMovedIn } from '../limits/dayValue.ts';
import type { State } from '../state.ts';

/**
 * Moves USDC between an account and its own pot. The side it leaves is judged as for a withdrawal: what stays
 * covers initial margin, unrealized profit counted no further than it is lent against.
 *
 * Refusals: node.archived, pot.unrelated, asset.unknown, pot.usdcOnly, amount.invalid, balance.insufficient,
 * oracle.stale, margin.debtLimit, margin.initialInsufficient. Both accounts and the actor were judged before.
 */
export function moveCollateral(engine: Engine, c: MoveCollateral): number {
  const { state } = engine;
  const code = judge(state, c) || engine.risk.judgeWithdrawal(c.from, USDC, c.amount);
  if (code !== OK) return code;
  post(engine, c.from, c.to, USDC, c.amount, LedgerReason.collateralMove, -1);
  noteMovedIn(engine, c.from, USDC, -c.amount);
  noteMovedIn(engine, c.to, USDC, c.amount);
  return OK;
}

function judge(state: State, c: MoveCollateral): number {
  if (isArchived(state, c.from) || isArchived(state, c.to)) return refusal['node.archived'];
  const { potOf } = state.accounts.columns;
  if (potOf[c.from] !== c.to && potOf[c.to] !== c.from) return refusal['pot.unrelated'];
  const asset = state.directory.assets.findIndex(({ name }) => name === c.asset);
  if (asset < 0) return refusal['asset.unknown'];
  if (asset !== USDC) return refusal['pot.usdcOnly'];
  if (!isIntegerIn(c.amount, 1, Number.MAX_SAFE_INTEGER)) return refusal['amount.invalid'];
  return c.amount > balanceOf(state, c.from, USDC) ? refusal['balance.insufficient'] : OK;
}
