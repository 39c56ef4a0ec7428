import { assert } from '../../units/assert.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { copyExpiryLegs, createExpiryLegs, type ExpiryLegs } from './expiryLegs.ts';
import {
  clearOptionBook,
  copyOptionBook,
  createOptionBook,
  largestCell,
  NO_OPTIONS,
  type OptionBook,
} from './optionBook.ts';
import { UNDERLYINGS_MAX } from './parameters.ts';

/** Collateral that is not an underlying of the desk (a stable coin): it brings value and no market risk. */
export const NO_UNDERLYING = -1;

/** Gain of an underlying that does not stand alone: less than any, so that none of it is ever held back. */
export const NO_WINDOW = -Number.MAX_VALUE;

/** Most kinds of collateral in one account, USDC not counted. */
export const COLLATERAL_ROWS_MAX = 16;

/**
 * An order that could take the notional of one underlying to here is refused (`margin.bookTooLarge`):
 * $4.5 bn, half of what a double holds exactly, so that neither an order nor a doubled mark loses a digit.
 */
export const BOOK_USD_MAX = 4_503_599_627_370_496;

/**
 * All that margin needs to know of one account: plain numbers, preallocated, reused for every check.
 *
 * Money is integer micro-USD. Rows are in ascending underlying id, so that sums run in one order
 * everywhere. Orders that only reduce are left out by whoever fills this in.
 */
export interface Portfolio {
  count: number;
  readonly underlying: Int32Array;
  /** Signed value at mark of all linear legs of the underlying: positions and collateral. */
  readonly notional: Float64Array;
  /** Value of open buy orders, ≥ 0. */
  readonly bids: Float64Array;
  /** Value of open sell orders, ≥ 0. */
  readonly asks: Float64Array;
  /** Long notional of the owner's other subaccounts, ≥ 0: they would be closed in the same market. */
  readonly othersLong: Float64Array;
  /** Short notional of the owner's other subaccounts, as a value ≥ 0. */
  readonly othersShort: Float64Array;
  /** Block of the underlying in `options`, or NO_OPTIONS: then the row is linear. */
  readonly optionBlock: Int32Array;
  /** Open interest of the whole market; 0 when it is not known, and then nothing is charged for it. */
  readonly openInterest: Float64Array;
  /** Share of listed source weight that agrees on the index. */
  readonly confidencePpm: Int32Array;
  /** Eight hours of funding where the account pays it, and the fees of closing, ≥ 0. */
  readonly provision: Float64Array;
  /** Unrealized PnL of the positions in the underlying; together `unrealizedPnl`. */
  readonly unrealized: Float64Array;
  /** How far the average price of the last hour lies from the mark: average ÷ mark − 1. */
  readonly averageGap: Float64Array;
  /** What an isolated underlying gained since its window began, negative for a loss; NO_WINDOW for all others. */
  readonly windowGain: Float64Array;
  /** Options by underlying. */
  readonly options: OptionBook;
  /** What of the linear notional is in dated futures, by expiry. */
  readonly expiries: ExpiryLegs;
  /** USDC balance; negative is owed. */
  usdc: number;
  unrealizedPnl: number;
  /** What USDC is worth, ppm of a dollar. */
  settlementPricePpm: number;
  /** Some underlying is isolated: `windowGain` has something to say. */
  hasWindow: boolean;
  /** What a day brings while no price moves, micro-USD; negative is paid. */
  fundingUsdPerDay: number;
  thetaUsdPerDay: number;
  interestUsdPerDay: number;
  collateralCount: number;
  /** Underlying id of each collateral row, or NO_UNDERLYING. */
  readonly collateralUnderlying: Int32Array;
  /** Value at index; negative is owed. */
  readonly collateralValue: Float64Array;
  /** Share of the value that counts, in ppm: 1 − haircut. */
  readonly collateralWeightPpm: Int32Array;
}

