import type { OptionTypeName } from '../enums.ts';

/** One option as the desk prices it now. */
export interface OptionView {
  instrument: number;
  name: string;
  expiryMs: number;
  /** USD × 1e8 per coin. */
  strikeE8: number;
  optionType: OptionTypeName;
  /** Micro-USD per lot. */
  markUsdPerLot: number;
  /** Best prices of its book, micro-USD per lot; null when nobody quotes that side. */
  bidUsdPerLot: number | null;
  askUsdPerLot: number | null;
  lotsPerUnit: number;
  /** Per √year of the surface at this strike; the four answers below are Black-76's at it, for one coin. */
  volatility: number;
  /** USD per USD of forward. */
  delta: number;
  /** Change of delta per USD of forward. */
  gamma: number;
  /** USD per volatility point. */
  vega: number;
  /** USD per day that passes, ≤ 0. */
  theta: number;
}

export interface ExpiryView {
  expiryMs: number;
  /** USD × 1e8 per coin. */
  forwardE8: number;
  /** Ascending strike, the call before the put. */
  options: OptionView[];
}

/** GET /api/v1/options/:underlying: everything that trades and can be priced, by expiry. */
export interface OptionChainView {
  underlying: string;
  seq: number;
  timeMs: number;
  indexE8: number;
  expiries: ExpiryView[];
}

/** What the legs in one underlying are worth more than now when it stands at a price, all else still. */
export interface PayoffPointView {
  /** USD × 1e8 per coin. */
  priceE8: number;
  /** Micro-USD, with options at today's volatility and time. */
  nowUsd: number;
  /** Micro-USD, with options at their intrinsic value. */
  expiryUsd: number;
}

/** GET /api/v1/accounts/:account/payoff/:underlying */
export interface PayoffView {
  account: number;
  underlying: string;
  seq: number;
  indexE8: number;
  /** Names of the legs counted. */
  legs: string[];
  /** Ascending price; empty without legs. */
  points: PayoffPointView[];
}
