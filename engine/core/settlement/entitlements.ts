import type { HexWord } from '../../protocol/settlement/root.ts';
import { assert } from '../../units/assert.ts';
import { wholeUnitsOf } from '../accounts/collateralValue.ts';
import { balanceRow } from '../ledger/post.ts';
import { DUST, FEES, FIRST_ACCOUNT, INSURANCE } from '../ledger/systemAccounts.ts';
import { NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { coverDebts } from './coverDebts.ts';
import { creditedOf } from './credited.ts';
import { realisedBalances } from './realised.ts';
import { subOf } from './subOf.ts';
import { type UnwindPrices, unwindPrices } from './unwindPrices.ts';

/** What an account could take out of the vault by the state alone, by asset, smallest units. */
export interface Entitlement {
  /** −1 of a subaccount of the vault that no account is. */
  account: number;
  sub: HexWord;
  entitled: readonly bigint[];
}

/**
 * What every account is entitled to: what an unwind at the time of the state would leave it, and all that was ever
 * authorised to leave it through the vault, paid or not.
 *
 * All orders are cancelled, funding is paid up to now, positions are closed at the unwind prices, debts are covered
 * (`coverDebts`). The state does not change, and nothing but the state is asked.
 *
 * @returns accounts of people, pots, and the fees, the insurance fund and dust, ascending, then whom no account belongs
 * and deposits went back to; together exactly what was ever credited, per asset
 */
export function entitlements(state: State, prices: UnwindPrices = unwindPrices(state)): Entitlement[] {
  const { assets } = state.directory;
  const terms = { ...prices, wholeUnits: assets.map((_, asset) => wholeUnitsOf(state, asset)) };
  const left = coverDebts(realisedBalances(state, prices.perLot), terms);
  const { authorised } = state.balances.columns;
  const ofAccounts = left.flatMap((units, account) =>
    hasLeaf(account)
      ? [
          {
            account,
            sub: subOf(state, account),
            entitled: units.map(
              (each, asset) => each + BigInt(authorised[balanceRow(state, account, asset)]!),
            ),
          },
        ]
      : [],
  );
  const entitled = withReturned(state, ofAccounts);
  for (let asset = 0; asset < assets.length; asset++) {
    const sum = entitled.reduce((total, each) => total + each.entitled[asset]!, 0n);
    const credited = creditedOf(state, asset);
    assert(sum === credited, `asset ${asset}: leaves sum to ${sum}, ${credited} were credited`);
  }
  return entitled;
}

/** Adds deposits that went back to whom no account belonged; where one has been opened since, it is that one's leaf. */
function withReturned({ directory }: State, accounts: Entitlement[]): Entitlement[] {
  if (directory.settlement.returned.length === 0) return accounts;
  const bySub = new Map(accounts.map((each) => [each.sub, { ...each, entitled: [...each.entitled] }]));
  for (const { sub, asset, units } of directory.settlement.returned) {
    const none = { account: NONE, sub, entitled: directory.assets.map(() => 0n) };
    const leaf = bySub.get(sub) ?? none;
    leaf.entitled[asset] = leaf.entitled[asset]! + BigInt(units);
    bySub.set(sub, leaf);
  }
  return [...bySub.values()];
}

/** Whether an account is somebody's: the outside world, clearing and reserved numbers are nobody's. */
function hasLeaf(account: number): boolean {
  return account >= FIRST_ACCOUNT || account === FEES || account === INSURANCE || account === DUST;
}
