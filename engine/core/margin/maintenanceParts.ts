import { BPS_SCALE } from '../../units/rate.ts';
import { mulDivCeil } from '../../units/round.ts';
import { apportion } from './apportion.ts';
import { explainScan } from './explain.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { maintenanceMarginUsd } from './requirement.ts';

/** Maintenance margin by what brings it. */
export interface MaintenanceParts {
  readonly maintenanceUsd: number;
  /** By symbol; under an empty one what belongs to no underlying. They sum to `maintenanceUsd` exactly. */
  readonly parts: ReadonlyMap<string, number>;
}

/**
 * What every underlying brings to maintenance margin: its legs in the winning scenario at the maintenance share,
 * options among them, and, in a part of its own, imperfect hedges, bounds and add-ons.
 *
 * @returns whole micro-USD, negative for what hedges; empty for an account without risk
 * @example long 1 000 USD of BTC → 18.187019 USD, all of it BTC
 */
export function maintenanceParts(parameters: RiskParameters, portfolio: Portfolio): MaintenanceParts {
  const maintenanceUsd = maintenanceMarginUsd(parameters, portfolio);
  const { rows, scanUsd } = explainScan(parameters, portfolio, 'maintenance');
  const { maintenanceShareBps } = parameters;
  const scanned = apportion(
    rows.map(({ usd }) => (usd * maintenanceShareBps) / BPS_SCALE),
    mulDivCeil(scanUsd, maintenanceShareBps, BPS_SCALE),
  );
  const parts = new Map<string, number>();
  let named = 0;
  for (const [at, { kind, name }] of rows.entries()) {
    if (kind !== 'leg') continue;
    const symbol = symbolOf(parameters, name);
    parts.set(symbol, (parts.get(symbol) ?? 0) + scanned[at]!);
    named += scanned[at]!;
  }
  if (maintenanceUsd !== named) parts.set('', maintenanceUsd - named);
  return { maintenanceUsd, parts };
}

/** Options of an underlying have a row of their own, named after it. */
function symbolOf({ symbols }: RiskParameters, name: string): string {
  return symbols.find((symbol) => name === symbol || name === `${symbol} options`) ?? '';
}
