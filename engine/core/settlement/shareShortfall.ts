import { assert } from '../../units/assert.ts';
import { DUST, FEES, FIRST_ACCOUNT, INSURANCE } from '../ledger/systemAccounts.ts';
import { NONE } from '../memory/table.ts';

/**
 * Who gives the units of an asset that are there no more: first who had them credited, as far as he has some, then the
 * insurance fund, then the fees, then everybody who holds some, each the same share to the unit.
 *
 * @param held units by account; a debt gives nothing
 * @param from who had them credited; NONE where that is nobody
 * @param amount ≥ 0
 * @returns units by account, none more than it holds; together the amount
 * @fails AssertionError where less is held than that
 */
export function shareShortfall(held: readonly number[], from: number, amount: number): number[] {
  const taken = held.map(() => 0);
  let left = amount;
  for (const account of [from, INSURANCE, FEES]) {
    if (account === NONE) continue;
    taken[account] = Math.min(left, Math.max(0, held[account]!));
    left -= taken[account];
  }
  if (left === 0) return taken;
  const isSharing = (account: number) => account === DUST || (account >= FIRST_ACCOUNT && account !== from);
  const all = held.reduce((sum, units, account) => sum + (isSharing(account) ? sharedOf(units) : 0n), 0n);
  assert(all >= BigInt(left), `${left} units are missing and ${all} are held`);
  let before = 0n;
  for (const [account, units] of held.entries()) {
    if (!isSharing(account)) continue;
    // The differences of rounded sums add up to the whole, and none is a unit off its share.
    const upTo = before + sharedOf(units);
    taken[account] = Number((upTo * BigInt(left)) / all - (before * BigInt(left)) / all);
    before = upTo;
  }
  return taken;
}

function sharedOf(units: number): bigint {
  return BigInt(Math.max(0, units));
}
