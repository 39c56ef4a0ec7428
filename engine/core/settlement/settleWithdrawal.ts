import type { SettleWithdrawal } from '../../protocol/commands/settlement.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { changeSettlement } from './changeSettlement.ts';
import { countPayment } from './paidTo.ts';
import type { SettlementFacts } from './settlementFacts.ts';

/** Paid withdrawals remembered of each firm. */
const PAID_MAX = 32;

/**
 * Closes a withdrawal that the vault paid. Its amount left the account when it was authorised, so no balance changes.
 * Saying so twice is not an error: the desk may have stopped before it knew.
 *
 * Refusals: parameters.invalid, withdrawal.unknown.
 */
export function settleWithdrawal(engine: Engine, { nonce, block }: SettleWithdrawal): number {
  const { state, out } = engine;
  const { withdrawals, paid } = state.directory.settlement;
  if (!isIntegerIn(block, 0, Number.MAX_SAFE_INTEGER)) return refusal['parameters.invalid'];
  if (!isIntegerIn(nonce, 1, state.globals.columns.withdrawalNonce[0]!)) return refusal['withdrawal.unknown'];
  const open = withdrawals.find((each) => each.nonce === nonce);
  if (open === undefined) return OK;
  const done = { ...open, block, paidMs: state.globals.columns.timeMs[0]! };
  changeSettlement(engine, {
    withdrawals: withdrawals.filter((each) => each !== open),
    paid: [...withoutOldest(state, paid, open.account), done],
    paidTo: countPayment(state, open, 1),
  });
  announce(out, TAG.WithdrawalPaid, nonce, open.account, open.asset, open.amount, block);
  return OK;
}

type Paid = SettlementFacts['paid'];

/** Leaves room for one more of the account's firm. */
function withoutOldest({ accounts }: State, paid: Paid, account: number): Paid {
  const { firm } = accounts.columns;
  const ofFirm = paid.filter((each) => firm[each.account] === firm[account]);
  return ofFirm.length < PAID_MAX ? paid : paid.filter((each) => each !== ofFirm[0]);
}
