import { greeksOf } from '../../pricing/black76.ts';
import { InstrumentKind, InstrumentStage } from '../../protocol/enums.ts';
import { USD_SCALE } from '../../units/money.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import type { Portfolio } from '../margin/portfolio.ts';
import { NONE } from '../memory/table.ts';
import { hasSurface, optionTermsOf } from '../options/optionTerms.ts';
import type { State } from '../state.ts';

const DAYS_PER_YEAR = 365;
const EIGHT_HOURS_PER_DAY = 3;

/**
 * What holding a position for eight hours and then closing it would cost, if the account pays the funding:
 * the provision under every position.
 *
 * @param lots held, signed
 * @param fundingUsdPerLot of eight hours, positive when a long pays; with the mark in micro-USD per lot
 * @param takerPpm fee of the account's firm
 * @returns micro-USD ≥ 0, rounded up
 * @example long 1 BTC at 60 000 USD, 0.01 % for eight hours, fee 0.045 % → 6 + 27 USD
 */
export function provisionUsd(lots: number, fundingUsdPerLot: number, mark: number, takerPpm: number): number {
  const fee = (Math.abs(lots) * mark * takerPpm) / PPM_SCALE;
  return Math.ceil(Math.max(0, lots * fundingUsdPerLot) + fee);
}

/**
 * What a day brings the account while no price moves, written into its portfolio: funding at the mean of
 * this hour so far, the decay of options, interest on owed USDC. Negative is paid.
 */
export function gatherCarry(
  state: State,
  account: number,
  interestPpmYear: number,
  portfolio: Portfolio,
): void {
  const { instrument, lots, next } = state.positions.columns;
  let funding = 0;
  let theta = 0;
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!) {
    if (lots[row] === 0) continue;
    funding += fundingUsdPerDay(state, instrument[row]!, lots[row]!);
    theta += lots[row]! * thetaUsdPerLot(state, instrument[row]!);
  }
  portfolio.fundingUsdPerDay = Math.floor(funding);
  portfolio.thetaUsdPerDay = Math.floor(theta);
  const owed = Math.max(0, -portfolio.usdc);
  portfolio.interestUsdPerDay = 0 - Math.ceil((owed * interestPpmYear) / PPM_SCALE / DAYS_PER_YEAR);
}

/**
 * What a day brings to one position while no price moves: its funding at the mean of this hour so far, its decay.
 *
 * @param lots held, signed
 * @returns micro-USD, rounded down; negative is paid
 */
export function carryUsdPerDay(state: State, instrument: number, lots: number): number {
  return Math.floor(fundingUsdPerDay(state, instrument, lots) + lots * thetaUsdPerLot(state, instrument));
}

function fundingUsdPerDay(state: State, instrument: number, lots: number): number {
  // Not the negative of a product: a rate of zero would bring −0.
  return 0 - lots * state.instruments.columns.fundingUsdPerLot[instrument]! * EIGHT_HOURS_PER_DAY;
}

/** What a long lot of an option gains in a day, which is negative. */
function thetaUsdPerLot(state: State, instrument: number): number {
  const { kind, stage } = state.instruments.columns;
  if (kind[instrument] !== InstrumentKind.option || stage[instrument] !== InstrumentStage.trading) return 0;
  if (!hasSurface(state, instrument)) return 0;
  const { forward, strike, volatility, years, isCall, unitsPerLot } = optionTermsOf(state, instrument);
  const { theta } = greeksOf(forward, strike, volatility, years, isCall);
  return (theta / DAYS_PER_YEAR) * unitsPerLot * USD_SCALE;
}
