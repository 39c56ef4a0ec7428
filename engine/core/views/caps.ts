import type { LeverageCapView, OwnerCapView } from '../../protocol/views/account.ts';
import { microCoinsUsd, ownerCapMicroCoins } from '../caps/coinCaps.ts';
import { grossUsd, leverageCapOf } from '../caps/leverage.ts';
import { stakeRow } from '../caps/stakes.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';

const MILLI = 1_000;

/** Leverage caps that bind the account: its own, and those of coins it holds or has orders in. */
export function leverageCapsOf(state: State, account: number, equityUsd: number): LeverageCapView[] {
  const caps: LeverageCapView[] = [];
  const add = (underlying: number, name: string | null, leverageMilli: number): void => {
    if (leverageMilli === 0) return;
    const gross = grossUsd(state, account, underlying);
    const usedMilli = gross === 0 ? 0 : equityUsd <= 0 ? -1 : Math.ceil((gross * MILLI) / equityUsd);
    caps.push({ underlying: name, leverageMilli, usedMilli });
  };
  add(NONE, null, state.accounts.columns.leverageMilli[account]!);
  for (const [underlying, { name }] of state.directory.underlyings.entries())
    add(underlying, name, leverageCapOf(state, account, underlying));
  return caps;
}

/** Open interest on the coin of an instrument and what it may become, micro-USD at the index; null where nothing caps it. */
export function openInterestOf(state: State, instrument: number): { openUsd: number; capUsd: number } | null {
  if (instrument === NONE) return null;
  const { microCoinsPerLot, underlying: underlyingOf } = state.instruments.columns;
  const underlying = underlyingOf[instrument]!;
  const { indexE8, openMicroCoins, capMicroCoins } = state.underlyings.columns;
  // Spot is nobody's open interest, and before its first price a coin has no cap.
  if (microCoinsPerLot[instrument] === 0 || indexE8[underlying] === 0) return null;
  return {
    openUsd: Math.ceil(microCoinsUsd(state, underlying, openMicroCoins[underlying]!)),
    capUsd: Math.floor(microCoinsUsd(state, underlying, capMicroCoins[underlying]!)),
  };
}

/** What the account's firm could come to hold of each coin it has a stake in, and how much it may. */
export function ownerCapsOf(state: State, account: number): OwnerCapView[] {
  const firm = state.accounts.columns.firm[account]!;
  const { mostLong, mostShort } = state.stakes.columns;
  const caps: OwnerCapView[] = [];
  for (let underlying = 0; underlying < highWater(state.underlyings); underlying++) {
    const row = stakeRow(state, firm, underlying);
    if (mostLong[row] === 0 && mostShort[row] === 0) continue;
    caps.push({
      underlying: state.directory.underlyings[underlying]!.name,
      longUsd: Math.ceil(microCoinsUsd(state, underlying, mostLong[row]!)),
      shortUsd: Math.ceil(microCoinsUsd(state, underlying, mostShort[row]!)),
      capUsd: Math.floor(microCoinsUsd(state, underlying, ownerCapMicroCoins(state, firm, underlying))),
    });
  }
  return caps;
}
