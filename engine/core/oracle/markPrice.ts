import { InstrumentKind } from '../../protocol/enums.ts';
import { type PriceE8, usdPerLotOf } from '../../units/price.ts';
import { PPM_SCALE } from '../../units/rate.ts';
import { collateralPriceE8 } from '../accounts/collateralValue.ts';
import { announce } from '../announce.ts';
import { bestAsk, bestBid } from '../book/ladder.ts';
import type { Engine } from '../engine.ts';
import { forwardE8Of, hasExpired } from '../instruments/maturities.ts';
import { fixedPriceE8, fixedShare } from '../instruments/twap.ts';
import { highWater, NONE } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { optionMarkOf } from '../options/optionMark.ts';
import { hasSurface, isSurfaceFresh } from '../options/optionTerms.ts';
import { orderBookOf } from '../orders/books.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { noteFreeMark } from './freeMark.ts';

/** Time constant of the average of (mid − index). A last trade is no part of it: on a still market the mark stands still. */
const BASIS_MS = 150_000;

/** Sets index and mark of every instrument whose underlying has an index, and announces those. */
export function updateMarks(engine: Engine): void {
  const { state } = engine;
  for (let instrument = 0; instrument < highWater(state.instruments); instrument++) {
    const underlying = state.instruments.columns.underlying[instrument]!;
    if (hasExpired(state, instrument)) continue;
    // An index that was not renewed now keeps its age, and the mark with it.
    if (state.underlyings.columns.indexTimeMs[underlying] !== state.globals.columns.timeMs[0]) continue;
    if (state.instruments.columns.kind[instrument] === InstrumentKind.option) markOption(engine, instrument);
    else updateMark(engine, instrument, underlying);
  }
}

/**
 * Mark = median of (index + 150 s average of the book's distance, the book's own median, the index),
 * clamped to a band around the index. The index stands in for outside perpetuals, so the own book
 * never has a majority. Never the last price alone. For a dated future read forward for index.
 *
 * @see engine/core/oracle/README.md
 */
function updateMark(engine: Engine, instrument: number, underlying: number): void {
  const { state, undo } = engine;
  const i = state.instruments.columns;
  const now = state.globals.columns.timeMs[0]!;
  const index = usdPerLotOf(referenceE8(state, instrument, underlying), i.lotsPerUnit[instrument]!);
  const band = (index * i.markBandPpm[instrument]!) / PPM_SCALE;
  const bid = bestBid(state.book, orderBookOf(instrument));
  const ask = bestAsk(state.book, orderBookOf(instrument));
  const hasBook = bid !== NONE && ask !== NONE;
  const perTick = i.usdPerTickLot[instrument]!;
  // Where the book has one side at most, the index stands in for it.
  const book = hasBook ? bookPrice(state, instrument, bid, ask) * perTick : index;
  const mid = hasBook ? ((bid + ask) / 2) * perTick : index;
  const elapsed = i.markTimeMs[instrument] === 0 ? 0 : now - i.markTimeMs[instrument]!;
  const basis = averaged(i.basis[instrument]!, clamp(mid - index, -band, band), elapsed);
  const middle = median(index + basis, book, index);
  if (state.underlyings.columns.perpetual[underlying] === instrument) {
    const freeBasis = averaged(i.freeBasis[instrument]!, mid - index, elapsed);
    putF(undo, i.freeBasis, instrument, freeBasis);
    noteFreeMark(engine, underlying, median(index + freeBasis, book, index), index);
  }
  const own = Math.max(1, Math.floor(clamp(middle, index - band, index + band) + 0.5));
  const mark = nearingSettlement(state, instrument, own);
  putF(undo, i.index, instrument, index);
  putF(undo, i.basis, instrument, basis);
  putF(undo, i.mark, instrument, mark);
  putF(undo, i.markTimeMs, instrument, now);
  announceMark(engine, instrument);
}

/** A dated future's mark in its last half hour: by the share of it that has passed, the average it will settle at. */
function nearingSettlement(state: State, instrument: number, mark: number): number {
  const { maturity: maturities, lotsPerUnit } = state.instruments.columns;
  const maturity = maturities[instrument]!;
  const share = maturity === NONE ? 0 : fixedShare(state, maturity);
  if (share === 0) return mark;
  const average = usdPerLotOf(fixedPriceE8(state, maturity), lotsPerUnit[instrument]!);
  return Math.floor(mark + (average - mark) * share + 0.5);
}

/**
 * Mark = the model's price; what stands for the index is the forward. An option without a surface has none;
 * one whose surface was not renewed moves with its forward and has an old mark, so nobody trades on it.
 */
function markOption(engine: Engine, instrument: number): void {
  const { state, undo } = engine;
  if (!hasSurface(state, instrument)) return;
  const i = state.instruments.columns;
  const forward = forwardE8Of(state, i.maturity[instrument]!);
  putF(undo, i.index, instrument, usdPerLotOf(forward, i.lotsPerUnit[instrument]!));
  putF(undo, i.mark, instrument, optionMarkOf(state, instrument));
  if (isSurfaceFresh(state, instrument))
    putF(undo, i.markTimeMs, instrument, state.globals.columns.timeMs[0]!);
  announceMark(engine, instrument);
}

/** Tells mark and index as they stand now. */
export function announceMark({ state, out }: Engine, instrument: number): void {
  const i = state.instruments.columns;
  const { liveSources, confidencePpm } = state.underlyings.columns;
  const underlying = i.underlying[instrument]!;
  announce(
    out,
    TAG.MarkChanged,
    instrument,
    i.mark[instrument]!,
    i.index[instrument]!,
    liveSources[underlying]!,
    confidencePpm[underlying]!,
  );
}

/** What an instrument is marked around: the index, of a wrapped coin times its ratio, or for what expires the forward of its day. */
function referenceE8(state: State, instrument: number, underlying: number): PriceE8 {
  const maturity = state.instruments.columns.maturity[instrument]!;
  if (maturity !== NONE) return forwardE8Of(state, maturity);
  const asset = state.instruments.columns.baseAsset[instrument]!;
  if (asset !== NONE) return collateralPriceE8(state, asset) as PriceE8;
  return state.underlyings.columns.indexE8[underlying]! as PriceE8;
}

/** Median of best bid, best ask and last trade, in ticks; the mid before the first trade. */
function bookPrice(state: State, instrument: number, bid: number, ask: number): number {
  const last = state.instruments.columns.lastTicks[instrument]!;
  return last === 0 ? (bid + ask) / 2 : median(bid, ask, last);
}

/** One step of the 150 s average. */
function averaged(before: number, sample: number, elapsedMs: number): number {
  return before + ((sample - before) * elapsedMs) / (BASIS_MS + elapsedMs);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
