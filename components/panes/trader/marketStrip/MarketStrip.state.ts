import type { PositionView } from '../../../../engine/protocol/views/account.ts';
import type { MarketStatsView, MarketView, TradeView } from '../../../../engine/protocol/views/market.ts';

const HOURS_OF_FUNDING = 8;

/** Change over the day in ppm; undefined before anything traded. */
export function dayChangePpm(stats: Pick<MarketStatsView, 'lastTicks' | 'open24hTicks'>): number | undefined {
  if (stats.open24hTicks <= 0 || stats.lastTicks <= 0) return undefined;
  return Math.round(((stats.lastTicks - stats.open24hTicks) / stats.open24hTicks) * 1e6);
}

/** The engine's rate is for one hour; desks compare eight. In ppm, with its fraction. */
export function fundingEightHoursPpm(fundingRatePpb: number): number {
  return (fundingRatePpb * HOURS_OF_FUNDING) / 1_000;
}

/** Which way the last price went: against the last one that differed. */
export function lastDirection(trades: readonly Pick<TradeView, 'priceTicks'>[]): 'up' | 'down' | undefined {
  const last = trades[0]?.priceTicks;
  const before = trades.find((trade) => trade.priceTicks !== last)?.priceTicks;
  if (last === undefined || before === undefined) return undefined;
  return last > before ? 'up' : 'down';
}

/**
 * Markets at the right of the strip: those held first, then the listing's order; never the open one, and of
 * contracts that expire only those held.
 */
export function otherMarkets(
  markets: readonly MarketView[],
  positions: readonly PositionView[],
  openName: string,
): { market: MarketView; isHeld: boolean }[] {
  const held = new Set(
    positions.filter((position) => position.lots !== 0).map(({ instrument }) => instrument),
  );
  const others = markets
    .filter((market) => market.name !== openName)
    .map((market) => ({ market, isHeld: held.has(market.instrument) }))
    .filter(({ market, isHeld }) => isHeld || (market.expiryMs === 0 && market.stage === 'trading'));
  return [...others.filter((other) => other.isHeld), ...others.filter((other) => !other.isHeld)];
}

/** Share of the open interest that is one's own, ppm. */
export function ownSharePpm(positions: readonly PositionView[], stats: MarketStatsView): number | undefined {
  const own = positions.find((position) => position.instrument === stats.instrument)?.lots ?? 0;
  if (own === 0 || stats.openInterestLots <= 0) return undefined;
  return Math.round((Math.abs(own) / stats.openInterestLots) * 1e6);
}
