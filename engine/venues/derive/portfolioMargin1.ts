import { exp } from '../../pricing/exp.ts';
import {
  type BasisContingency,
  basisLoss,
  contractsOf,
  type DeriveExpiry,
  expiryValue,
  nakedShorts,
  type VolatilityShock,
  volatilityFactors,
  yearsOf,
} from './expiry.ts';
import type { DeriveMargin } from './marginResult.ts';

export type VolatilityMove = 'up' | 'none' | 'down';

export interface Scenario1 {
  readonly spotShock: number;
  readonly volatility: VolatilityMove;
}

/** The published grid: spot ±15 % in steps of 5 %, each with volatility up, as it is, down. */
export const SCENARIOS_1: readonly Scenario1[] = [1.15, 1.1, 1.05, 1, 0.95, 0.9, 0.85].flatMap((spotShock) =>
  (['up', 'none', 'down'] as const).map((volatility) => ({ spotShock, volatility })),
);

/** Everything one market's portfolio holds; the manager takes one base asset, its perpetual and its options. */
export interface Portfolio1 {
  readonly cash: number;
  /** USD per stable coin of settlement. */
  readonly stablePrice: number;
  readonly spotPrice: number;
  readonly spotConfidence: number;
  /** Coins held as collateral. */
  readonly base: number;
  readonly perpetualSize: number;
  readonly perpetualPrice: number;
  readonly perpetualConfidence: number;
  /** Unsettled profit of the perpetual, USD. */
  readonly perpetualValue: number;
  readonly expiries: readonly DeriveExpiry[];
}

export interface Parameters1 {
  readonly basis: BasisContingency;
  readonly shock: VolatilityShock;
  readonly initialFactor: number;
  /** Positive scenario values count at staticDiscount·e^(−(rate·multiply + add)·years). */
  readonly staticDiscount: number;
  readonly rateMultiply: number;
  readonly rateAdd: number;
  /** Under this stable price the initial factor grows by pegLossFactor per dollar. */
  readonly pegThreshold: number;
  readonly pegLossFactor: number;
  readonly confidenceThreshold: number;
  readonly confidenceMargin: number;
  /** Shares of spot charged per coin, per perpetual and per naked short option. */
  readonly basePercent: number;
  readonly perpetualPercent: number;
  readonly optionPercent: number;
}

/**
 * Derive's first portfolio manager: worst of the grid and the basis charge, less static contingencies; for initial
 * margin × 1.3 (more while the stable coin is off its peg) and less a charge for low oracle confidence.
 *
 * @see derivexyz/v2-core, src/risk-managers/PMRM.sol and PMRMLib.sol
 * @example one perpetual at 1,505, spot 1,500: −15 % loses 225.75, 2 % of spot is 30: maintenance −255.75
 */
export function portfolioMargin1(
  portfolio: Portfolio1,
  parameters: Parameters1,
  scenarios: readonly Scenario1[] = SCENARIOS_1,
): DeriveMargin {
  const baseValue = (portfolio.base * portfolio.spotPrice) / portfolio.stablePrice;
  const markToMarket =
    portfolio.cash +
    baseValue +
    portfolio.perpetualValue +
    portfolio.expiries.reduce((sum, expiry) => sum + expiryValue(expiry, 1), 0);

  let worst = portfolio.expiries.reduce((sum, expiry) => sum + basisLoss(expiry, parameters.basis), 0);
  for (const scenario of scenarios) {
    worst = Math.min(worst, scenarioChange(portfolio, baseValue, parameters, scenario));
  }
  const charged = worst - staticContingency(portfolio, parameters);
  const initial = charged * initialFactorOf(portfolio, parameters) - confidenceCharge(portfolio, parameters);
  return { initial: initial + markToMarket, maintenance: charged + markToMarket, markToMarket };
}

function scenarioChange(
  portfolio: Portfolio1,
  baseValue: number,
  parameters: Parameters1,
  { spotShock, volatility }: Scenario1,
): number {
  const linear = baseValue + portfolio.perpetualSize * portfolio.perpetualPrice;
  let change = linear * (spotShock - 1);
  for (const expiry of portfolio.expiries) {
    const factors = volatilityFactors(expiry.secondsToExpiry, parameters.shock);
    const factor = volatility === 'none' ? 1 : factors[volatility];
    const shocked = expiryValue(expiry, spotShock, (option) => option.volatility * factor);
    const counted = shocked > 0 ? shocked * staticDiscountOf(expiry, parameters) : shocked;
    change += counted - expiryValue(expiry, 1);
  }
  return change;
}

function staticDiscountOf(expiry: DeriveExpiry, parameters: Parameters1): number {
  const rate = Math.max(0, expiry.rate) * parameters.rateMultiply + parameters.rateAdd;
  return parameters.staticDiscount * exp(-rate * yearsOf(expiry.secondsToExpiry));
}

function staticContingency(portfolio: Portfolio1, parameters: Parameters1): number {
  const shorts = portfolio.expiries.reduce((sum, { options }) => sum + nakedShorts(options), 0);
  const coins =
    Math.abs(portfolio.perpetualSize) * parameters.perpetualPercent +
    portfolio.base * parameters.basePercent +
    shorts * parameters.optionPercent;
  return coins * portfolio.spotPrice;
}

function initialFactorOf({ stablePrice }: Portfolio1, parameters: Parameters1): number {
  const offPeg = Math.max(0, parameters.pegThreshold - stablePrice);
  return parameters.initialFactor + offPeg * parameters.pegLossFactor;
}

/** Low confidence charges what it could be wrong about: coins and perpetuals by their feeds, options by theirs too. */
function confidenceCharge(portfolio: Portfolio1, parameters: Parameters1): number {
  const { confidenceThreshold, confidenceMargin } = parameters;
  const own =
    portfolio.perpetualSize === 0
      ? portfolio.spotConfidence
      : Math.min(portfolio.spotConfidence, portfolio.perpetualConfidence);
  const charge = (confidence: number, coins: number) =>
    confidence < confidenceThreshold ? (1 - confidence) * confidenceMargin * coins * portfolio.spotPrice : 0;
  let total = charge(own, Math.abs(portfolio.perpetualSize) + portfolio.base);
  for (const { confidence, options } of portfolio.expiries) {
    total += charge(Math.min(own, confidence), contractsOf(options));
  }
  return total;
}
