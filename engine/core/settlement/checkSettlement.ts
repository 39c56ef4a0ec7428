import { assert } from '../../units/assert.ts';
import { balanceOf, balanceRow } from '../ledger/post.ts';
import { OUTSIDE, USDC } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import type { State } from '../state.ts';
import { creditedOf } from './credited.ts';

/**
 * What lies outside is what was credited and not authorised to leave, per asset; open withdrawals are part of what was
 * authorised, each once; nobody owes anything but USDC; deposits are remembered exactly as long as no vault counts them.
 */
export function checkSettlement(state: State): void {
  const { authorised } = state.balances.columns;
  const { deposits, settlement } = state.directory;
  const { depositCursor, withdrawalNonce } = state.globals.columns;
  for (let asset = 0; asset < state.directory.assets.length; asset++) {
    let left = 0n;
    for (let account = 0; account < highWater(state.accounts); account++) {
      const units = authorised[balanceRow(state, account, asset)]!;
      assert(units >= openOf(state, account, asset), 'what waits to be paid was authorised');
      left += BigInt(units);
    }
    for (const each of settlement.returned) if (each.asset === asset) left += BigInt(each.units);
    assert(asset === USDC || owedBy(state, asset) === 0, `somebody owes asset ${asset}`);
    const inside = -BigInt(balanceOf(state, OUTSIDE, asset));
    assert(inside >= 0n, `more of asset ${asset} has left than was credited`);
    assert(
      inside === creditedOf(state, asset) - left,
      `asset ${asset}: ${inside} are owed, ${creditedOf(state, asset)} were credited and ${left} left`,
    );
  }
  const remembered = settlement.vault === null ? depositCursor[0] : 0;
  assert(deposits.length === remembered, 'deposits are remembered until a vault holds them, all of them');
  checkCounted(state);
  let before = 0;
  for (const { nonce, amount } of settlement.withdrawals) {
    assert(
      nonce > before && nonce <= withdrawalNonce[0]! && amount > 0,
      'withdrawals ascend by their number',
    );
    before = nonce;
  }
}

/** The last deposits, without a gap up to the cursor. */
function checkCounted({ directory, globals }: State): void {
  const { counted } = directory.settlement;
  const first = globals.columns.depositCursor[0]! - counted.length;
  for (const [index, { id, amount }] of counted.entries())
    assert(id === first + index && amount >= 0, `deposit ${first + index} is remembered as ${id}`);
}

/** What accounts owe of an asset, ≤ 0. */
function owedBy(state: State, asset: number): number {
  let owed = 0;
  for (let account = 0; account < highWater(state.accounts); account++)
    if (account !== OUTSIDE) owed += Math.min(0, balanceOf(state, account, asset));
  return owed;
}

function openOf(state: State, account: number, asset: number): number {
  let units = 0;
  for (const each of state.directory.settlement.withdrawals)
    if (each.account === account && each.asset === asset) units += each.amount;
  return units;
}
