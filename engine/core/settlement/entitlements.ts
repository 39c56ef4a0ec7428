import { assert } from '../../units/assert.ts';
import { wholeUnitsOf } from '../accounts/collateralValue.ts';
import { balanceRow } from '../ledger/post.ts';
import { DUST, FEES, FIRST_ACCOUNT, INSURANCE } from '../ledger/systemAccounts.ts';
import type { State } from '../state.ts';
import { coverDebts } from './coverDebts.ts';
import { creditedOf } from './credited.ts';
import { realisedBalances } from './realised.ts';
import { type UnwindPrices, unwindPrices } from './unwindPrices.ts';

/** What an account could take out of the vault by the state alone, by asset, smallest units. */
export interface Entitlement {
  account: number;
  entitled: readonly bigint[];
}

/**
 * What every account is entitled to: what an unwind at the time of the state would leave it, and all that was ever
 * authorised to leave it through the vault, paid or not.
 *
 * All orders are cancelled, funding is paid up to now, positions are closed at the unwind prices, debts are covered
 * (`coverDebts`). The state does not change, and nothing but the state is asked.
 *
 * @returns accounts of people, pots, and the fees, the insurance fund and dust, ascending; together exactly what was
 * ever credited, per asset
 */
export function entitlements(state: State, prices: UnwindPrices = unwindPrices(state)): Entitlement[] {
  const { assets } = state.directory;
  const terms = { ...prices, wholeUnits: assets.map((_, asset) => wholeUnitsOf(state, asset)) };
  const left = coverDebts(realisedBalances(state, prices.perLot), terms);
  const { authorised } = state.balances.columns;
  const entitled = left.flatMap((units, account) =>
    hasLeaf(account)
      ? [
          {
            account,
            entitled: units.map(
              (each, asset) => each + BigInt(authorised[balanceRow(state, account, asset)]!),
            ),
          },
        ]
      : [],
  );
  for (let asset = 0; asset < assets.length; asset++) {
    const sum = entitled.reduce((total, each) => total + each.entitled[asset]!, 0n);
    const credited = creditedOf(state, asset);
    assert(sum === credited, `asset ${asset}: leaves sum to ${sum}, ${credited} were credited`);
  }
  return entitled;
}

/** Whether an account is somebody's: the outside world, clearing and reserved numbers are nobody's. */
function hasLeaf(account: number): boolean {
  return account >= FIRST_ACCOUNT || account === FEES || account === INSURANCE || account === DUST;
}
