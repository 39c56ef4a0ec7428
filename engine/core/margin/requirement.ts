import { PPM_SCALE } from '../../units/rate.ts';
import { equityUsd } from './equity.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { computeScan } from './scan.ts';
import { createScanScratch } from './scratch.ts';

const scratch = createScanScratch();

export function initialMarginUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  return computeScan(parameters, portfolio, 'initial', scratch);
}

export function maintenanceMarginUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  return Math.ceil(
    (computeScan(parameters, portfolio, 'maintenance', scratch) * parameters.maintenanceShareBps) / 10_000,
  );
}

export function requirementOf(parameters: RiskParameters, portfolio: Portfolio) {
  const equity = equityUsd(portfolio);
  const initialUsd = initialMarginUsd(parameters, portfolio);
  const maintenanceUsd = maintenanceMarginUsd(parameters, portfolio);
  const ratioPpm =
    maintenanceUsd === 0 ? 0 : equity <= 0 ? -1 : Math.ceil((maintenanceUsd / equity) * PPM_SCALE);
  return { equityUsd: equity, initialUsd, maintenanceUsd, freeUsd: equity - initialUsd, ratioPpm };
}
