import type { RevertDeposit } from '../../protocol/commands/settlement.ts';
import { CancelReason, LedgerReason } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { collateralValueUsd } from '../accounts/collateralValue.ts';
import { unitsOnSale } from '../accounts/unitsOnSale.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { balanceOf, balanceRow, post } from '../ledger/post.ts';
import { OUTSIDE, USDC } from '../ledger/systemAccounts.ts';
import { noteMovedIn } from '../limits/dayValue.ts';
import { highWater, NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { instrumentOfOrder } from '../orders/books.ts';
import { cancelRow } from '../orders/cancelRow.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { changeSettlement } from './changeSettlement.ts';
import { noteUncredited } from './credited.ts';
import type { SettlementFacts } from './settlementFacts.ts';
import { shareShortfall } from './shareShortfall.ts';

type Counted = SettlementFacts['counted'][number];

/**
 * Takes back a deposit that is in the vault no more: the last one that was counted, whose number is free again, or, where
 * its owner reclaimed it before a root counted it, any one, whose number stays. Its account is debited: of USDC into debt
 * where it must be, which an unwind covers as any debt; of another asset it gives what it has, the insurance fund, the
 * fees and then everybody the rest, and it owes them what that is worth. Roots that counted it may be cut again. Saying so
 * twice is not an error.
 *
 * Refusals: settlement.notOpen, parameters.invalid, deposit.outOfOrder, deposit.unknown, withdrawal.vaultShort.
 */
export function revertDeposit(engine: Engine, { id, isReclaimed = false }: RevertDeposit): number {
  const { state, undo, out } = engine;
  const { depositCursor } = state.globals.columns;
  const { vault, counted } = state.directory.settlement;
  const cursor = depositCursor[0]!;
  if (vault === null) return refusal['settlement.notOpen'];
  if (typeof isReclaimed !== 'boolean') return refusal['parameters.invalid'];
  if (!isIntegerIn(id, 0, isReclaimed ? cursor - 1 : cursor)) return refusal['deposit.outOfOrder'];
  if (id === cursor) return OK;
  if (!isReclaimed && id !== cursor - 1) return refusal['deposit.outOfOrder'];
  const deposit = counted.find((each) => each.id === id);
  if (deposit === undefined) return refusal['deposit.unknown'];
  const { account, asset, amount } = deposit;
  if (isReclaimed && amount === 0) return OK;
  const open = openReturn(state, deposit);
  if (open === undefined && amount > -balanceOf(state, OUTSIDE, asset))
    return refusal['withdrawal.vaultShort'];
  const gone = isReclaimed ? [{ ...deposit, amount: 0 }] : [];
  noteUncredited(engine, asset, amount);
  if (!isReclaimed) putF(undo, depositCursor, 0, id);
  changeSettlement(engine, {
    ...withoutReturn(engine, deposit, open),
    counted: [...counted.filter((each) => each.id < id), ...gone, ...counted.filter((each) => each.id > id)],
    root: rewound(state),
  });
  if (open === undefined && amount > 0) takeBack(engine, deposit);
  announce(out, TAG.DepositReverted, id, account, asset, amount);
  return OK;
}

/** What was cut counts a deposit that is gone: that epoch, and those before it, may be cut again. */
function rewound({ directory }: State): SettlementFacts['root'] {
  const { root } = directory.settlement;
  return root === null ? null : { ...root, isRewound: true };
}

/** Its way back to its owner, where no account could take it and nothing was paid yet. */
function openReturn({ directory }: State, { nonce }: Counted) {
  return directory.settlement.withdrawals.find((each) => each.nonce === nonce);
}

/** What goes back no more, because it is not there. */
function withoutReturn(
  { state, undo }: Engine,
  { account, sub, asset, amount }: Counted,
  open: ReturnType<typeof openReturn>,
): Partial<SettlementFacts> {
  if (open === undefined) return {};
  const { withdrawals, returned } = state.directory.settlement;
  const others = { withdrawals: withdrawals.filter((each) => each !== open) };
  if (account !== NONE) {
    const { authorised } = state.balances.columns;
    const row = balanceRow(state, account, asset);
    putF(undo, authorised, row, authorised[row]! - amount);
    return others;
  }
  const less = returned.map((each) =>
    each.sub === sub && each.asset === asset
      ? { ...each, units: String(BigInt(each.units) - BigInt(amount)) }
      : each,
  );
  return { ...others, returned: less.filter(({ units }) => units !== '0') };
}

/** Units leave whoever has to give them; whoever gives for another is owed their worth at the index, rounded down. */
function takeBack(engine: Engine, { account, asset, amount, nonce }: Counted): void {
  const { state } = engine;
  // What went back and was paid has left: whoever had it owes nothing here.
  const from = nonce === undefined ? account : NONE;
  if (from !== NONE) noteMovedIn(engine, from, asset, -amount);
  if (from !== NONE && asset === USDC)
    return post(engine, from, OUTSIDE, USDC, amount, LedgerReason.depositReverted, NONE);
  const held = Array.from({ length: highWater(state.accounts) }, (_, of) => balanceOf(state, of, asset));
  for (const [giver, units] of shareShortfall(held, from, amount).entries()) {
    if (units === 0) continue;
    endSales(engine, giver, asset, units);
    post(engine, giver, OUTSIDE, asset, units, LedgerReason.depositReverted, NONE);
    const worth = giver === from || from === NONE ? 0 : collateralValueUsd(state, asset, units);
    if (worth > 0) post(engine, from, giver, USDC, worth, LedgerReason.depositReverted, NONE);
  }
}

/** Nothing stays on sale that is there no more. */
function endSales(engine: Engine, account: number, asset: number, units: number): void {
  const { state } = engine;
  if (balanceOf(state, account, asset) - units >= unitsOnSale(state, account, asset)) return;
  const { baseAsset } = state.instruments.columns;
  const { nextOfAccount } = state.book.orders.columns;
  let row = state.accounts.columns.firstOrder[account]!;
  while (row !== NONE) {
    const next = nextOfAccount[row]!;
    if (baseAsset[instrumentOfOrder(state, row)] === asset)
      cancelRow(engine, row, -1, CancelReason.marginInsufficient);
    row = next;
  }
}
