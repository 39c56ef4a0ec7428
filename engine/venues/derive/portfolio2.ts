import type { BasisContingency, DeriveExpiry, VolatilityShock } from './expiry.ts';
import type { SkewShock } from './skewShock.ts';

export interface Scenario2 {
  readonly spotShock: number;
  readonly volatility: 'up' | 'none' | 'down' | 'linear' | 'absolute';
  /** Share of the change that counts: tails are damped. */
  readonly dampening: number;
}

/** One collateral asset; the haircuts for initial margin come on top of those for maintenance. */
export interface Collateral2 {
  readonly amount: number;
  /** USD per unit. */
  readonly price: number;
  readonly confidence: number;
  /** It moves with this portfolio's spot and is shocked with it. */
  readonly isRiskCancelling: boolean;
  readonly initialHaircut: number;
  readonly maintenanceHaircut: number;
}

/** A portfolio of one market under the second manager: any collateral, one perpetual, options of many expiries. */
export interface Portfolio2 {
  readonly cash: number;
  readonly stablePrice: number;
  readonly spotPrice: number;
  readonly spotConfidence: number;
  readonly perpetualSize: number;
  readonly perpetualPrice: number;
  readonly perpetualConfidence: number;
  /** Unrealised profit and funding of the perpetual, USD. */
  readonly perpetualValue: number;
  readonly collaterals: readonly Collateral2[];
  readonly expiries: readonly DeriveExpiry[];
}

export interface Parameters2 {
  readonly scenarios: readonly Scenario2[];
  readonly basis: BasisContingency;
  readonly shock: VolatilityShock;
  /** Volatility is at least this in scenarios up. */
  readonly minVolatilityUp: number;
  readonly skew: SkewShock;
  readonly initialFactor: number;
  readonly maintenanceFactor: number;
  /** Static discounts of values above and below zero: base and rate·multiply + add. */
  readonly long: RateDiscount;
  readonly short: RateDiscount;
  readonly pegThreshold: number;
  readonly pegLossFactor: number;
  readonly confidenceThreshold: number;
  readonly confidenceMargin: number;
  /** Shares of spot per perpetual and naked short; the initial ones come on top. */
  readonly maintenancePerpetual: number;
  readonly initialPerpetual: number;
  readonly maintenanceOption: number;
  readonly initialOption: number;
}

export interface RateDiscount {
  readonly base: number;
  readonly rateMultiply: number;
  readonly rateAdd: number;
}
