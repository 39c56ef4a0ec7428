import type { ServeDemand } from '../../protocol/commands/settlement.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { FIRST_ACCOUNT } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import { unwindUntil } from '../moves/unwind.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { authorise } from './authorise.ts';
import { changeSettlement } from './changeSettlement.ts';
import { areUnitsFree, freeUnits } from './freeUnits.ts';
import type { DemandFacts } from './settlementFacts.ts';
import { isPayable, payableAtOnce } from './vaultCaps.ts';

/**
 * Serves what an owner demanded of the vault, to the owner's own address: as much as is missing and not on its way, is
 * free by the rule of a withdrawal, and leaves the vault at once. No policy, day limit or freeze of the account stands
 * against it: the vault is frozen for good where it is not paid. What is left over is served when it is free; over all
 * never more than was demanded. With `mayUnwind` it is made free: orders end and positions are closed, reduce-only, as
 * far as it takes; what the book does not take is tried again.
 *
 * Refusals: settlement.notOpen, account.unknown, asset.unknown, amount.invalid, parameters.invalid, demand.outOfDate,
 * demand.served, demand.notFree.
 */
export function serveDemand(engine: Engine, command: ServeDemand): number {
  const { state } = engine;
  const { account, block } = command;
  const asset = state.directory.assets.findIndex(({ name }) => name === command.asset);
  const code = judge(state, command, asset);
  if (code !== OK) return code;
  const { demands } = state.directory.settlement;
  const before = demands.find((each) => each.account === account);
  if (before !== undefined && !isLater(before, command, asset)) return refusal['demand.outOfDate'];
  const served = before?.block === block ? before.served : 0;
  const wanted = Math.min(command.missing - unitsOnTheirWay(state, account, asset), command.amount - served);
  if (wanted <= 0) return refusal['demand.served'];
  const piece = Math.min(wanted, payableAtOnce(state, asset));
  const isEnough = () => areUnitsFree(engine, account, asset, piece);
  const isUnwound = command.mayUnwind === true && !isEnough() && unwindUntil(engine, account, isEnough);
  const amount = freeUnits(engine, account, asset, piece);
  // What was closed stays so: the next try finds more free, or a book that gives more.
  if (amount === 0) return isUnwound ? OK : refusal['demand.notFree'];
  const to = state.directory.firms[state.accounts.columns.firm[account]!]!.owner;
  const facts: DemandFacts = { account, asset, block, amount: command.amount, served: served + amount };
  const nonce = authorise(engine, { account, asset, amount, to, demand: block });
  changeSettlement(engine, { demands: [...demands.filter((each) => each !== before), facts] });
  announce(engine.out, TAG.DemandServed, nonce, account, asset, amount, block);
  return OK;
}

function judge(state: State, command: ServeDemand, asset: number): number {
  const { account, amount, missing, block, asOf } = command;
  if (state.directory.settlement.vault === null) return refusal['settlement.notOpen'];
  if (!isIntegerIn(account, FIRST_ACCOUNT, highWater(state.accounts) - 1)) return refusal['account.unknown'];
  if (asset < 0) return refusal['asset.unknown'];
  if (!isIntegerIn(amount, 1, Number.MAX_SAFE_INTEGER) || !isIntegerIn(missing, 1, amount))
    return refusal['amount.invalid'];
  const isOfItsTime =
    isIntegerIn(block, 0, Number.MAX_SAFE_INTEGER) && isIntegerIn(asOf, block, Number.MAX_SAFE_INTEGER);
  return isOfItsTime ? OK : refusal['parameters.invalid'];
}

/** Whether a demand is later than the one that was served before, or that very one. */
function isLater(before: DemandFacts, { block, amount }: ServeDemand, asset: number): boolean {
  return (
    block > before.block || (block === before.block && asset === before.asset && amount === before.amount)
  );
}

/** What the vault will pay of what was authorised; what it refuses by now counts for nothing. */
function unitsOnTheirWay(state: State, account: number, asset: number): number {
  const most = payableAtOnce(state, asset);
  return state.directory.settlement.withdrawals.reduce(
    (sum, each) =>
      each.account === account &&
      each.asset === asset &&
      each.amount <= most &&
      isPayable(state, account, each.to)
        ? sum + each.amount
        : sum,
    0,
  );
}
