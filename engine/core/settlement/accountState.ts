import type { HexWord } from '../../protocol/settlement/root.ts';
import { type Canonical, canonicalJson } from '../../units/canonicalJson.ts';
import { accruedFunding } from '../funding/fundingPayment.ts';
import { balanceOf, balanceRow } from '../ledger/post.ts';
import { NONE } from '../memory/table.ts';
import { instrumentOfOrder } from '../orders/books.ts';
import { policyHashOf } from '../policy/policyOf.ts';
import type { State } from '../state.ts';

/**
 * All that the engine keeps of an account, as the text its leaf commits to: assets and instruments by name, balances
 * and what was authorised to leave in smallest units, positions with their cost and the funding they have gathered in
 * micro-USD, open orders by their price and open lots, and the policy its firm is judged by.
 *
 * @returns canonical JSON
 */
export function accountStateText(state: State, account: number): string {
  const { directory, accounts } = state;
  const firm = accounts.columns.firm[account]!;
  const { seq, timeMs } = state.globals.columns;
  return canonicalJson({
    account,
    owner: directory.firms[firm]!.owner,
    policy: firm === 0 ? null : policyHashOf(state, firm),
    seq: seq[0]!,
    timeMs: timeMs[0]!,
    balances: byAsset(state, (asset) => balanceOf(state, account, asset)),
    authorised: byAsset(
      state,
      (asset) => state.balances.columns.authorised[balanceRow(state, account, asset)]!,
    ),
    positions: positionsOf(state, account),
    orders: ordersOf(state, account),
  });
}

/** The same of a subaccount of the vault that no account is: what went back to it, in smallest units. */
export function returnedStateText(state: State, sub: HexWord): string {
  const { seq, timeMs } = state.globals.columns;
  const returned = state.directory.settlement.returned.filter((each) => each.sub === sub);
  return canonicalJson({
    sub,
    seq: seq[0]!,
    timeMs: timeMs[0]!,
    returned: Object.fromEntries(
      returned.map(({ asset, units }) => [state.directory.assets[asset]!.name, units]),
    ),
  });
}

function byAsset(state: State, unitsOf: (asset: number) => number): Canonical {
  return Object.fromEntries(state.directory.assets.map(({ name }, asset) => [name, unitsOf(asset)]));
}

function positionsOf(state: State, account: number): Canonical[] {
  const { instrument, lots, entryValue, next } = state.positions.columns;
  const held: Canonical[] = [];
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!) {
    const { name } = state.directory.instruments[instrument[row]!]!;
    const funding = accruedFunding(state, row);
    if (lots[row] !== 0 || funding !== 0)
      held.push({ instrument: name, lots: lots[row]!, entryValue: entryValue[row]!, funding });
  }
  return held;
}

/** Newest first: instrument, number, price in ticks, open lots. */
function ordersOf(state: State, account: number): Canonical[] {
  const { id, priceTicks, openLots, nextOfAccount } = state.book.orders.columns;
  const open: Canonical[] = [];
  for (let row = state.accounts.columns.firstOrder[account]!; row !== NONE; row = nextOfAccount[row]!) {
    const { name } = state.directory.instruments[instrumentOfOrder(state, row)]!;
    open.push([name, id[row]!, priceTicks[row]!, openLots[row]!]);
  }
  return open;
}
