import type { AddOnView } from '../../protocol/views/margin.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { matchedExpiries } from './basis.ts';
import { NO_OPTIONS } from './optionBook.ts';
import type { RiskParameters } from './parameters.ts';
import type { Portfolio } from './portfolio.ts';
import { type MarginKind, rangeOf } from './range.ts';
import { optionDeltaUsd, optionSizeUsd, unwindSize } from './sizes.ts';

/** Charges on top of the scan, in the order they are shown. */
export const AddOn = {
  basis: 0,
  shortOptions: 1,
  concentration: 2,
  openInterest: 3,
  provision: 4,
  confidence: 5,
  depeg: 6,
} as const;
export type AddOn = (typeof AddOn)[keyof typeof AddOn];
export const ADD_ONS = 7;

/** Share of matched long and short notional across expiries. */
const BASIS_SHARE = { initial: 0.01, maintenance: 0.006 } as const;
/** Share of the underlying's notional under each option held net short. */
const SHORT_OPTION_SHARE = { initial: 0.01, maintenance: 0.005 } as const;
/** An owner may hold this share of a market's open interest before concentration is charged … */
const CONCENTRATION_FREE = 0.1;
/** … at so many times the standalone margin for all of it. */
const CONCENTRATION_FACTOR = 2;
/** Confidence under this share of source weight is charged for. */
const CONFIDENCE_PPM_MIN = 550_000;
/** A settlement coin under this price is charged for, so many times the gap. */
const DEPEG_PPM_MIN = 990_000;
const DEPEG_FACTOR = 4;

/**
 * All charges on top of the scan.
 *
 * None depends on what hedges what, so none is ever negative and none lowers the requirement; each is at
 * least as large for new risk as for risk already held.
 *
 * @param rowStandalone standalone margin by row of the portfolio, of the same kind
 * @param rows receives ADD_ONS numbers, whole micro-USD, each rounded up once
 * @returns their sum
 * @see engine/core/margin/README.md, Add-ons
 */
export function computeAddOns(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  rowStandalone: Float64Array,
  rows: Float64Array,
): number {
  // Most accounts have none: a loop that only looks is a tenth of what it would cost to compute them all.
  const isInitial = kind === 'initial';
  const { underlying, provision, confidencePpm, openInterest } = portfolio;
  const { launchFloor } = parameters;
  for (let addOn = 0; addOn < ADD_ONS; addOn++) rows[addOn] = 0;
  let hasAny = false;
  for (let row = 0; row < portfolio.count; row++) {
    if (provision[row]! > 0) {
      rows[AddOn.provision] = rows[AddOn.provision]! + provision[row]!;
      hasAny = true;
    }
    if (confidencePpm[row]! < CONFIDENCE_PPM_MIN) {
      addConfidence(parameters, portfolio, kind, row, rows);
      hasAny = true;
    }
    const isMarketKnown = openInterest[row]! > 0 || launchFloor[underlying[row]!]! > 0;
    if (isInitial && isMarketKnown && addMarketShare(parameters, portfolio, row, rowStandalone, rows))
      hasAny = true;
  }
  if (portfolio.expiries.count > 0 || portfolio.options.count > 0) {
    rows[AddOn.basis] = basisUsd(parameters, portfolio, kind);
    rows[AddOn.shortOptions] = shortOptionsUsd(portfolio, kind);
    hasAny = true;
  }
  if (portfolio.settlementPricePpm < DEPEG_PPM_MIN) {
    rows[AddOn.depeg] = depegUsd(portfolio, kind);
    hasAny = true;
  }
  return hasAny ? roundedSum(rows) : 0;
}

/** Rounds every charge up to a whole micro-USD and sums them. */
function roundedSum(rows: Float64Array): number {
  let sum = 0;
  for (let addOn = 0; addOn < ADD_ONS; addOn++) {
    rows[addOn] = Math.ceil(rows[addOn]!);
    sum += rows[addOn]!;
  }
  return sum;
}

/** Whether any charge of maintenance margin could be more than zero: most accounts skip them all. */
export function hasMaintenanceAddOns(portfolio: Portfolio): boolean {
  if (hasBentAddOns(portfolio)) return true;
  for (let row = 0; row < portfolio.count; row++) if (portfolio.provision[row]! > 0) return true;
  return false;
}

/** Whether maintenance margin has charges beside provisions, which every account has and which grow just with their price. */
export function hasBentAddOns(portfolio: Portfolio): boolean {
  if (portfolio.expiries.count > 0 || portfolio.options.count > 0) return true;
  if (portfolio.settlementPricePpm < DEPEG_PPM_MIN) return true;
  for (let row = 0; row < portfolio.count; row++) {
    if (portfolio.confidencePpm[row]! < CONFIDENCE_PPM_MIN) return true;
  }
  return false;
}

/** (1 − confidence) · R · D: the price may be wrong by what the silent sources could have said. */
function addConfidence(
  parameters: RiskParameters,
  portfolio: Portfolio,
  kind: MarginKind,
  row: number,
  rows: Float64Array,
): void {
  const underlying = portfolio.underlying[row]!;
  const size = heldSizeUsd(portfolio, row, kind);
  const dayRanges = kind === 'initial' ? parameters.dayRangeInitial : parameters.dayRangeMaintenance;
  const doubt = 1 - portfolio.confidencePpm[row]! / PPM_SCALE;
  const range = rangeOf(parameters, underlying, dayRanges[underlying]!, size);
  rows[AddOn.confidence] = rows[AddOn.confidence]! + doubt * range * size;
}

