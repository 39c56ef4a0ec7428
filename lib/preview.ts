import { addExpiryLeg, addProvision, addUnrealized, addWindowGain } from '../engine/core/margin/addLegs.ts';
import { liquidationDistance } from '../engine/core/margin/distance.ts';
import { countedUsd } from '../engine/core/margin/equity.ts';
import { createRiskParameters, type RiskParameters } from '../engine/core/margin/parameters.ts';
import { addPosition, createPortfolio, type Portfolio } from '../engine/core/margin/portfolio.ts';
import { unpackPortfolio } from '../engine/core/margin/portfolioView.ts';
import { requirementOf } from '../engine/core/margin/requirement.ts';
import { type WorkedExample, workedExample } from '../engine/core/margin/workedExample.ts';
import type { AccountView } from '../engine/protocol/views/account.ts';
import type { DistanceView } from '../engine/protocol/views/margin.ts';
import type { MarginBookView } from '../engine/protocol/views/marginBook.ts';
import type { MarketView } from '../engine/protocol/views/market.ts';
import { PPM_SCALE } from '../engine/units/rate.ts';

/** Prices newer than an account view; what is not in here stands where the view has it. */
export interface PricesNow {
  /** Micro-USD per lot, by instrument. */
  marks: ReadonlyMap<number, number>;
  /** Micro-USD per coin, by underlying id. */
  indexes: ReadonlyMap<number, number>;
}

export interface GaugeReading {
  equityUsd: number;
  maintenanceUsd: number;
  ratioPpm: number;
  distance: DistanceView;
}

/** An account and what its margin was computed from, at one sequence. */
export interface ToldAccount {
  account: AccountView;
  book: MarginBookView;
  markets: readonly MarketView[];
}

/** A trade that has not happened, at the mark of its instrument. */
export interface SupposedFill {
  instrument: number;
  /** Positive is bought. */
  lots: number;
}

export type Gauge = (told: ToldAccount, now: PricesNow, supposed?: SupposedFill) => GaugeReading | undefined;

/**
 * The gauge of an account, computed by the functions that liquidate: at the view's own prices it reads what
 * the view reads, to the last unit, and between views it moves with every mark. Risk vectors of options stand
 * as they were told, as they do in the engine until the forward has moved by 10 bp.
 *
 * Undefined while the page lacks the parameters or a market the account holds: a gauge that leaves a position
 * out would lie. Initial margin is not here: it needs the owner's other subaccounts, which a page may not see.
 */
export function createGauge(): Gauge {
  const portfolio = createPortfolio();
  let version = '';
  let parameters: RiskParameters | undefined;
  return (told, now, supposed) => {
    const { account, book, markets } = told;
    if (version !== book.version && book.source !== undefined) {
      parameters = createRiskParameters(book.source);
      version = book.version;
    }
    if (parameters === undefined || version !== book.version) return undefined;
    unpackPortfolio(book.portfolio, portfolio);
    for (const position of account.positions) {
      const market = markets.find(({ instrument }) => instrument === position.instrument);
      if (market === undefined) return undefined;
      const mark = now.marks.get(position.instrument) ?? position.markUsdPerLot;
      moveLeg(portfolio, market, position.lots * (mark - position.markUsdPerLot));
    }
    if (supposed !== undefined && !addFill(portfolio, told, supposed, now)) return undefined;
    moveCollateral(portfolio, book, now);
    const { equityUsd, maintenanceUsd, ratioPpm } = requirementOf(parameters, portfolio);
    const view = liquidationDistance(parameters, portfolio);
    return { equityUsd, maintenanceUsd, ratioPpm, distance: withPrices(view, parameters, book, now) };
  };
}

/** @param movedUsd what the position is worth more than in the view, micro-USD */
function moveLeg(portfolio: Portfolio, market: MarketView, movedUsd: number): void {
  if (movedUsd === 0) return;
  const { kind, underlyingId, expiryMs } = market;
  addUnrealized(portfolio, underlyingId, movedUsd);
  addWindowGain(portfolio, underlyingId, movedUsd);
  if (kind === 'future') addExpiryLeg(portfolio, underlyingId, expiryMs, movedUsd);
  else if (kind === 'perpetual') addPosition(portfolio, underlyingId, movedUsd);
}

/**
 * A trade at the mark moves no equity, only what is held and what closing it would cost; its own fee is left out.
 *
 * @returns false where the page cannot say what it would hold: options have risk vectors that only the engine makes
 */
function addFill(
  portfolio: Portfolio,
  { account, markets }: ToldAccount,
  { instrument, lots }: SupposedFill,
  { marks }: PricesNow,
): boolean {
  const market = markets.find((each) => each.instrument === instrument);
  const mark = marks.get(instrument);
  if (market === undefined || mark === undefined) return false;
  const { kind, underlyingId, expiryMs, takerPpm } = market;
  if (kind === 'perpetual') addPosition(portfolio, underlyingId, lots * mark);
  else if (kind === 'future') addExpiryLeg(portfolio, underlyingId, expiryMs, lots * mark);
  else return false;
  const held = account.positions.find((each) => each.instrument === instrument)?.lots ?? 0;
  const more = Math.abs(held + lots) - Math.abs(held);
  addProvision(portfolio, underlyingId, 0, Math.ceil((more * mark * takerPpm) / PPM_SCALE));
  return true;
}

/** Coins move with the index of their underlying, in equity and in the grid. */
function moveCollateral(portfolio: Portfolio, { indexUsd }: MarginBookView, { indexes }: PricesNow): void {
  for (let row = 0; row < portfolio.collateralCount; row++) {
    const underlying = portfolio.collateralUnderlying[row]!;
    const before = indexUsd[underlying];
    const after = indexes.get(underlying);
    if (before === undefined || before === 0 || after === undefined || after === before) continue;
    const value = portfolio.collateralValue[row]!;
    const moved = Math.floor(value * (after / before)) - value;
    portfolio.collateralValue[row] = value + moved;
    addPosition(portfolio, underlying, moved);
    addWindowGain(portfolio, underlying, countedUsd(moved, portfolio.collateralWeightPpm[row]!));
  }
}

function withPrices(
  view: DistanceView,
  { symbols }: RiskParameters,
  { indexUsd }: MarginBookView,
  { indexes }: PricesNow,
): DistanceView {
  const priceAt = (underlying: string, move: number): number => {
    const id = symbols.indexOf(underlying);
    return Math.max(0, Math.round((indexes.get(id) ?? indexUsd[id] ?? 0) * (1 + move)));
  };
  const rows = view.rows.map((row) =>
    row.kind === 'joint' ? row : { ...row, priceUsd: priceAt(row.underlying, row.move) },
  );
  return { ...view, rows };
}

/** The book of the help, computed by the functions that liquidate: help cannot be out of date. */
export function marginExample(): WorkedExample {
  return workedExample();
}
