import { BPS_SCALE } from '../../units/rate.ts';
import { mulDivCeil } from '../../units/round.ts';
import { ADD_ONS, computeAddOns } from './addOns.ts';
import { creditCutUsd } from './credit.ts';
import { equityUsd } from './equity.ts';
import { ratioPpmOf } from './health.ts';
import { heldBackUsd } from './heldBack.ts';
import { prepareLegs } from './legs.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { computeScan, scanBeyondWorst, scanLegs } from './scan.ts';
import { SCAN_FLOOR } from './scanShares.ts';
import { createScanScratch } from './scratch.ts';

/** Requirements of an account in the few numbers that decide about it. */
export interface Requirement {
  equityUsd: number;
  /** What new risk may not count on of it. */
  creditCutUsd: number;
  /** What maintenance margin may not count on of it: gains of underlyings that stand alone for now. */
  heldBackUsd: number;
  initialUsd: number;
  maintenanceUsd: number;
  /** Equity − credit cut − initial margin. Negative: no new risk. */
  freeUsd: number;
  /** H in ppm, of equity less what is held back; −1 when that is gone. */
  ratioPpm: number;
}

const scratch = createScanScratch();
const addOns = new Float64Array(ADD_ONS);

/**
 * Equity needed to open or increase risk: the scan with open orders at their worst, and the add-ons.
 *
 * The scan can fall below that of maintenance margin only where new risk moves in wider ranges than old (a
 * risen volatility, a large owner) and those ranges favour a hedge; then the latter is what is needed.
 *
 * @returns micro-USD, rounded up; 0 for an empty account
 * @see engine/core/margin/README.md, Requirements
 * @example long 1 000 USD of BTC → 30.311698 USD
 */
export function initialMarginUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  prepareLegs(parameters, portfolio, 'initial', scratch);
  return preparedInitialUsd(parameters, portfolio);
}

function preparedInitialUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  const charges = computeAddOns(parameters, portfolio, 'initial', scratch.rowStandalone, addOns);
  return initialScanUsd(parameters, portfolio) + charges;
}

/** The scan of initial margin for legs that are prepared, rounded up once. */
function initialScanUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  scanLegs(parameters, portfolio, scratch, false);
  const scan = Math.ceil(scratch.scan);
  if (scan >= maintenanceScanMax(parameters) || !isWiderThanMaintenance(parameters, portfolio)) return scan;
  return Math.max(scan, maintenanceScanUsd(parameters, portfolio));
}

/**
 * Whether equity covers initial margin: what is asked of every order.
 *
 * No scan passes the sum of the legs alone. An account that holds that much needs no scenario, which spares
 * most accounts two thirds of the work; for the others no scenario matters that the account survives. The
 * answer is that of `freeCollateralUsd`, always.
 *
 * @param reservedUsd of the equity, for something else: micro-USD ≥ 0
 */
export function coversInitialMargin(
  parameters: RiskParameters,
  portfolio: Portfolio,
  reservedUsd: number,
): boolean {
  prepareLegs(parameters, portfolio, 'initial', scratch);
  const cut = creditCutUsd(parameters, portfolio, scratch.rowStandalone);
  const own = equityUsd(portfolio) - cut - reservedUsd;
  const charges = computeAddOns(parameters, portfolio, 'initial', scratch.rowStandalone, addOns);
  const limitUsd = own - charges;
  // One unit more than the sum rounded up: the share of maintenance margin is rounded up apart.
  if (limitUsd >= Math.ceil(scratch.standaloneSum) + 1) return true;
  return isScanWithin(parameters, portfolio, limitUsd);
}

/** Whether the scan of initial margin for legs that are prepared is at most this, in whole micro-USD. */
function isScanWithin(parameters: RiskParameters, portfolio: Portfolio, limitUsd: number): boolean {
  if (SCAN_FLOOR * scratch.standaloneSum > limitUsd) return false;
  if (scratch.standaloneSum > limitUsd) {
    scratch.worst = limitUsd;
    scanBeyondWorst(parameters, portfolio, scratch);
    if (scratch.worst > limitUsd) return false;
  }
  if (limitUsd >= maintenanceScanMax(parameters) || !isWiderThanMaintenance(parameters, portfolio))
    return true;
  return maintenanceScanUsd(parameters, portfolio) <= limitUsd;
}

/** No scan passes the sum of its legs alone, and legs of new risk are no smaller than those of old. */
function maintenanceScanMax({ maintenanceShareBps }: RiskParameters): number {
  return (scratch.standaloneSum * maintenanceShareBps) / BPS_SCALE + 1;
}

/**
 * Equity the account must keep so that liquidation does not start: 60 % of the scan of its positions, and
 * the add-ons.
 *
 * @returns micro-USD, each part rounded up; 0 for an account without positions
 * @example long 1 000 USD of BTC → 18.187019 USD
 */
export function maintenanceMarginUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  const share = maintenanceScanUsd(parameters, portfolio);
  return share + computeAddOns(parameters, portfolio, 'maintenance', scratch.rowStandalone, addOns);
}

function maintenanceScanUsd(parameters: RiskParameters, portfolio: Portfolio): number {
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

/** Equity that maintenance margin is held against: without gains that are held back. */
export function maintenanceEquityUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  return equityUsd(portfolio) - heldBackNowUsd(parameters, portfolio);
}

function heldBackNowUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  if (!portfolio.hasWindow) return 0;
  prepareLegs(parameters, portfolio, 'maintenance', scratch);
  return heldBackUsd(parameters, portfolio, scratch.rowStandalone);
}

/** Equity less initial margin and less what new risk may not count on: what an order or a withdrawal may take. */
export function freeCollateralUsd(parameters: RiskParameters, portfolio: Portfolio): number {
  prepareLegs(parameters, portfolio, 'initial', scratch);
  const cut = creditCutUsd(parameters, portfolio, scratch.rowStandalone);
  return equityUsd(portfolio) - cut - preparedInitialUsd(parameters, portfolio);
}

/** Equity, both requirements and what follows from them. */
export function requirementOf(parameters: RiskParameters, portfolio: Portfolio): Requirement {
  const equity = equityUsd(portfolio);
  prepareLegs(parameters, portfolio, 'initial', scratch);
  const cut = creditCutUsd(parameters, portfolio, scratch.rowStandalone);
  const initialUsd = preparedInitialUsd(parameters, portfolio);
  const maintenanceUsd = maintenanceMarginUsd(parameters, portfolio);
  const heldBack = heldBackNowUsd(parameters, portfolio);
  return {
    equityUsd: equity,
    creditCutUsd: cut,
    heldBackUsd: heldBack,
    initialUsd,
    maintenanceUsd,
    freeUsd: equity - cut - initialUsd,
    ratioPpm: ratioPpmOf({ maintenanceUsd, equityUsd: equity - heldBack }),
  };
}