/** D of what is held: for new risk the larger side of the whole owner. */
function heldSizeUsd(portfolio: Portfolio, row: number, kind: MarginKind): number {
  const isInitial = kind === 'initial';
  const long = isInitial ? portfolio.othersLong[row]! : 0;
  const short = isInitial ? portfolio.othersShort[row]! : 0;
  const notional = portfolio.notional[row]!;
  if (portfolio.optionBlock[row] === NO_OPTIONS) return unwindSize(notional, long, short);
  return optionSizeUsd(portfolio, row, notional, { long, short }, false);
}

/** Names as a screen shows them, by AddOn. */
export const ADD_ON_NAMES: readonly { kind: AddOnView['kind']; name: string }[] = [
  { kind: 'basis', name: 'basis between expiries' },
  { kind: 'shortOptions', name: 'short option minimum' },
  { kind: 'concentration', name: 'concentration' },
  { kind: 'openInterest', name: 'open interest near its cap' },
  { kind: 'provision', name: 'funding and closing fees' },
  { kind: 'confidence', name: 'low oracle confidence' },
  { kind: 'depeg', name: 'USDC under its peg' },
];

/**
 * Concentration and the open interest ramp: both look at derivatives alone, collateral is nobody's open interest.
 *
 * @returns whether anything was charged
 */
function addMarketShare(
  parameters: RiskParameters,
  portfolio: Portfolio,
  row: number,
  rowStandalone: Float64Array,
  rows: Float64Array,
): boolean {
  const underlying = portfolio.underlying[row]!;
  const openInterest = portfolio.openInterest[row]!;
  const counted = Math.max(openInterest, parameters.launchFloor[underlying]!);
  const standalone = rowStandalone[row]!;
  const position =
    portfolio.notional[row]! - collateralIn(portfolio, underlying) + optionDeltaUsd(portfolio, row);
  const most = position + portfolio.bids[row]!;
  const least = position - portfolio.asks[row]!;
  const long = portfolio.othersLong[row]!;
  const short = portfolio.othersShort[row]!;
  const size = Math.max(unwindSize(most, long, short), unwindSize(least, long, short));
  // Who opens a market holds all of it: what is about to be traded is open interest as well.
  const share = size / Math.max(counted, size);
  const isConcentrated = share > CONCENTRATION_FREE;
  if (isConcentrated) {
    rows[AddOn.concentration] =
      rows[AddOn.concentration]! + standalone * CONCENTRATION_FACTOR * (share - CONCENTRATION_FREE);
  }
  const from = parameters.rampFrom[underlying]!;
  if (openInterest <= from) return isConcentrated;
  const part = Math.min(1, (openInterest - from) / (parameters.rampTo[underlying]! - from));
  const whole = Math.max(Math.abs(most), Math.abs(least));
  rows[AddOn.openInterest] = rows[AddOn.openInterest]! + part * Math.max(0, whole - standalone);
  return true;
}

function collateralIn(portfolio: Portfolio, underlying: number): number {
  let sum = 0;
  for (let row = 0; row < portfolio.collateralCount; row++) {
    if (portfolio.collateralUnderlying[row] === underlying) sum += portfolio.collateralValue[row]!;
  }
  return sum;
}

/** A share of what one expiry hedges of another, growing with the time a leg needs to be closed as ranges do. */
function basisUsd(parameters: RiskParameters, portfolio: Portfolio, kind: MarginKind): number {
  let sum = 0;
  for (let row = 0; row < portfolio.count; row++) {
    const { matched, largest } = matchedExpiries(portfolio, row);
    if (matched === 0) continue;
    const underlying = portfolio.underlying[row]!;
    const least = parameters.horizonDaysMin[underlying]!;
    const horizon = least + largest / parameters.unwindUsdPerDay[underlying]!;
    sum += BASIS_SHARE[kind] * matched * Math.sqrt(horizon / least);
  }
  return sum;
}

function shortOptionsUsd(portfolio: Portfolio, kind: MarginKind): number {
  const { count, shortUsd, shortUsdMax } = portfolio.options;
  const notional = kind === 'initial' ? shortUsdMax : shortUsd;
  let sum = 0;
  for (let block = 0; block < count; block++) sum += SHORT_OPTION_SHARE[kind] * notional[block]!;
  return sum;
}

/** A settlement coin under a dollar makes every short owe more of it. */
function depegUsd(portfolio: Portfolio, kind: MarginKind): number {
  const { options } = portfolio;
  let shorts = 0;
  for (let row = 0; row < portfolio.count; row++) {
    const asks = kind === 'initial' ? portfolio.asks[row]! : 0;
    shorts += Math.max(0, asks - portfolio.notional[row]!);
  }
  for (let block = 0; block < options.count; block++) {
    shorts += (kind === 'initial' ? options.shortUsdMax : options.shortUsd)[block]!;
  }
  return (DEPEG_FACTOR * (DEPEG_PPM_MIN - portfolio.settlementPricePpm) * shorts) / PPM_SCALE;
}
