import { liquidationDistance } from '../engine/core/margin/distance.ts';
import { createRiskParameters, type RiskSource } from '../engine/core/margin/parameters.ts';
import {
  addCollateral,
  addPosition,
  clearPortfolio,
  createPortfolio,
  NO_UNDERLYING,
} from '../engine/core/margin/portfolio.ts';
import { requirementOf } from '../engine/core/margin/requirement.ts';
import { type WorkedExample, workedExample } from '../engine/core/margin/workedExample.ts';
import type { AccountView } from '../engine/protocol/views/account.ts';
import type { DistanceView } from '../engine/protocol/views/margin.ts';
import type { AssetView, MarketView } from '../engine/protocol/views/market.ts';

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
 * Undefined while a market it holds is unknown to the page, or is a future or option, whose forward and risk
 * vector only the engine has: a gauge that leaves a position out, or takes a curve for a line, would lie.
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
      if (market?.kind !== 'perpetual') return undefined;
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

/** The book of the help, computed by the functions that liquidate: help cannot be out of date. */
export function marginExample(): WorkedExample {
  return workedExample();
}
