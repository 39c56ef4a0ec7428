import { createRiskParameters, type RiskParameters, type RiskSource } from '../../core/margin/parameters.ts';
import { addPosition, clearPortfolio, createPortfolio } from '../../core/margin/portfolio.ts';
import { initialMarginUsd, maintenanceMarginUsd } from '../../core/margin/requirement.ts';
import { computeScan } from '../../core/margin/scan.ts';
import { createScanScratch } from '../../core/margin/scratch.ts';
import { USD_SCALE } from '../../units/money.ts';
import { PPM_SCALE, type Ppm } from '../../units/rate.ts';
import { sandboxRisk } from '../fixtures/risk.ts';
import type { Market } from './markets.ts';

/** What the model asks of one position, as shares of its size. */
export interface Rates {
  /** The move it must survive: the whole scan of maintenance. */
  range: number;
  maintenance: number;
  initial: number;
}

/** Rates of one asset at one size, long and short, for any pair of multipliers. */
export type RatesAt = (muInitialPpm: number, muMaintenancePpm: number) => { long: Rates; short: Rates };

/** Numbers of the model that the calibration varies; what is left out is as shipped. */
export type ModelChoice = Partial<Pick<RiskSource, 'zPpm' | 'rangeCapPpm' | 'maintenanceShareBps'>> & {
  readonly sigmaPpm?: Ppm;
};

const SMALLEST_POSITION_USD = 1_000 * USD_SCALE;
const HOURS_PER_DAY = 24;

/** The margins of one asset at any size; what one size has worked out serves the others. */
export interface AssetMargins {
  /** Rates at the size whose liquidation takes `horizonHours`: h = h_min + D ÷ (0.6 · ADV), solved for D. */
  at(horizonHours: number): RatesAt;
}

/**
 * Asks the shipped margin functions for one asset.
 *
 * @see engine/core/margin/range.ts
 */
export function marginsOf(market: Market, choice: ModelChoice = {}): AssetMargins {
  const { sigmaPpm = market.risk.sigmaPpm, ...terms } = choice;
  const source = { ...sandboxRisk(1), ...terms };
  const parameters = keepByMultipliers((muInitialPpm, muMaintenancePpm) =>
    createRiskParameters({
      ...source,
      underlyings: [
        {
          ...market.risk,
          sigmaPpm,
          muInitialPpm: muInitialPpm as Ppm,
          muMaintenancePpm: muMaintenancePpm as Ppm,
        },
      ],
    }),
  );
  return {
    at(horizonHours) {
      const size = sizeForHorizon(parameters(PPM_SCALE, PPM_SCALE), horizonHours);
      return keepByMultipliers((muInitialPpm, muMaintenancePpm) => {
        const now = parameters(muInitialPpm, muMaintenancePpm);
        return { long: rateOf(now, size), short: rateOf(now, -size) };
      });
    },
  };
}

/** A function of two multipliers that works out each pair once: years of calm are one pair. */
function keepByMultipliers<Result>(
  workOut: (muInitialPpm: number, muMaintenancePpm: number) => Result,
): (muInitialPpm: number, muMaintenancePpm: number) => Result {
  const known = new Map<number, Result>();
  return (muInitialPpm, muMaintenancePpm) => {
    // Multipliers stay below 10, so the pair makes one number.
    const key = muInitialPpm * 10 * PPM_SCALE + muMaintenancePpm;
    let result = known.get(key);
    if (result === undefined) {
      result = workOut(muInitialPpm, muMaintenancePpm);
      known.set(key, result);
    }
    return result;
  };
}

/** micro-USD; the smallest position where the shortest horizon is already that long. */
function sizeForHorizon(parameters: RiskParameters, horizonHours: number): number {
  const beyondMin = horizonHours / HOURS_PER_DAY - parameters.horizonDaysMin[0]!;
  return Math.max(SMALLEST_POSITION_USD, Math.round(beyondMin * parameters.unwindUsdPerDay[0]!));
}

const portfolio = createPortfolio();
const scratch = createScanScratch();

function rateOf(parameters: RiskParameters, notional: number): Rates {
  clearPortfolio(portfolio);
  addPosition(portfolio, 0, notional);
  const size = Math.abs(notional);
  return {
    range: computeScan(parameters, portfolio, 'maintenance', scratch) / size,
    maintenance: maintenanceMarginUsd(parameters, portfolio) / size,
    initial: initialMarginUsd(parameters, portfolio) / size,
  };
}
