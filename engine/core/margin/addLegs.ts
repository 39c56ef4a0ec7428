import { RISK_CELLS } from '../../pricing/riskVector.ts';
import { assert } from '../../units/assert.ts';
import { EXPIRY_LEGS_MAX } from './expiryLegs.ts';
import { NO_OPTIONS, OPTION_BLOCKS_MAX, openBlock } from './optionBook.ts';
import { addPosition, type Portfolio, rowOf } from './portfolio.ts';

/**
 * Adds one option instrument: what is held of it and its open orders.
 *
 * @param vectors risk vectors of all instruments, RISK_CELLS integers each, micro-USD per lot
 * @param vectorRow row of this instrument in `vectors`
 * @param lots held, signed
 * @param bids lots of open buy orders, ≥ 0; asks the same of sell orders
 * @param deltaUsdPerLot change of value of one long lot per unit of return, micro-USD; negative for a put
 * @param notionalUsdPerLot value of the underlying under one lot, micro-USD
 */
export function addOption(
  portfolio: Portfolio,
  underlying: number,
  vectors: Float64Array,
  vectorRow: number,
  lots: number,
  bids: number,
  asks: number,
  deltaUsdPerLot: number,
  notionalUsdPerLot: number,
): void {
  const block = blockOf(portfolio, underlying);
  const { cells, orderCells, delta, shortUsd, shortUsdMax } = portfolio.options;
  const from = vectorRow * RISK_CELLS;
  const to = block * RISK_CELLS;
  for (let cell = 0; cell < RISK_CELLS; cell++) {
    const change = vectors[from + cell]!;
    cells[to + cell] = cells[to + cell]! + lots * change;
    const worst = change < 0 ? -bids * change : asks * change;
    orderCells[to + cell] = orderCells[to + cell]! + worst;
  }
  delta[block] = delta[block]! + lots * deltaUsdPerLot;
  shortUsd[block] = shortUsd[block]! + Math.max(0, -lots) * notionalUsdPerLot;
  shortUsdMax[block] = shortUsdMax[block]! + Math.max(0, asks - lots) * notionalUsdPerLot;
}

/** The block of an underlying's options; a new one of zeros when it has none yet. */
function blockOf(portfolio: Portfolio, underlying: number): number {
  const row = rowOf(portfolio, underlying);
  const known = portfolio.optionBlock[row]!;
  if (known !== NO_OPTIONS) return known;
  assert(
    portfolio.options.count < OPTION_BLOCKS_MAX,
    'a portfolio has a block for every underlying with options',
  );
  const block = openBlock(portfolio.options);
  portfolio.optionBlock[row] = block;
  return block;
}

/**
 * Adds a dated future: a linear leg like any other, remembered by its expiry, because two expiries of one
 * coin net in the grid and still can drift apart.
 *
 * @param notional signed, at mark, micro-USD; it is added to the row as `addPosition` would
 */
export function addExpiryLeg(
  portfolio: Portfolio,
  underlying: number,
  expiryMs: number,
  notional: number,
): void {
  addPosition(portfolio, underlying, notional);
  const { expiries } = portfolio;
  let leg = 0;
  while (leg < expiries.count) {
    if (expiries.underlying[leg] === underlying && expiries.expiryMs[leg] === expiryMs) break;
    leg++;
  }
  if (leg === expiries.count) {
    assert(leg < EXPIRY_LEGS_MAX, 'a portfolio has a row for every dated future');
    expiries.count++;
    expiries.underlying[leg] = underlying;
    expiries.expiryMs[leg] = expiryMs;
    expiries.notional[leg] = 0;
  }
  expiries.notional[leg] = expiries.notional[leg]! + notional;
}

/** Adds the open interest of an instrument the account holds or orders, micro-USD at mark (options: at delta). */
export function addOpenInterest(portfolio: Portfolio, underlying: number, openInterestUsd: number): void {
  const row = rowOf(portfolio, underlying);
  portfolio.openInterest[row] = portfolio.openInterest[row]! + openInterestUsd;
}

/** Says how far the sources of the underlying's index agree; without it, fully. */
export function setConfidence(portfolio: Portfolio, underlying: number, confidencePpm: number): void {
  portfolio.confidencePpm[rowOf(portfolio, underlying)] = confidencePpm;
}

/** Adds unrealized PnL of a position, to the account and to its underlying. */
export function addUnrealized(portfolio: Portfolio, underlying: number, pnlUsd: number): void {
  const row = rowOf(portfolio, underlying);
  portfolio.unrealized[row] = portfolio.unrealized[row]! + pnlUsd;
  portfolio.unrealizedPnl += pnlUsd;
}

/**
 * Adds what closing a position would take: eight hours of its funding, if the account pays, and fees.
 *
 * @param fundingUsd of eight hours at the rate of now; negative is received and not counted
 */
export function addProvision(
  portfolio: Portfolio,
  underlying: number,
  fundingUsd: number,
  feeUsd: number,
): void {
  const row = rowOf(portfolio, underlying);
  portfolio.provision[row] = portfolio.provision[row]! + Math.max(0, fundingUsd) + feeUsd;
}

/** Adds to what an isolated underlying gained since its window began, micro-USD; of all others nothing is remembered. */
export function addWindowGain(portfolio: Portfolio, underlying: number, gainUsd: number): void {
  const row = rowOf(portfolio, underlying);
  portfolio.windowGain[row] = portfolio.windowGain[row]! + gainUsd;
}
