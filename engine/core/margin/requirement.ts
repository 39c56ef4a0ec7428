import { BPS_SCALE } from '../../units/rate.ts';
import { mulDivCeil } from '../../units/round.ts';
import { equityUsd } from './equity.ts';
import { ratioPpmOf } from './health.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { computeScan } from './scan.ts';
import { createScanScratch } from './scratch.ts';

/** Requirements of an account in the few numbers that decide about it. */
export interface Requirement {
  equityUsd: number;
  initialUsd: number;
  maintenanceUsd: number;
  /** Equity − initial margin. Negative: no new risk. */
  freeUsd: number;
  /** H in ppm; −1 when equity is gone. */
  ratioPpm: number;
}

const scratch = createScanScratch();

/**
 * Equity needed to open or increase risk.
 *
 * The scan with open orders at their worst. It can fall below maintenance margin only where new risk moves
 * in wider ranges than old (a risen volatility, a large owner) and those ranges favour a hedge; then
 * maintenance margin is what is needed.
 *
 * @returns micro-USD, rounded up; 0 for an empty account
 * @see engine/core/margin/README.md, Requirements
 * @example long 1 000 USD of BTC → 30.311698 USD
 */
export function initialMarginUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  const scan = computeScan(parameters, portfolio, 'initial', scratch);
  // No scan passes the sum of its legs alone, and legs of new risk are no smaller than those of old.
  const maintenanceMax = (scratch.standaloneSum * parameters.maintenanceShareBps) / BPS_SCALE + 1;
  if (scan >= maintenanceMax || !isWiderThanMaintenance(parameters, portfolio)) return scan;
  return Math.max(scan, maintenanceMarginUsd(parameters, portfolio));
}

/**
 * Equity the account must keep so that liquidation does not start: 60 % of the scan of its positions.
 *
 * @returns micro-USD, rounded up; 0 for an account without positions
 * @example long 1 000 USD of BTC → 18.187019 USD
 */
export function maintenanceMarginUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  const scan = computeScan(parameters, portfolio, 'maintenance', scratch);
  return mulDivCeil(scan, parameters.maintenanceShareBps, BPS_SCALE);
}

/** Whether some range of initial margin differs from that of maintenance margin; if none does, the scan is no smaller. */
function isWiderThanMaintenance(parameters: RiskParameters, portfolio: Portfolio): boolean {
  if (parameters.isInitialWider) return true;
  for (let row = 0; row < portfolio.count; row++) {
    if (portfolio.othersLong[row]! > 0 || portfolio.othersShort[row]! > 0) return true;
  }
  return false;
}

/** Equity, both requirements and what follows from them. */
export function requirementOf(parameters: RiskParameters, portfolio: Portfolio): Requirement {
  const equity = equityUsd(portfolio);
  const initialUsd = initialMarginUsd(parameters, portfolio);
  const maintenanceUsd = maintenanceMarginUsd(parameters, portfolio);
  const ratioPpm = ratioPpmOf({ maintenanceUsd, equityUsd: equity });
  return { equityUsd: equity, initialUsd, maintenanceUsd, freeUsd: equity - initialUsd, ratioPpm };
}
