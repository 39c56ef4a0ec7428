import type { Withdraw } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isPot } from '../accounts/pots.ts';
import { unitsOnSale } from '../accounts/unitsOnSale.ts';
import { isAddressValid, isIntegerIn } from '../admin/names.ts';
import type { Engine } from '../engine.ts';
import { isFrozen } from '../firms/standing.ts';
import { balanceOf, balanceRow } from '../ledger/post.ts';
import { FIRST_ACCOUNT, OUTSIDE } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import type { State } from '../state.ts';
import { authorise } from './authorise.ts';
import { bookOf } from './destinations.ts';
import { isPayable, payableAtOnce } from './vaultCaps.ts';
import { judgeDay, noteWithdrawn } from './withdrawnToday.ts';

/** Open withdrawals of one firm at most: each is a leaf of every root until it is paid. */
const OPEN_MAX = 64;

/**
 * Authorises a withdrawal: the collateral leaves the account at once and for good, and the vault owes it from the next
 * root on. The account is judged as for a transfer: what stays covers initial margin, gains held back counted no
 * further than they are lent against, and the open spot sales.
 *
 * Refusals: settlement.notOpen, account.unknown, move.foreignAccount, node.frozen, transfer.pot, asset.unknown, amount.invalid,
 * parameters.invalid, withdrawal.expired, withdrawal.notListed, withdrawal.notInBook, withdrawal.dayLimit,
 * withdrawal.destinationLimit, withdrawal.tooMany, withdrawal.overVaultCap, balance.insufficient,
 * spot.balanceInsufficient, withdrawal.vaultShort, engine.full, oracle.stale, margin.debtLimit,
 * margin.initialInsufficient.
 */
export function withdraw(engine: Engine, firm: number, action: Withdraw): number {
  const { state } = engine;
  const { account, amount, to } = action;
  const asset = state.directory.assets.findIndex(({ name }) => name === action.asset);
  const code =
    judgeTerms(state, firm, action, asset) ||
    judgeUnits(state, action, asset) ||
    engine.risk.judgeWithdrawal(account, asset, amount);
  if (code !== OK) return code;
  noteWithdrawn(engine, firm, action);
  authorise(engine, { account, asset, amount, to });
  return OK;
}

function judgeTerms(state: State, firm: number, action: Withdraw, asset: number): number {
  const { account, amount, to, deadlineMs } = action;
  const { vault, withdrawals } = state.directory.settlement;
  const { firm: firmOf } = state.accounts.columns;
  const nowMs = state.globals.columns.timeMs[0]!;
  if (vault === null) return refusal['settlement.notOpen'];
  if (!isIntegerIn(account, FIRST_ACCOUNT, highWater(state.accounts) - 1)) return refusal['account.unknown'];
  if (firmOf[account] !== firm) return refusal['move.foreignAccount'];
  if (isFrozen(state, account)) return refusal['node.frozen'];
  if (isPot(state, account)) return refusal['transfer.pot'];
  if (asset < 0) return refusal['asset.unknown'];
  if (!isIntegerIn(amount, 1, Number.MAX_SAFE_INTEGER)) return refusal['amount.invalid'];
  if (!isAddressValid(to) || !isIntegerIn(deadlineMs, 0, Number.MAX_SAFE_INTEGER))
    return refusal['parameters.invalid'];
  if (deadlineMs < nowMs) return refusal['withdrawal.expired'];
  if (!isPayable(state, account, to)) return refusal['withdrawal.notListed'];
  const isBooked =
    to === state.directory.firms[firm]!.owner || bookOf(state, firm).some((each) => each.to === to);
  if (!isBooked) return refusal['withdrawal.notInBook'];
  const dayCode = judgeDay(state, firm, action);
  if (dayCode !== OK) return dayCode;
  const waiting = withdrawals.filter((each) => firmOf[each.account] === firm).length;
  return waiting >= OPEN_MAX ? refusal['withdrawal.tooMany'] : OK;
}

/** What it takes must be what the vault can pay at once, and be there: in the account, beside its open sales, in the vault, and in what a cell can count. */
function judgeUnits(state: State, { account, amount }: Withdraw, asset: number): number {
  if (amount > payableAtOnce(state, asset)) return refusal['withdrawal.overVaultCap'];
  const left = balanceOf(state, account, asset) - amount;
  if (left < 0) return refusal['balance.insufficient'];
  if (left < unitsOnSale(state, account, asset)) return refusal['spot.balanceInsufficient'];
  if (amount > -balanceOf(state, OUTSIDE, asset)) return refusal['withdrawal.vaultShort'];
  const before = state.balances.columns.authorised[balanceRow(state, account, asset)]!;
  return before + amount > Number.MAX_SAFE_INTEGER ? refusal['engine.full'] : OK;
}
