import { exp } from '../../pricing/exp.ts';
import {
  basisLoss,
  contractsOf,
  type DeriveExpiry,
  type DeriveOption,
  discountOf,
  expiryValue,
  nakedShorts,
  volatilityFactors,
  yearsOf,
} from './expiry.ts';
import type { DeriveMargin } from './marginResult.ts';
import type { Collateral2, Parameters2, Portfolio2, Scenario2 } from './portfolio2.ts';
import { skewFactor } from './skewShock.ts';

/**
 * Derive's second portfolio manager: the worst scenario (dampened tails and two skews of the surface included) or the
 * basis charge, times a factor (1.0 initial, 0.8 maintenance), less contingencies of perpetuals, naked shorts, collateral
 * haircuts and low confidence. An unpegged stable coin raises the initial factor.
 *
 * @see derivexyz/v2-core, src/risk-managers/PMRM_2_1.sol and PMRMLib_2_1.sol
 */
export function portfolioMargin2(portfolio: Portfolio2, parameters: Parameters2): DeriveMargin {
  const expiries = portfolio.expiries.map((expiry) => discounted(expiry, parameters));
  const markToMarket =
    portfolio.cash +
    portfolio.perpetualValue +
    expiries.reduce((sum, { value }) => sum + value, 0) +
    portfolio.collaterals.reduce((sum, held) => sum + worthOf(held, portfolio), 0);

  let worst = expiries.reduce(
    (sum, { expiry, discount }) => sum + basisLoss(expiry, parameters.basis, discount),
    0,
  );
  for (const scenario of parameters.scenarios) {
    worst = Math.min(worst, scenarioChange(portfolio, expiries, parameters, scenario));
  }
  const charges = contingencies(portfolio, parameters);
  const offPeg = Math.max(0, parameters.pegThreshold - portfolio.stablePrice);
  const initialFactor = parameters.initialFactor + offPeg * parameters.pegLossFactor;
  return {
    initial: worst * initialFactor - charges.initial - charges.maintenance + markToMarket,
    maintenance: worst * parameters.maintenanceFactor - charges.maintenance + markToMarket,
    markToMarket,
  };
}

/** An expiry with what does not depend on the scenario. */
interface DiscountedExpiry {
  readonly expiry: DeriveExpiry;
  readonly discount: number;
  readonly value: number;
  readonly factors: { up: number; down: number };
  /** Factors on values above and below zero. */
  readonly longDiscount: number;
  readonly shortDiscount: number;
}

function discounted(expiry: DeriveExpiry, { long, short, shock }: Parameters2): DiscountedExpiry {
  const rate = Math.max(0, expiry.rate);
  const years = yearsOf(expiry.secondsToExpiry);
  const discount = discountOf(expiry);
  const growth = exp((rate * short.rateMultiply + short.rateAdd) * years);
  return {
    expiry,
    discount,
    value: expiryValue(expiry, 1) * discount,
    factors: volatilityFactors(expiry.secondsToExpiry, shock),
    longDiscount: long.base * exp(-(rate * long.rateMultiply + long.rateAdd) * years),
    // A short is never charged more than its undiscounted value.
    shortDiscount: Math.min(1 / discount, short.base * growth),
  };
}

function scenarioChange(
  portfolio: Portfolio2,
  expiries: readonly DiscountedExpiry[],
  parameters: Parameters2,
  scenario: Scenario2,
): number {
  const move = scenario.spotShock - 1;
  const isSkew = scenario.volatility === 'linear' || scenario.volatility === 'absolute';
  let change = portfolio.perpetualSize * portfolio.perpetualPrice * move * scenario.dampening;
  for (const held of expiries) {
    const shocked = shockedValue(held, parameters, scenario);
    const counted = shocked * (shocked >= 0 ? held.longDiscount : held.shortDiscount);
    const profit = (counted - held.value) * scenario.dampening;
    // The surfaces of two expiries may turn in opposite directions, so a skew is a loss of each.
    change += isSkew ? -Math.abs(profit) : profit;
  }
  for (const held of portfolio.collaterals) {
    if (held.isRiskCancelling) change += worthOf(held, portfolio) * move * scenario.dampening;
  }
  return change;
}

function shockedValue(
  { expiry, discount, factors }: DiscountedExpiry,
  parameters: Parameters2,
  { spotShock, volatility }: Scenario2,
): number {
  const forward = expiry.forwardVariable + expiry.forwardFixed;
  const shockedVolatility = (option: DeriveOption): number => {
    switch (volatility) {
      case 'none':
        return option.volatility;
      case 'up':
        return Math.max(parameters.minVolatilityUp, option.volatility * factors.up);
      case 'down':
        return option.volatility * factors.down;
      case 'linear':
      case 'absolute': {
        const at = { forward, strike: option.strike, secondsToExpiry: expiry.secondsToExpiry };
        return option.volatility * skewFactor(volatility, at, parameters.skew);
      }
    }
  };
  const shock = volatility === 'linear' || volatility === 'absolute' ? 1 : spotShock;
  return expiryValue(expiry, shock, shockedVolatility) * discount;
}

/** Charges beside the scenarios; the initial ones come on top of those for maintenance. */
function contingencies(
  portfolio: Portfolio2,
  parameters: Parameters2,
): { initial: number; maintenance: number } {
  const { spotPrice } = portfolio;
  const own =
    portfolio.perpetualSize === 0
      ? portfolio.spotConfidence
      : Math.min(portfolio.spotConfidence, portfolio.perpetualConfidence);
  const doubt = (confidence: number, notional: number) =>
    confidence < parameters.confidenceThreshold
      ? (1 - confidence) * parameters.confidenceMargin * notional
      : 0;

  const perpetual = Math.abs(portfolio.perpetualSize) * spotPrice;
  let maintenance = perpetual * parameters.maintenancePerpetual;
  let initial = perpetual * parameters.initialPerpetual + doubt(own, perpetual);
  for (const { confidence, options } of portfolio.expiries) {
    const shorts = nakedShorts(options) * spotPrice;
    maintenance += shorts * parameters.maintenanceOption;
    initial += shorts * parameters.initialOption;
    initial += doubt(Math.min(own, confidence), contractsOf(options) * spotPrice);
  }
  for (const held of portfolio.collaterals) {
    const worth = worthOf(held, portfolio);
    maintenance += worth * held.maintenanceHaircut;
    // Collateral is doubted with the spot feed alone: the perpetual's says nothing about a coin.
    initial +=
      worth * held.initialHaircut + doubt(Math.min(held.confidence, portfolio.spotConfidence), worth);
  }
  return { initial, maintenance };
}

/** In units of the stable coin that settles. */
function worthOf({ amount, price }: Collateral2, { stablePrice }: Portfolio2): number {
  return (amount * price) / stablePrice;
}
