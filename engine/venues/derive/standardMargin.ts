import { black76 } from '../../pricing/black76.ts';
import { yearsOf } from './expiry.ts';
import type { DeriveMargin } from './marginResult.ts';
import {
  isolatedOptionMargin,
  largestLoss,
  type StandardOption,
  type StandardOptionParameters,
} from './optionMargin.ts';

/** Options of one expiry with the feeds that price them. */
export interface StandardExpiry {
  readonly secondsToExpiry: number;
  readonly forward: number;
  readonly forwardConfidence: number;
  readonly volatilityConfidence: number;
  readonly options: readonly {
    readonly isCall: boolean;
    readonly strike: number;
    readonly size: number;
    readonly volatility: number;
  }[];
}

/** All of one market; markets do not net with each other. */
export interface StandardMarket {
  readonly spot: number;
  readonly spotConfidence: number;
  /** Coins held as collateral. */
  readonly base: number;
  readonly perpetualSize: number;
  readonly perpetualPrice: number;
  readonly perpetualConfidence: number;
  readonly unrealizedUsd: number;
  readonly expiries: readonly StandardExpiry[];
}

export interface StandardPortfolio {
  readonly cash: number;
  readonly stablePrice: number;
  readonly markets: readonly StandardMarket[];
}

export interface StandardParameters extends StandardOptionParameters {
  readonly perpetualInitial: number;
  readonly perpetualMaintenance: number;
  /** Share of a coin's value that counts, and what remains of it for initial margin. */
  readonly baseFactor: number;
  readonly baseInitialScale: number;
  readonly depegThreshold: number;
  readonly depegFactor: number;
  readonly confidenceThreshold: number;
  readonly confidenceFactor: number;
}

/**
 * Derive's standard manager: fixed shares per perpetual and coin; options of an expiry need the smaller of their sum
 * alone and their largest loss. Initial margin adds charges for an unpegged stable coin and for low confidence.
 *
 * @see derivexyz/v2-core, src/risk-managers/StandardManager.sol
 */
export function standardMargin(portfolio: StandardPortfolio, parameters: StandardParameters): DeriveMargin {
  const total = { initial: portfolio.cash, maintenance: portfolio.cash, markToMarket: portfolio.cash };
  const depeg = Math.max(0, parameters.depegThreshold - portfolio.stablePrice) * parameters.depegFactor;
  for (const market of portfolio.markets) {
    for (const part of [
      perpetualPart(market, parameters),
      basePart(market, parameters, portfolio.stablePrice),
      ...market.expiries.map((expiry) => expiryPart(expiry, market, parameters)),
    ]) {
      total.initial += part.initial;
      total.maintenance += part.maintenance;
      total.markToMarket += part.markToMarket;
    }
    total.initial -= depeg * market.spot * exposureOf(market);
  }
  return total;
}

function perpetualPart(market: StandardMarket, parameters: StandardParameters): DeriveMargin {
  const size = Math.abs(market.perpetualSize);
  if (size === 0) return { initial: 0, maintenance: 0, markToMarket: 0 };
  const notional = size * market.perpetualPrice;
  const confidence = Math.min(market.perpetualConfidence, market.spotConfidence);
  const doubt = doubtOf(confidence, parameters) * market.spot * size;
  return {
    initial: market.unrealizedUsd - notional * parameters.perpetualInitial - doubt,
    maintenance: market.unrealizedUsd - notional * parameters.perpetualMaintenance,
    markToMarket: market.unrealizedUsd,
  };
}

function basePart(market: StandardMarket, parameters: StandardParameters, stablePrice: number): DeriveMargin {
  const notional = market.base * market.spot;
  const doubt = doubtOf(market.spotConfidence, parameters) * notional;
  const counted = notional * parameters.baseFactor;
  return {
    initial: counted * parameters.baseInitialScale - doubt,
    maintenance: counted,
    markToMarket: notional / stablePrice,
  };
}

function expiryPart(
  expiry: StandardExpiry,
  market: StandardMarket,
  parameters: StandardParameters,
): DeriveMargin {
  const options = expiry.options.map((option) => withValue(option, expiry));
  let [initial, maintenance, markToMarket, shorts] = [0, 0, 0, 0];
  for (const option of options) {
    const alone = isolatedOptionMargin(option, market.spot, parameters);
    initial += alone.initial;
    maintenance += alone.maintenance;
    markToMarket += option.markToMarket;
    shorts += Math.max(0, -option.size);
  }
  const confidence = Math.min(market.spotConfidence, expiry.forwardConfidence, expiry.volatilityConfidence);
  return {
    initial:
      Math.max(initial, largestLoss(options, expiry.forward, parameters.unpairedInitial)) -
      doubtOf(confidence, parameters) * market.spot * shorts,
    maintenance: Math.max(maintenance, largestLoss(options, expiry.forward, parameters.unpairedMaintenance)),
    markToMarket,
  };
}

function withValue(option: StandardExpiry['options'][number], expiry: StandardExpiry): StandardOption {
  const { isCall, strike, size, volatility } = option;
  const price = black76(expiry.forward, strike, volatility, yearsOf(expiry.secondsToExpiry), isCall);
  return { isCall, strike, size, markToMarket: price * size };
}

/** Share of notional charged for a feed under the threshold. */
function doubtOf(confidence: number, parameters: StandardParameters): number {
  return confidence < parameters.confidenceThreshold ? (1 - confidence) * parameters.confidenceFactor : 0;
}

/** Coins of perpetuals and short options: what a failing stable coin would leave open. */
function exposureOf(market: StandardMarket): number {
  const shorts = market.expiries
    .flatMap(({ options }) => options)
    .reduce((sum, { size }) => sum + Math.max(0, -size), 0);
  return Math.abs(market.perpetualSize) + shorts;
}
