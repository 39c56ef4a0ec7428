import { LedgerReason } from '../../protocol/enums.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { balanceRow, post } from '../ledger/post.ts';
import { OUTSIDE } from '../ledger/systemAccounts.ts';
import { noteMovedIn } from '../limits/dayValue.ts';
import { NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { changeSettlement } from './changeSettlement.ts';
import type { WithdrawalFacts } from './settlementFacts.ts';

/**
 * Takes collateral out of an account for good: the vault owes it from the next root on. Who asks has judged it.
 *
 * @returns the number of the withdrawal
 */
export function authorise(
  engine: Engine,
  leaving: Pick<WithdrawalFacts, 'account' | 'asset' | 'amount' | 'to' | 'demand'>,
): number {
  const { state, undo, out } = engine;
  const { account, asset, amount } = leaving;
  const { seq, timeMs, withdrawalNonce } = state.globals.columns;
  const nonce = withdrawalNonce[0]! + 1;
  const { authorised } = state.balances.columns;
  const row = balanceRow(state, account, asset);
  const open = { nonce, ...leaving, seq: seq[0]!, authorisedMs: timeMs[0]! };
  putF(undo, withdrawalNonce, 0, nonce);
  putF(undo, authorised, row, authorised[row]! + amount);
  changeSettlement(engine, { withdrawals: [...state.directory.settlement.withdrawals, open] });
  post(engine, account, OUTSIDE, asset, amount, LedgerReason.withdrawal, NONE);
  noteMovedIn(engine, account, asset, -amount);
  announce(out, TAG.WithdrawalAuthorised, nonce, account, asset, amount);
  return nonce;
}