export function createPortfolio(): Portfolio {
  return {
    count: 0,
    underlying: new Int32Array(UNDERLYINGS_MAX),
    notional: new Float64Array(UNDERLYINGS_MAX),
    bids: new Float64Array(UNDERLYINGS_MAX),
    asks: new Float64Array(UNDERLYINGS_MAX),
    othersLong: new Float64Array(UNDERLYINGS_MAX),
    othersShort: new Float64Array(UNDERLYINGS_MAX),
    optionBlock: new Int32Array(UNDERLYINGS_MAX).fill(NO_OPTIONS),
    openInterest: new Float64Array(UNDERLYINGS_MAX),
    confidencePpm: new Int32Array(UNDERLYINGS_MAX).fill(PPM_SCALE),
    provision: new Float64Array(UNDERLYINGS_MAX),
    unrealized: new Float64Array(UNDERLYINGS_MAX),
    averageGap: new Float64Array(UNDERLYINGS_MAX),
    windowGain: new Float64Array(UNDERLYINGS_MAX).fill(NO_WINDOW),
    options: createOptionBook(),
    expiries: createExpiryLegs(),
    usdc: 0,
    unrealizedPnl: 0,
    settlementPricePpm: PPM_SCALE,
    hasWindow: false,
    fundingUsdPerDay: 0,
    thetaUsdPerDay: 0,
    interestUsdPerDay: 0,
    collateralCount: 0,
    collateralUnderlying: new Int32Array(COLLATERAL_ROWS_MAX),
    collateralValue: new Float64Array(COLLATERAL_ROWS_MAX),
    collateralWeightPpm: new Int32Array(COLLATERAL_ROWS_MAX),
  };
}

/** Empties a portfolio for its next account. */
export function clearPortfolio(portfolio: Portfolio): void {
  portfolio.count = 0;
  portfolio.usdc = 0;
  portfolio.unrealizedPnl = 0;
  portfolio.settlementPricePpm = PPM_SCALE;
  portfolio.hasWindow = false;
  portfolio.fundingUsdPerDay = 0;
  portfolio.thetaUsdPerDay = 0;
  portfolio.interestUsdPerDay = 0;
  portfolio.collateralCount = 0;
  portfolio.expiries.count = 0;
  clearOptionBook(portfolio.options);
}

/** Makes `to` equal to `from`. */
export function copyPortfolio(from: Portfolio, to: Portfolio): void {
  to.count = from.count;
  for (let row = 0; row < from.count; row++) copyRow(from, row, to, row);
  to.usdc = from.usdc;
  to.unrealizedPnl = from.unrealizedPnl;
  to.settlementPricePpm = from.settlementPricePpm;
  to.hasWindow = from.hasWindow;
  to.fundingUsdPerDay = from.fundingUsdPerDay;
  to.thetaUsdPerDay = from.thetaUsdPerDay;
  to.interestUsdPerDay = from.interestUsdPerDay;
  to.collateralCount = from.collateralCount;
  for (let row = 0; row < from.collateralCount; row++) {
    to.collateralUnderlying[row] = from.collateralUnderlying[row]!;
    to.collateralValue[row] = from.collateralValue[row]!;
    to.collateralWeightPpm[row] = from.collateralWeightPpm[row]!;
  }
  copyExpiryLegs(from.expiries, to.expiries);
  copyOptionBook(from.options, to.options);
}

/** Every column of one row, in one place: who adds a column adds it here and in `clearRow`. */
function copyRow(from: Portfolio, fromRow: number, to: Portfolio, toRow: number): void {
  to.underlying[toRow] = from.underlying[fromRow]!;
  to.notional[toRow] = from.notional[fromRow]!;
  to.bids[toRow] = from.bids[fromRow]!;
  to.asks[toRow] = from.asks[fromRow]!;
  to.othersLong[toRow] = from.othersLong[fromRow]!;
  to.othersShort[toRow] = from.othersShort[fromRow]!;
  to.optionBlock[toRow] = from.optionBlock[fromRow]!;
  to.openInterest[toRow] = from.openInterest[fromRow]!;
  to.confidencePpm[toRow] = from.confidencePpm[fromRow]!;
  to.provision[toRow] = from.provision[fromRow]!;
  to.unrealized[toRow] = from.unrealized[fromRow]!;
  to.averageGap[toRow] = from.averageGap[fromRow]!;
  to.windowGain[toRow] = from.windowGain[fromRow]!;
}

