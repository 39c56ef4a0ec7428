import type { CreditDeposit } from '../../protocol/commands/settlement.ts';
import { LedgerReason } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isPot } from '../accounts/pots.ts';
import { isHashValid, isIntegerIn, isLabelValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';
import { isArchived } from '../firms/standing.ts';
import { balanceOf, post } from '../ledger/post.ts';
import { FIRST_ACCOUNT, OUTSIDE, USDC } from '../ledger/systemAccounts.ts';
import { noteMovedIn } from '../limits/dayValue.ts';
import { highWater, NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { noteCounted } from './counted.ts';
import { noteCredited } from './credited.ts';
import { returnDeposit } from './returnDeposit.ts';
import { accountFor, subOf } from './subOf.ts';

/** Deposits remembered, while there is no vault, so that none is credited twice. */
const DEPOSITS_MAX = 1_000_000;
/** All that may be deposited of an asset, smallest units: 2^53 less an eighth for fees and funding on their way. */
const DEPOSITED_MAX = 7_881_299_347_898_368;

/**
 * Credits money that arrived. The other side of the entry is OUTSIDE, so liabilities equal deposits.
 *
 * Refusals: account.unknown, node.archived, asset.unknown, pot.usdcOnly, amount.invalid, label.invalid,
 * deposit.outOfOrder, deposit.repeated, engine.full; with a `sub` no account can take, those of `returnDeposit`.
 */
export function creditDeposit(engine: Engine, c: CreditDeposit): number {
  const { state, undo, out } = engine;
  const asset = state.directory.assets.findIndex(({ name }) => name === c.asset);
  if (c.sub !== undefined && !canTake(state, c.account, c.sub, asset))
    return returnDeposit(engine, c, c.sub, asset);
  const code = judge(state, c, asset);
  if (code !== OK) return code;
  if (state.directory.settlement.vault === null) remember(engine, c, asset);
  const { depositCursor } = state.globals.columns;
  const id = depositCursor[0]!;
  putF(undo, depositCursor, 0, id + 1);
  noteCredited(engine, asset, c.amount);
  noteCounted(engine, { id, account: c.account, sub: subOf(state, c.account), asset, amount: c.amount });
  post(engine, OUTSIDE, c.account, asset, c.amount, LedgerReason.deposit, -1);
  noteMovedIn(engine, c.account, asset, c.amount);
  announce(out, TAG.DepositCredited, c.account, asset, c.amount, id);
  return OK;
}

/** Whether the account is the one the vault means, and may have this asset. */
function canTake(state: State, account: number, sub: string, asset: number): boolean {
  const isMeant = isHashValid(sub) && account !== NONE && accountFor(state, sub) === account;
  return isMeant && !isArchived(state, account) && (asset === USDC || !isPot(state, account));
}

function judge(state: State, c: CreditDeposit, asset: number): number {
  const { deposits, settlement } = state.directory;
  if (!isIntegerIn(c.account, FIRST_ACCOUNT, highWater(state.accounts) - 1))
    return refusal['account.unknown'];
  if (isArchived(state, c.account)) return refusal['node.archived'];
  if (asset < 0) return refusal['asset.unknown'];
  if (asset !== USDC && isPot(state, c.account)) return refusal['pot.usdcOnly'];
  if (!isIntegerIn(c.amount, 1, DEPOSITED_MAX + balanceOf(state, OUTSIDE, asset)))
    return refusal['amount.invalid'];
  if (!isLabelValid(c.reference)) return refusal['label.invalid'];
  const mayBeNumbered = c.id === undefined && settlement.vault === null;
  if (!mayBeNumbered && c.id !== state.globals.columns.depositCursor[0]) return refusal['deposit.outOfOrder'];
  const isKnown = deposits.some(
    (each) => each.reference === c.reference && each.account === c.account && each.asset === asset,
  );
  if (isKnown) return refusal['deposit.repeated'];
  return deposits.length >= DEPOSITS_MAX ? refusal['engine.full'] : OK;
}

function remember(engine: Engine, { account, amount, reference }: CreditDeposit, asset: number): void {
  const { directory, globals } = engine.state;
  const before = directory.deposits;
  directory.deposits = [...before, { account, asset, amount, reference, seq: globals.columns.seq[0]! }];
  directoryChanged(engine, () => {
    directory.deposits = before;
  });
}
