import type { ReopenWithdrawal } from '../../protocol/commands/settlement.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { TAG } from '../out.ts';
import { changeSettlement } from './changeSettlement.ts';
import { countPayment } from './paidTo.ts';

/**
 * Takes back that a withdrawal was paid: the chain that said so has another history now. It waits again and is in every
 * root until it is paid; nothing can be paid twice by it, because the vault pays a number once. Saying so of one that
 * waits is not an error.
 *
 * Refusals: withdrawal.unknown, of one that was paid too long ago to be remembered too.
 */
export function reopenWithdrawal(engine: Engine, { nonce }: ReopenWithdrawal): number {
  const { withdrawals, paid } = engine.state.directory.settlement;
  if (withdrawals.some((each) => each.nonce === nonce)) return OK;
  const done = paid.find((each) => each.nonce === nonce);
  if (done === undefined) return refusal['withdrawal.unknown'];
  const { block: _block, paidMs: _paidMs, ...open } = done;
  changeSettlement(engine, {
    withdrawals: [...withdrawals, open].sort((a, b) => a.nonce - b.nonce),
    paid: paid.filter((each) => each !== done),
    paidTo: countPayment(engine.state, done, -1),
  });
  announce(engine.out, TAG.WithdrawalReopened, nonce, open.account, open.asset, open.amount);
  return OK;
}
