import {
  MAINTENANCE_SHARE_BPS,
  RANGE_CAP_PPM,
  RANGE_FLOOR_PPM,
  RANGE_Z_PPM,
} from '../engine/core/margin/defaultParameters.ts';
import { liquidationDistance } from '../engine/core/margin/distance.ts';
import { explainMargin } from '../engine/core/margin/explain.ts';
import { createRiskParameters, type RiskSource } from '../engine/core/margin/parameters.ts';
import {
  addCollateral,
  addPosition,
  clearPortfolio,
  createPortfolio,
  NO_UNDERLYING,
} from '../engine/core/margin/portfolio.ts';
import { requirementOf } from '../engine/core/margin/requirement.ts';
import type { AccountView } from '../engine/protocol/views/account.ts';
import type { DistanceView, MarginView } from '../engine/protocol/views/margin.ts';
import type { AssetView, MarketView } from '../engine/protocol/views/market.ts';
import { USD_SCALE, usd } from '../engine/units/money.ts';
import { PPM_SCALE, type Ppm } from '../engine/units/rate.ts';

/** What the feed knows better than an account view that is some sequences old. */
export interface PricesNow {
  markets: readonly MarketView[];
  assets: readonly AssetView[];
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

/** The asset all accounts settle in. */
const USDC = 0;

/**
 * The gauge of an account, computed by the functions that liquidate: at the view's own prices it reads what
 * the view reads, to the last unit, and between views it moves with every mark.
 *
 * Undefined while a market it holds is unknown to the page: a gauge that leaves a position out would lie.
 * Initial margin is not here: it needs the owner's other subaccounts, which this page may not see.
 */
export function createGauge(
  source: RiskSource,
): (account: AccountView, now: PricesNow) => GaugeReading | undefined {
  const parameters = createRiskParameters(source);
  const portfolio = createPortfolio();
  return (account, now) => {
    clearPortfolio(portfolio);
    for (const { asset, amount, name } of account.balances) {
      if (asset === USDC) portfolio.usdc = amount;
      else addCollateral(portfolio, collateralOf({ asset, amount, name }, source, now));
    }
    for (const position of account.positions) {
      const market = now.markets.find(({ instrument }) => instrument === position.instrument);
      if (market === undefined) return undefined;
      const mark = now.marks.get(position.instrument) ?? position.markUsdPerLot;
      addPosition(portfolio, market.underlyingId, position.lots * mark);
      portfolio.unrealizedPnl += position.lots * mark - position.entryValueUsd;
    }
    const { equityUsd, maintenanceUsd, ratioPpm } = requirementOf(parameters, portfolio);
    const distance = withPrices(liquidationDistance(parameters, portfolio), source, now);
    return { equityUsd, maintenanceUsd, ratioPpm, distance };
  };
}

function collateralOf(
  { asset, amount, name }: { asset: number; amount: number; name: string },
  source: RiskSource,
  { assets, indexes }: PricesNow,
) {
  const listed = assets.find((candidate) => candidate.asset === asset);
  const found = source.underlyings.findIndex(({ symbol }) => symbol === name);
  const indexUsd = indexes.get(found) ?? listed?.indexUsd ?? 0;
  return {
    underlying: found < 0 ? NO_UNDERLYING : found,
    value: Math.floor(amount * (indexUsd / 10 ** (listed?.decimals ?? 0))),
    weightPpm: listed?.weightPpm ?? 0,
  };
}

function withPrices(view: DistanceView, source: RiskSource, { indexes }: PricesNow): DistanceView {
  const priceAt = (underlying: string, move: number): number => {
    const id = source.underlyings.findIndex(({ symbol }) => symbol === underlying);
    return Math.max(0, Math.round((indexes.get(id) ?? 0) * (1 + move)));
  };
  const rows = view.rows.map((row) =>
    row.kind === 'joint' ? row : { ...row, priceUsd: priceAt(row.underlying, row.move) },
  );
  return { ...view, rows };
}

export interface WorkedExample {
  equityUsd: number;
  /** What the first form holds maintenance margin at. */
  heldMaintenanceUsd: number;
  /** The book's margin by the model. */
  margin: MarginView;
  /** Maintenance margin held fixed on the way: the closed form of a linear book. */
  held: DistanceView;
  /** Maintenance margin computed anew at every point of the way: what the gauge shows. */
  model: DistanceView;
}

const EXAMPLE_NOTIONAL_USD = 100_000 * USD_SCALE;
const EXAMPLE_EQUITY_USD = 10_000 * USD_SCALE;
const EXAMPLE_HELD_USD = 3_640 * USD_SCALE;
/** What BTC and ETH share in the example, in calm and in stress. */
const EXAMPLE_RHO_PPM = 850_000;

/**
 * The help's example: long 100,000 USD of BTC against short 100,000 of ETH with 10,000 of equity, σ 3 % and 4 %
 * a day, one correlation of 0.85. Computed by the functions that liquidate, so that help cannot be out of date.
 */
export function workedExample(): WorkedExample {
  const source = exampleSource();
  const measured = createRiskParameters(source);
  const rho = EXAMPLE_RHO_PPM / PPM_SCALE;
  const one = { ...measured.low, rho: Float64Array.of(0, rho, rho, 0) };
  const parameters = { ...measured, low: one, high: one };
  const portfolio = createPortfolio();
  portfolio.usdc = EXAMPLE_EQUITY_USD;
  addPosition(portfolio, 0, EXAMPLE_NOTIONAL_USD);
  addPosition(portfolio, 1, -EXAMPLE_NOTIONAL_USD);
  return {
    equityUsd: EXAMPLE_EQUITY_USD,
    heldMaintenanceUsd: EXAMPLE_HELD_USD,
    margin: explainMargin(measured, portfolio),
    held: liquidationDistance(parameters, portfolio, { heldMaintenanceUsd: EXAMPLE_HELD_USD }),
    model: liquidationDistance(parameters, portfolio),
  };
}

function exampleSource(): RiskSource {
  const coin = (symbol: string, sigmaPpm: number) => ({
    symbol,
    sigmaPpm: sigmaPpm as Ppm,
    horizonMinutesMin: 30,
    adv30Usd: usd(1e9 * USD_SCALE),
    muInitialPpm: PPM_SCALE as Ppm,
    muMaintenancePpm: PPM_SCALE as Ppm,
    rangeFloorPpm: RANGE_FLOOR_PPM,
    upFactorPpm: PPM_SCALE as Ppm,
    isMajor: true,
  });
  const matrix = [PPM_SCALE, EXAMPLE_RHO_PPM, EXAMPLE_RHO_PPM, PPM_SCALE];
  return {
    underlyings: [coin('BTC', 30_000), coin('ETH', 40_000)],
    calmPpm: matrix,
    stressPpm: matrix,
    zPpm: RANGE_Z_PPM,
    rangeCapPpm: RANGE_CAP_PPM,
    maintenanceShareBps: MAINTENANCE_SHARE_BPS,
    marketUnderlying: 0,
  };
}
