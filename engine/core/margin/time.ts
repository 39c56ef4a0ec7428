import type { TimeView } from '../../protocol/views/margin.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { maintenanceEquityUsd, maintenanceMarginUsd } from './requirement.ts';

/** Farther than this nobody believes that rates stay what they are. */
const DAYS_MAX = 3_650;

/**
 * How long the account lasts when no price moves: funding, interest and the decay of options are rolled on
 * at today's rates until equity meets maintenance margin.
 *
 * @returns reasons that cost, the largest first; `never` when they bring in more than they cost
 * @see engine/core/margin/README.md, Liquidation distance
 * @example 8 000 USD above maintenance, funding −200 and theta −600 a day → 10 days
 */
export function timeToLiquidation(parameters: RiskParameters, portfolio: Portfolio): TimeView {
  const reasons = [
    { name: 'time value of options', usdPerDay: portfolio.thetaUsdPerDay },
    { name: 'funding', usdPerDay: portfolio.fundingUsdPerDay },
    { name: 'interest on owed USDC', usdPerDay: portfolio.interestUsdPerDay },
  ]
    .filter(({ usdPerDay }) => usdPerDay !== 0)
    .sort((a, b) => a.usdPerDay - b.usdPerDay);
  const netUsdPerDay = reasons.reduce((sum, { usdPerDay }) => sum + usdPerDay, 0);
  const surplus = maintenanceEquityUsd(parameters, portfolio) - maintenanceMarginUsd(parameters, portfolio);
  if (surplus <= 0 && portfolio.count > 0) return { state: 'liquidatable', days: 0, netUsdPerDay, reasons };
  const days = netUsdPerDay < 0 ? surplus / -netUsdPerDay : Number.POSITIVE_INFINITY;
  if (days > DAYS_MAX) return { state: 'never', days: DAYS_MAX, netUsdPerDay, reasons };
  return { state: 'measured', days, netUsdPerDay, reasons };
}
