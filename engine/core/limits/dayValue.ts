import { collateralValueUsd } from '../accounts/collateralValue.ts';
import { balanceOf } from '../ledger/post.ts';
import { FIRST_ACCOUNT, USDC } from '../ledger/systemAccounts.ts';
import { highWater, NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import type { State } from '../state.ts';
import type { StateWriter } from '../stateWriter.ts';

/**
 * What an account is worth: USDC, coins at the index and unrealized PnL at the mark. Without the haircuts of equity:
 * who buys coins loses nothing by it, and nobody loses by what others deposit.
 *
 * @returns micro-USD, coins rounded down
 */
export function worthUsd(state: State, account: number): number {
  let usd = balanceOf(state, account, USDC);
  for (let asset = USDC + 1; asset < state.directory.assets.length; asset++) {
    const amount = balanceOf(state, account, asset);
    if (amount !== 0) usd += collateralValueUsd(state, asset, amount);
  }
  const { instrument, lots, entryValue, next } = state.positions.columns;
  const { mark } = state.instruments.columns;
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!)
    usd += lots[row]! * mark[instrument[row]!]! - entryValue[row]!;
  return usd;
}

/** What an account has lost this day as it was looked at last, micro-USD; a gain is negative. */
export function dayLossOf({ accounts }: State, account: number): number {
  return accounts.columns.dayBaseUsd[account]! - accounts.columns.dayValueUsd[account]!;
}

/** Looks at what an account is worth now. @returns what it has lost since the last look */
export function putDayValue({ state, undo }: StateWriter, account: number): number {
  const { dayValueUsd } = state.accounts.columns;
  const before = dayValueUsd[account]!;
  const now = worthUsd(state, account);
  if (now !== before) putF(undo, dayValueUsd, account, now);
  return before - now;
}

/** Adds a loss of the day to a limited node and those above it. */
export function addDayLoss({ state, undo }: StateWriter, first: number, usd: number): void {
  const { above, dayLossUsd } = state.limitedNodes.columns;
  for (let at = first; at !== NONE; at = above[at]!) putF(undo, dayLossUsd, at, dayLossUsd[at]! + usd);
}

/** Adds to what a limited node and those above it are worth. */
export function addWorth({ state, undo }: StateWriter, first: number, usd: number): void {
  const { above, worthUsd: worth } = state.limitedNodes.columns;
  for (let at = first; at !== NONE; at = above[at]!) putF(undo, worth, at, worth[at]! + usd);
}

/**
 * Takes note of collateral that has come to an account (negative: left it) without having been earned: its worth is
 * part of what the day is measured from.
 *
 * @param amount smallest units, posted already
 */
export function noteMovedIn(writer: StateWriter, account: number, asset: number, amount: number): void {
  const { state } = writer;
  const after = balanceOf(state, account, asset);
  const worth = (units: number) => (asset === USDC ? units : collateralValueUsd(state, asset, units));
  addUnearned(writer, account, worth(after) - worth(after - amount));
}

/** Coins that came before their first price get one: what they are worth was brought, not earned. */
export function notePriced(writer: StateWriter, underlying: number): void {
  const { state } = writer;
  for (const [asset, facts] of state.directory.assets.entries()) {
    if (asset === USDC || facts.underlying !== underlying) continue;
    for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++) {
      const amount = balanceOf(state, account, asset);
      if (amount !== 0) addUnearned(writer, account, collateralValueUsd(state, asset, amount));
    }
  }
}

/** Neither a gain nor a loss: what it is measured from moves with it, so no loss above has to. */
function addUnearned(writer: StateWriter, account: number, usd: number): void {
  const { state, undo } = writer;
  const { dayBaseUsd, dayValueUsd: value, limited } = state.accounts.columns;
  addWorth(writer, limited[account]!, usd);
  putF(undo, dayBaseUsd, account, dayBaseUsd[account]! + usd);
  putF(undo, value, account, value[account]! + usd);
}