function clearRow(portfolio: Portfolio, row: number): void {
  portfolio.notional[row] = 0;
  portfolio.bids[row] = 0;
  portfolio.asks[row] = 0;
  portfolio.othersLong[row] = 0;
  portfolio.othersShort[row] = 0;
  portfolio.optionBlock[row] = NO_OPTIONS;
  portfolio.openInterest[row] = 0;
  portfolio.confidencePpm[row] = PPM_SCALE;
  portfolio.provision[row] = 0;
  portfolio.unrealized[row] = 0;
  portfolio.averageGap[row] = 0;
  portfolio.windowGain[row] = NO_WINDOW;
}

/**
 * The row of an underlying; a new one of zeros is put in its place when the portfolio has none yet.
 * Rows behind it move, so a row number is good until the next new underlying.
 */
export function rowOf(portfolio: Portfolio, underlying: number): number {
  let row = portfolio.count;
  while (row > 0 && portfolio.underlying[row - 1]! > underlying) row--;
  if (row > 0 && portfolio.underlying[row - 1] === underlying) return row - 1;
  assert(portfolio.count < UNDERLYINGS_MAX, 'a portfolio holds at most as many underlyings as are listed');
  for (let at = portfolio.count; at > row; at--) copyRow(portfolio, at - 1, portfolio, at);
  portfolio.count++;
  portfolio.underlying[row] = underlying;
  clearRow(portfolio, row);
  return row;
}

/** Adds a position: its signed notional at mark. Legs of one underlying are netted. */
export function addPosition(portfolio: Portfolio, underlying: number, notional: number): void {
  const row = rowOf(portfolio, underlying);
  portfolio.notional[row] = portfolio.notional[row]! + notional;
}

/** Adds open orders of one instrument: the notional of its buys and of its sells, both ≥ 0. */
export function addOrders(portfolio: Portfolio, underlying: number, bids: number, asks: number): void {
  const row = rowOf(portfolio, underlying);
  portfolio.bids[row] = portfolio.bids[row]! + bids;
  portfolio.asks[row] = portfolio.asks[row]! + asks;
}

/** Adds what another subaccount of the same owner holds, as a signed notional at mark. */
export function addOtherSubaccount(portfolio: Portfolio, underlying: number, notional: number): void {
  const row = rowOf(portfolio, underlying);
  if (notional > 0) portfolio.othersLong[row] = portfolio.othersLong[row]! + notional;
  else portfolio.othersShort[row] = portfolio.othersShort[row]! - notional;
}

/**
 * Adds collateral other than USDC. One that is also an underlying enters the grid as a linear leg, so it
 * cancels the risk of a short and carries only its liquidity haircut.
 *
 * @param collateral `value` in micro-USD at index; `weightPpm` is the share that counts
 */
export function addCollateral(
  portfolio: Portfolio,
  collateral: { underlying: number; value: number; weightPpm: number },
): void {
  const row = portfolio.collateralCount;
  assert(row < COLLATERAL_ROWS_MAX, 'a portfolio has a row for every kind of collateral');
  portfolio.collateralUnderlying[row] = collateral.underlying;
  portfolio.collateralValue[row] = collateral.value;
  portfolio.collateralWeightPpm[row] = collateral.weightPpm;
  portfolio.collateralCount = row + 1;
  if (collateral.underlying !== NO_UNDERLYING)
    addPosition(portfolio, collateral.underlying, collateral.value);
}

/** Whether some underlying could reach the size at which sums are no longer surely exact. */
export function isBookTooLarge(portfolio: Portfolio): boolean {
  for (let row = 0; row < portfolio.count; row++) {
    const notional = portfolio.notional[row]!;
    if (notional + portfolio.bids[row]! >= BOOK_USD_MAX) return true;
    if (portfolio.asks[row]! - notional >= BOOK_USD_MAX) return true;
  }
  return largestCell(portfolio.options) >= BOOK_USD_MAX;
}
