import { volatilityOf } from '../../pricing/surface.ts';
import { OptionType } from '../../protocol/enums.ts';
import { PRICE_E8_SCALE } from '../../units/price.ts';
import { DAY_MS, MINUTE_MS } from '../../units/time.ts';
import { forwardE8Of } from '../instruments/maturities.ts';
import { fixedPriceE8, fixedShare } from '../instruments/twap.ts';
import type { State } from '../state.ts';
import { sliceOf } from './setSurface.ts';

const YEAR_MS = 365 * DAY_MS;

/** A slice older than this is not traded on: a market sets it every minute, and volatility does not stand still. */
const SURFACE_AGE_MS_MAX = 10 * MINUTE_MS;

/** An option as pricing sees it now. */
export interface OptionTerms {
  /** USD per coin: what the settlement is expected at. */
  forward: number;
  strike: number;
  /** Per √year, of that expectation. */
  volatility: number;
  /** Until expiry; 0 from then on. */
  years: number;
  isCall: boolean;
  /** Coins in one lot. */
  unitsPerLot: number;
}

/** Whether an option can be priced: its expiry has a surface slice. */
export function hasSurface(state: State, instrument: number): boolean {
  return state.maturities.columns.surfaceMs[state.instruments.columns.maturity[instrument]!] !== 0;
}

/** Whether the slice of an option is young enough to trade on. */
export function isSurfaceFresh(state: State, instrument: number): boolean {
  const setMs = state.maturities.columns.surfaceMs[state.instruments.columns.maturity[instrument]!]!;
  return state.globals.columns.timeMs[0]! - setMs <= SURFACE_AGE_MS_MAX;
}

/**
 * Terms of an option whose expiry has a surface, at the index and the time of now. In the half hour of the
 * settlement's average the part of it that is fixed takes the forward's place and moves no more, so that at
 * the expiry what is left is the exercise at the average.
 *
 * @example ten minutes before the expiry, 60 000 sampled, forward 60 300, volatility 0.6 → 60 100 at 0.2
 */
export function optionTermsOf(state: State, instrument: number): OptionTerms {
  const i = state.instruments.columns;
  const maturity = i.maturity[instrument]!;
  const forward = forwardE8Of(state, maturity) / PRICE_E8_SCALE;
  const share = fixedShare(state, maturity);
  const average = share === 0 ? forward : fixedPriceE8(state, maturity) / PRICE_E8_SCALE;
  const strike = i.strikeE8[instrument]! / PRICE_E8_SCALE;
  const leftMs = state.maturities.columns.expiryMs[maturity]! - state.globals.columns.timeMs[0]!;
  const years = Math.max(0, leftMs) / YEAR_MS;
  return {
    forward: forward + (average - forward) * share,
    strike,
    volatility: volatilityOf(sliceOf(state, maturity), forward, strike, years) * (1 - share),
    years,
    isCall: i.optionType[instrument] === OptionType.call,
    unitsPerLot: 1 / i.lotsPerUnit[instrument]!,
  };
}
