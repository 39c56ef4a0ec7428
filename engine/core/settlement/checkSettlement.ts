import { assert } from '../../units/assert.ts';
import { balanceOf, balanceRow } from '../ledger/post.ts';
import { OUTSIDE } from '../ledger/systemAccounts.ts';
import { highWater } from '../memory/table.ts';
import type { State } from '../state.ts';
import { creditedOf } from './credited.ts';

/**
 * What lies outside is what was credited and not authorised to leave, per asset; open withdrawals are part of what was
 * authorised, each once; deposits are remembered exactly as long as no vault counts them.
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
    const inside = -BigInt(balanceOf(state, OUTSIDE, asset));
    assert(
      inside === creditedOf(state, asset) - left,
      `asset ${asset}: ${inside} are owed, ${creditedOf(state, asset)} were credited and ${left} left`,
    );
  }
  const remembered = settlement.vault === null ? depositCursor[0] : 0;
  assert(deposits.length === remembered, 'deposits are remembered until a vault holds them, all of them');
  let before = 0;
  for (const { nonce, amount } of settlement.withdrawals) {
    assert(
      nonce > before && nonce <= withdrawalNonce[0]! && amount > 0,
      'withdrawals ascend by their number',
    );
    before = nonce;
  }
}

function openOf(state: State, account: number, asset: number): number {
  let units = 0;
  for (const each of state.directory.settlement.withdrawals)
    if (each.account === account && each.asset === asset) units += each.amount;
  return units;
}
