import { addWindowGain } from '../margin/addLegs.ts';
import { countedUsd } from '../margin/equity.ts';
import { NO_UNDERLYING, type Portfolio } from '../margin/portfolio.ts';
import { NONE } from '../memory/table.ts';
import { isIsolated } from '../oracle/isolated.ts';
import type { State } from '../state.ts';
import type { Change } from './change.ts';

/**
 * Writes into a portfolio what its positions and its collateral gained in each isolated underlying since the
 * window began: what is held now, at the mark of now less the mark of then. What came in since counts from
 * the same mark, so nothing held there is worth more to other positions than it was at the start.
 *
 * @param portfolio read already: its rows and its collateral are all there
 */
export function readWindowGains(state: State, account: number, change: Change, portfolio: Portfolio): void {
  portfolio.hasWindow = true;
  for (let row = 0; row < portfolio.count; row++) {
    if (isIsolated(state, portfolio.underlying[row]!)) portfolio.windowGain[row] = 0;
  }
  const { instrument, lots, next } = state.positions.columns;
  let isChangeSeen = change.instrument === NONE;
  for (let row = state.accounts.columns.firstPosition[account]!; row !== NONE; row = next[row]!) {
    const isChanged = instrument[row] === change.instrument;
    if (isChanged) isChangeSeen = true;
    addGain(state, portfolio, instrument[row]!, isChanged ? lots[row]! + change.signedLots : lots[row]!);
  }
  if (!isChangeSeen) addGain(state, portfolio, change.instrument, change.signedLots);
  for (let row = 0; row < portfolio.collateralCount; row++) addCollateralGain(state, portfolio, row);
}

function addGain(state: State, portfolio: Portfolio, instrument: number, lots: number): void {
  const { underlying, baseAsset, mark, windowMark } = state.instruments.columns;
  const of = underlying[instrument]!;
  // A spot trade leaves coins, which are collateral.
  if (lots === 0 || baseAsset[instrument] !== NONE || !isIsolated(state, of)) return;
  addWindowGain(portfolio, of, lots * (mark[instrument]! - windowMark[instrument]!));
}

function addCollateralGain(state: State, portfolio: Portfolio, at: number): void {
  const underlying = portfolio.collateralUnderlying[at]!;
  if (underlying === NO_UNDERLYING || !isIsolated(state, underlying)) return;
  const { indexE8 } = state.underlyings.columns;
  const rise = 1 - state.isolations.columns.startIndexE8[underlying]! / indexE8[underlying]!;
  const gain = countedUsd(portfolio.collateralValue[at]!, portfolio.collateralWeightPpm[at]!) * rise;
  addWindowGain(portfolio, underlying, Math.ceil(gain));
}
