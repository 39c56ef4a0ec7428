import { InstrumentKind, IsolationRule, type IsolationRuleName, nameOf, Side } from '../../protocol/enums.ts';
import type { IsolationView, LevelView, MarketSnapshotView, MarkView } from '../../protocol/views/market.ts';
import { HOUR_MS } from '../../units/time.ts';
import { createDepth, readDepth } from '../book/depth.ts';
import { ladderOf } from '../book/ladder.ts';
import { rateOfEightHours } from '../funding/fundingRate.ts';
import { isIsolated, WINDOW_MS_MIN } from '../oracle/isolated.ts';
import { orderBookOf } from '../orders/books.ts';
import type { State } from '../state.ts';

/**
 * A market at the state's sequence: book, mark and what the core knows of its statistics. Trades and
 * the figures of the last day are kept by the streams, which fill them in.
 *
 * @param levels most levels per side
 */
export function marketSnapshotOf(state: State, instrument: number, levels: number): MarketSnapshotView {
  const i = state.instruments.columns;
  const { seq, timeMs } = state.globals.columns;
  const last = i.lastTicks[instrument]!;
  const bids = levelsOf(state, instrument, Side.buy, levels);
  const asks = levelsOf(state, instrument, Side.sell, levels);
  return {
    instrument,
    seq: seq[0]!,
    bids,
    asks,
    trades: [],
    mark: markOf(state, instrument),
    stats: {
      instrument,
      lastTicks: last,
      open24hTicks: last,
      high24hTicks: last,
      low24hTicks: last,
      volume24hUsd: 0,
      volumeMinuteUsd: 0,
      trades24h: 0,
      bidTicks: bids[0]?.[0] ?? 0,
      askTicks: asks[0]?.[0] ?? 0,
      openInterestLots: i.openInterest[instrument]!,
      fundingRatePpb: Math.round(rateOfEightHours(i.premiumSum[instrument]!, i.hourSamples[instrument]!) / 8),
      nextFundingMs:
        i.kind[instrument] !== InstrumentKind.perpetual
          ? 0
          : (Math.floor(timeMs[0]! / HOUR_MS) + 1) * HOUR_MS,
    },
  };
}

function levelsOf(state: State, instrument: number, side: Side, levels: number): LevelView[] {
  const depth = createDepth(levels);
  readDepth(state.book, ladderOf(orderBookOf(instrument), side), depth);
  return Array.from({ length: depth.count }, (_, at) => [
    depth.ticks[at]!,
    depth.lots[at]!,
    depth.orderCount[at]!,
  ]);
}

function markOf(state: State, instrument: number): MarkView | null {
  const i = state.instruments.columns;
  if (i.mark[instrument] === 0) return null;
  const u = state.underlyings.columns;
  const underlying = i.underlying[instrument]!;
  return {
    instrument,
    markUsdPerLot: i.mark[instrument]!,
    indexUsdPerLot: i.index[instrument]!,
    timeMs: i.markTimeMs[instrument]!,
    seq: state.globals.columns.seq[0]!,
    sources: u.liveSources[underlying]!,
    confidencePpm: u.confidencePpm[underlying]!,
    isolation: isolationOf(state, underlying),
  };
}

function isolationOf(state: State, underlying: number): IsolationView | null {
  const { rule, startMs } = state.isolations.columns;
  if (!isIsolated(state, underlying)) return null;
  const name = nameOf(IsolationRule, rule[underlying]!) as IsolationRuleName;
  return { rule: name, endsMsMin: startMs[underlying]! + WINDOW_MS_MIN };
}
