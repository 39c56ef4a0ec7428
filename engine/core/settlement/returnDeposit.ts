import type { CreditDeposit } from '../../protocol/commands/settlement.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { type HexWord, ownerOfSub } from '../../protocol/settlement/root.ts';
import { isHashValid, isIntegerIn, isLabelValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { balanceRow } from '../ledger/post.ts';
import { NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { changeSettlement } from './changeSettlement.ts';
import { noteCounted } from './counted.ts';
import { noteCredited } from './credited.ts';
import type { SettlementFacts } from './settlementFacts.ts';
import { accountFor } from './subOf.ts';

/**
 * Counts a deposit that no account can take, and owes it to the subaccount's owner at once: the deposits behind it are
 * not held up, whoever made it, and nobody has to ask for it. It is part of every root like any other.
 *
 * Refusals: settlement.notOpen, parameters.invalid, asset.unknown, amount.invalid, label.invalid, deposit.outOfOrder.
 */
export function returnDeposit(engine: Engine, c: CreditDeposit, sub: HexWord, asset: number): number {
  const { state, undo, out } = engine;
  const code = judge(state, c, sub, asset);
  if (code !== OK) return code;
  const { seq, timeMs, depositCursor, withdrawalNonce } = state.globals.columns;
  const { withdrawals, returned } = state.directory.settlement;
  const account = accountFor(state, sub);
  const id = depositCursor[0]!;
  const nonce = withdrawalNonce[0]! + 1;
  const owed = { nonce, account, asset, amount: c.amount, to: ownerOfSub(sub), seq: seq[0]! };
  const open = { ...owed, authorisedMs: timeMs[0]!, ...(account === NONE && { sub }) };
  putF(undo, depositCursor, 0, id + 1);
  putF(undo, withdrawalNonce, 0, nonce);
  noteCredited(engine, asset, c.amount);
  if (account !== NONE) {
    const { authorised } = state.balances.columns;
    const row = balanceRow(state, account, asset);
    putF(undo, authorised, row, authorised[row]! + c.amount);
  }
  changeSettlement(engine, {
    withdrawals: [...withdrawals, open],
    ...(account === NONE && { returned: withReturned(returned, sub, asset, c.amount) }),
  });
  noteCounted(engine, { id, account, sub, asset, amount: c.amount, nonce });
  announce(out, TAG.DepositReturned, id, nonce, account, asset, c.amount);
  return OK;
}

function judge({ directory, globals }: State, c: CreditDeposit, sub: HexWord, asset: number): number {
  if (directory.settlement.vault === null) return refusal['settlement.notOpen'];
  if (!isHashValid(sub)) return refusal['parameters.invalid'];
  if (asset < 0) return refusal['asset.unknown'];
  if (!isIntegerIn(c.amount, 1, Number.MAX_SAFE_INTEGER)) return refusal['amount.invalid'];
  if (!isLabelValid(c.reference)) return refusal['label.invalid'];
  return c.id === globals.columns.depositCursor[0] ? OK : refusal['deposit.outOfOrder'];
}

type Returned = SettlementFacts['returned'];

function withReturned(before: Returned, sub: HexWord, asset: number, amount: number): Returned {
  const own = before.find((each) => each.sub === sub && each.asset === asset);
  const units = String(BigInt(own?.units ?? 0) + BigInt(amount));
  return [...before.filter((each) => each !== own), { sub, asset, units }];
}
