import { useEffect, useState } from 'react';
import type { MarketView } from '../../engine/protocol/views/market.ts';
import type { Gauge, GaugeReading, PricesNow } from '../preview.ts';
import { accounts } from '../stores/accountStore.ts';
import { listing, marks } from '../stores/marketStore.ts';
import { loadGauge, pricesSince } from './gauge.ts';

/** An order as if it filled whole, with the market at its price. */
export interface FillAt {
  account: number;
  market: MarketView;
  /** Positive is bought. */
  lots: number;
  priceTicks: number;
}

/** The account now and after such a fill, both computed in this page by the margin model. */
export interface FillReading {
  now: GaugeReading;
  after: GaugeReading;
}

/**
 * Follows a price that moves with the hand: once a frame, the last one asked for. Undefined where only the engine can
 * say, as with options of the same coin.
 */
export function useFillReading(fill: FillAt | undefined): FillReading | undefined {
  const [answer, setAnswer] = useState<{ fill: FillAt; reading: FillReading | undefined }>();
  const { account, market, lots, priceTicks } = fill ?? {};
  useEffect(() => {
    if (account === undefined || market === undefined || lots === undefined || priceTicks === undefined)
      return setAnswer(undefined);
    let isCurrent = true;
    const asked = { account, market, lots, priceTicks };
    void loadGauge().then((gauge) =>
      requestAnimationFrame(() => {
        if (isCurrent) setAnswer({ fill: asked, reading: readFill(gauge, asked) });
      }),
    );
    return () => {
      isCurrent = false;
    };
  }, [account, market, lots, priceTicks]);
  return fill === undefined ? undefined : answer?.reading;
}

function readFill(gauge: Gauge, { account, market, lots, priceTicks }: FillAt): FillReading | undefined {
  const state = accounts.get(account);
  const mark = marks.get(market.instrument);
  const markets = listing.get('listing')?.markets ?? [];
  if (state === undefined || mark === undefined || holdsOptions(account, market, markets)) return undefined;
  const told = { account: state.view, book: state.book, markets };
  const prices = pricesSince(state.view.seq);
  const there = movedTo(prices, market, priceTicks * market.usdPerTickLot, markets);
  const now = gauge(told, prices);
  const after = gauge(told, there, { instrument: market.instrument, lots });
  return now === undefined || after === undefined ? undefined : { now, after };
}

function holdsOptions(account: number, market: MarketView, markets: readonly MarketView[]): boolean {
  const positions = accounts.get(account)?.view.positions ?? [];
  return positions.some(({ instrument }) =>
    markets.some(
      (each) =>
        each.instrument === instrument && each.kind === 'option' && each.underlyingId === market.underlyingId,
    ),
  );
}

/** Every contract of the coin and the coin itself, moved in proportion. */
function movedTo(
  prices: PricesNow,
  market: MarketView,
  usdPerLot: number,
  markets: readonly MarketView[],
): PricesNow {
  const factor = usdPerLot / marks.get(market.instrument)!.markUsdPerLot;
  const moved = { marks: new Map(prices.marks), indexes: new Map(prices.indexes) };
  for (const { instrument, kind, underlyingId, lotsPerUnit } of markets) {
    const mark = marks.get(instrument);
    if (underlyingId !== market.underlyingId || mark === undefined) continue;
    moved.marks.set(instrument, Math.round(mark.markUsdPerLot * factor));
    if (kind === 'perpetual')
      moved.indexes.set(underlyingId, Math.round(mark.indexUsdPerLot * lotsPerUnit * factor));
  }
  moved.marks.set(market.instrument, usdPerLot);
  return moved;
}
