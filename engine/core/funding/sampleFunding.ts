import { Side } from '../../protocol/enums.ts';
import { HOUR_MS } from '../../units/time.ts';
import { createDepth, readDepth } from '../book/depth.ts';
import { ladderOf } from '../book/ladder.ts';
import type { Engine } from '../engine.ts';
import { putF, putI } from '../memory/undo.ts';
import { isIsolated } from '../oracle/isolated.ts';
import { orderBookOf } from '../orders/books.ts';
import { isMarkStale } from '../orders/judgeTerms.ts';
import type { State } from '../state.ts';
import { PPB_SCALE, rateOfEightHours } from './fundingRate.ts';

/** A premium sample is taken this often. */
export const SAMPLE_MS = 5_000;
/** Samples of a whole hour: each carries this share of the hour's rate. */
export const SAMPLES_PER_HOUR = HOUR_MS / SAMPLE_MS;
/** The impact price is what this much of notional would trade at, micro-USD. */
const IMPACT_NOTIONAL = 20_000_000_000;

const depth = createDepth(64);

/** Takes the premium sample of an instrument when one is due. A gap in time takes one sample, not many. */
export function sampleFunding(engine: Engine, instrument: number): void {
  const { state, undo } = engine;
  const i = state.instruments.columns;
  const now = state.globals.columns.timeMs[0]!;
  // What its sources cannot price pays nobody: funding waits until the market stands with the others again.
  if (isIsolated(state, i.underlying[instrument]!)) return;
  if (now - i.lastSampleMs[instrument]! < SAMPLE_MS || isMarkStale(state, instrument)) return;
  putF(undo, i.lastSampleMs, instrument, now - (now % SAMPLE_MS));
  putF(undo, i.samples, instrument, i.samples[instrument]! + 1);
  putI(undo, i.hourSamples, instrument, i.hourSamples[instrument]! + 1);
  putF(undo, i.premiumSum, instrument, i.premiumSum[instrument]! + premiumPpb(state, instrument));
  const rate = rateOfEightHours(i.premiumSum[instrument]!, i.hourSamples[instrument]!) / PPB_SCALE;
  putF(undo, i.fundingUsdPerLot, instrument, rate * i.index[instrument]!);
}

/**
 * How far the book stands from the index: (max(impact bid − index, 0) − max(index − impact ask, 0)) ÷
 * index, 1e-9. 0 where a side does not hold the impact notional.
 */
export function premiumPpb(state: State, instrument: number): number {
  const index = state.instruments.columns.index[instrument]!;
  const bid = impactPrice(state, instrument, Side.buy);
  const ask = impactPrice(state, instrument, Side.sell);
  if (bid === 0 || ask === 0) return 0;
  const distance = Math.max(bid - index, 0) - Math.max(index - ask, 0);
  return Math.round((distance * PPB_SCALE) / index);
}

/** Average price in micro-USD per lot of trading the impact notional against a side; 0 when it is not there. */
function impactPrice(state: State, instrument: number, side: Side): number {
  const perTick = state.instruments.columns.usdPerTickLot[instrument]!;
  readDepth(state.book, ladderOf(orderBookOf(instrument), side), depth);
  let left = IMPACT_NOTIONAL;
  let lots = 0;
  for (let level = 0; level < depth.count; level++) {
    const price = depth.ticks[level]! * perTick;
    const here = depth.lots[level]! * price;
    if (here >= left) return IMPACT_NOTIONAL / (lots + left / price);
    lots += depth.lots[level]!;
    left -= here;
  }
  return 0;
}
