import type { AccountView, BalanceView, PotView } from '../../protocol/views/account.ts';
import { collateralValueUsd, collateralWeightPpm } from '../accounts/collateralValue.ts';
import { potsOf } from '../accounts/pots.ts';
import type { Engine } from '../engine.ts';
import { balanceOf } from '../ledger/post.ts';
import { USDC } from '../ledger/systemAccounts.ts';
import { liquidationDistance } from '../margin/distance.ts';
import { countedUsd, equityUsd } from '../margin/equity.ts';
import { explainMargin } from '../margin/explain.ts';
import { maintenanceMarginUsd } from '../margin/requirement.ts';
import type { State } from '../state.ts';
import { leverageCapsOf, ownerCapsOf } from './caps.ts';
import { potOfView } from './directory.ts';
import { marginCallOf } from './marginCall.ts';
import { ordersOf } from './order.ts';
import { orderMarginsOf } from './orderMargins.ts';
import { positionsOf } from './positions.ts';

/** A whole account at the state's sequence: what it holds, what it may become, and how far it is from liquidation. */
export function accountViewOf(engine: Engine, account: number): AccountView {
  const { state, risk } = engine;
  const { directory } = state;
  const { label, firm } = directory.accounts[account]!;
  const parameters = risk.parameters();
  const movableUsd = risk.movableUsd(account);
  const portfolio = risk.portfolioOf(account);
  const margin = explainMargin(parameters, portfolio);
  return {
    account,
    firm,
    label,
    firmLabel: directory.firms[firm]!.label,
    potOf: potOfView(state, account),
    pots: potViewsOf(state, account),
    movableUsd,
    leverageCaps: leverageCapsOf(state, account, equityUsd(portfolio)),
    ownerCaps: ownerCapsOf(state, account),
    seq: state.globals.columns.seq[0]!,
    timeMs: state.globals.columns.timeMs[0]!,
    balances: balancesOf(state, account),
    positions: positionsOf(state, account, margin.maintenance.scenario),
    orders: ordersOf(state, account),
    orderMargins: orderMarginsOf(engine, account),
    margin,
    announced: announcedMarginOf(engine, account),
    distance: distanceViewOf(engine, account),
    marginCall: marginCallOf(state, account),
  };
}

function potViewsOf(state: State, account: number): PotView[] {
  return potsOf(state, account).map((pot) => ({
    account: pot,
    underlying: potOfView(state, pot)!.underlying,
    label: state.directory.accounts[pot]!.label,
  }));
}

/** Every schedule steps on the full hour, so one time is the next for all. */
function announcedMarginOf({ state, risk }: Engine, account: number): AccountView['announced'] {
  const { nowPpm, nextPpm, nextAtMs } = state.multipliers.columns;
  const row = nextPpm.findIndex((next, underlying) => next !== nowPpm[underlying]);
  if (row < 0) return null;
  const maintenanceUsd = maintenanceMarginUsd(risk.announcedParameters(), risk.portfolioOf(account));
  return { atMs: nextAtMs[row]!, maintenanceUsd };
}

function distanceViewOf({ state, risk }: Engine, account: number): AccountView['distance'] {
  const prices = state.underlyings.columns.indexE8;
  const view = liquidationDistance(risk.parameters(), risk.portfolioOf(account));
  const idOf = new Map(state.directory.underlyings.map(({ name }, id) => [name, id]));
  const priceAt = (underlying: string, move: number): number => {
    const id = idOf.get(underlying);
    return id === undefined ? 0 : Math.max(0, Math.round((prices[id]! / 100) * (1 + move)));
  };
  return {
    ...view,
    rows: view.rows.map((row) =>
      row.kind === 'joint' ? row : { ...row, priceUsd: priceAt(row.underlying, row.move) },
    ),
  };
}

function balancesOf(state: State, account: number): BalanceView[] {
  return state.directory.assets.flatMap(({ name }, asset) => {
    const amount = balanceOf(state, account, asset);
    if (amount === 0 && asset !== USDC) return [];
    const value = asset === USDC ? amount : collateralValueUsd(state, asset, amount);
    const counted = countedUsd(value, collateralWeightPpm(state, asset));
    return [{ asset, name, amount, valueUsd: value, countedUsd: counted }];
  });
}
