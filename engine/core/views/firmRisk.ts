import type { HeldBalanceView, HeldPositionView, LimitUseView } from '../../protocol/views/firmRisk.ts';
import { collateralValueUsd } from '../accounts/collateralValue.ts';
import type { Engine } from '../engine.ts';
import { balanceOf } from '../ledger/post.ts';
import { FIRST_ACCOUNT, USDC } from '../ledger/systemAccounts.ts';
import { worthUsd } from '../limits/dayValue.ts';
import { limitUsesOf } from '../limits/limitUses.ts';
import { requirementOf } from '../margin/requirement.ts';
import { highWater, NONE } from '../memory/table.ts';
import type { State } from '../state.ts';
import { deltaUsdPerLot } from './positions.ts';

/** An account in the numbers that add up; its distance, which is dear, is measured apart. */
export function accountRiskOf({ state, risk }: Engine, account: number) {
  const { equityUsd, heldBackUsd, initialUsd, maintenanceUsd, freeUsd, ratioPpm } = requirementOf(
    risk.parameters(),
    risk.portfolioOf(account),
  );
  const positions = positionsHeld(state, account, risk.parameters().sigmaNow);
  const { node, potOf } = state.accounts.columns;
  return {
    account,
    label: state.directory.accounts[account]!.label,
    node: node[account]!,
    potOf: potOf[account] === NONE ? null : potOf[account]!,
    equityUsd,
    heldBackUsd,
    dayPnlUsd: dayPnlUsd(state, account),
    unrealizedPnlUsd: positions.reduce((sum, { unrealizedPnlUsd }) => sum + unrealizedPnlUsd, 0),
    initialUsd,
    maintenanceUsd,
    freeUsd,
    ratioPpm,
    positions,
    balances: balancesHeld(state, account),
  };
}

/** What the account has earned since 00:00 UTC, now; null before the desk's first day has begun. */
function dayPnlUsd(state: State, account: number): number | null {
  const hasBegun = state.globals.columns.daySinceMs[0] !== 0;
  return hasBegun ? worthUsd(state, account) - state.accounts.columns.dayBaseUsd[account]! : null;
}

function positionsHeld(state: State, account: number, sigmaNow: Float64Array): HeldPositionView[] {
  const { instrument, lots, entryValue, next } = state.positions.columns;
  const { mark, underlying } = state.instruments.columns;
  const held: HeldPositionView[] = [];
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!) {
    const [of, size] = [instrument[row]!, lots[row]!];
    if (size === 0) continue;
    const deltaUsd = Math.round(size * deltaUsdPerLot(state, of));
    held.push({
      instrument: of,
      name: state.directory.instruments[of]!.name,
      underlying: state.directory.underlyings[underlying[of]!]!.name,
      lots: size,
      markUsdPerLot: mark[of]!,
      unrealizedPnlUsd: size * mark[of]! - entryValue[row]!,
      deltaUsd,
      sigmaDayUsd: Math.round(Math.abs(deltaUsd) * sigmaNow[underlying[of]!]!),
    });
  }
  return held;
}

function balancesHeld(state: State, account: number): HeldBalanceView[] {
  return state.directory.assets.flatMap(({ name, underlying }, asset) => {
    const amount = balanceOf(state, account, asset);
    if (amount === 0) return [];
    const valueUsd = asset === USDC ? amount : collateralValueUsd(state, asset, amount);
    const of = asset === USDC ? '' : state.directory.underlyings[underlying]!.name;
    return [{ asset: name, underlying: of, amount, valueUsd }];
  });
}

/**
 * What the places of these accounts' firms use of their limits. A sum is told to whoever sees all it sums: a limit
 * above an account that is not among them is left out.
 */
export function limitUsesAbove(state: State, accounts: readonly number[]): LimitUseView[] {
  const seen = new Set(accounts);
  const { node: nodeOf, firm: firmOf } = state.accounts.columns;
  const { parent, limits } = state.nodes.columns;
  const firms = new Set(accounts.map((account) => firmOf[account]!));
  const shown = new Set<number>();
  const hidden = new Set<number>();
  for (let account = FIRST_ACCOUNT; account < highWater(state.accounts); account++) {
    if (!firms.has(firmOf[account]!)) continue;
    const into = seen.has(account) ? shown : hidden;
    for (let node = nodeOf[account]!; node !== NONE && !into.has(node); node = parent[node]!) into.add(node);
  }
  return [...shown]
    .filter((node) => !hidden.has(node) && limits[node] !== NONE)
    .sort((a, b) => a - b)
    .flatMap((node) => limitUsesOf(state, limits[node]!));
}
