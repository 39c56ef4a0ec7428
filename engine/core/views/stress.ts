import type { StressedAccountView, StressesView, StressView } from '../../protocol/views/stress.ts';
import type { Engine } from '../engine.ts';
import { equityUsd } from '../margin/equity.ts';
import { maintenanceMarginUsd } from '../margin/requirement.ts';
import { stressPortfolio } from '../margin/stress.ts';
import { type Stress, stressesFor, VOLATILITY_STEP_PERCENT } from '../margin/stresses.ts';

/** What the fixed list of stresses would do to accounts, at the state's sequence. */
export function stressesViewOf(engine: Engine, accounts: readonly number[]): StressesView {
  const { globals } = engine.state;
  const stresses = stressesFor(engine.risk.parameters());
  return {
    seq: globals.columns.seq[0]!,
    timeMs: globals.columns.timeMs[0]!,
    stresses: stresses.map(stressViewOf),
    accounts: accounts.map((account) => stressedAccountOf(engine, account, stresses)),
  };
}

function stressViewOf({ id, name, volatility }: Stress): StressView {
  const percent = volatility < 0 ? VOLATILITY_STEP_PERCENT.down : VOLATILITY_STEP_PERCENT.up;
  return { id, name, volatility: (volatility * percent) / 100 };
}

function stressedAccountOf(
  { state, risk }: Engine,
  account: number,
  stresses: readonly Stress[],
): StressedAccountView {
  const parameters = risk.parameters();
  const portfolio = risk.portfolioOf(account);
  return {
    account,
    label: state.directory.accounts[account]!.label,
    equityUsd: equityUsd(portfolio),
    maintenanceUsd: maintenanceMarginUsd(parameters, portfolio),
    outcomes: stresses.map((stress) => stressPortfolio(parameters, portfolio, stress)),
  };
}
