import { volatilityOf } from '../../pricing/surface.ts';
import { OptionType } from '../../protocol/enums.ts';
import { PRICE_E8_SCALE } from '../../units/price.ts';
import { DAY_MS } from '../../units/time.ts';
import { forwardE8Of } from '../instruments/maturities.ts';
import type { State } from '../state.ts';
import { sliceOf } from './setSurface.ts';

const YEAR_MS = 365 * DAY_MS;

/** An option as pricing sees it now. */
export interface OptionTerms {
  /** USD per coin. */
  forward: number;
  strike: number;
  /** Per √year. */
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

/** Terms of an option whose expiry has a surface, at the index and the time of now. */
export function optionTermsOf(state: State, instrument: number): OptionTerms {
  const i = state.instruments.columns;
  const maturity = i.maturity[instrument]!;
  const forward = forwardE8Of(state, maturity) / PRICE_E8_SCALE;
  const strike = i.strikeE8[instrument]! / PRICE_E8_SCALE;
  const leftMs = state.maturities.columns.expiryMs[maturity]! - state.globals.columns.timeMs[0]!;
  const years = Math.max(0, leftMs) / YEAR_MS;
  return {
    forward,
    strike,
    volatility: volatilityOf(sliceOf(state, maturity), forward, strike, years),
    years,
    isCall: i.optionType[instrument] === OptionType.call,
    unitsPerLot: 1 / i.lotsPerUnit[instrument]!,
  };
}
