import { CancelReason, InstrumentStage } from '../../protocol/enums.ts';
import { assert } from '../../units/assert.ts';
import { isLivePosition } from '../accounts/positions.ts';
import { announce } from '../announce.ts';
import { firstOrderReaching, ladderOf, PRICE_TICKS_MAX } from '../book/ladder.ts';
import type { Engine } from '../engine.ts';
import { highWater, NONE } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { announceMark } from '../oracle/markPrice.ts';
import { orderBookOf, triggerBookOf } from '../orders/books.ts';
import { cancelRow } from '../orders/cancelRow.ts';
import { TAG } from '../out.ts';
import { settlementPerLot } from './settlementPrice.ts';
import { settlePosition } from './settlePosition.ts';
import { fixedPriceE8, sampleIndex } from './twap.ts';

/** Orders cancelled and positions closed by one tick at most. */
const SETTLED_MAX = 256;
/** Instruments whose last position one tick may look for: each look walks the table of positions. */
const LOOKS_MAX = 8;

/**
 * The share of one tick in what has expired: samples the index of what is about to, fixes the price of
 * what just has, cancels its orders and closes its positions, in order of the listing.
 */
export function settleMaturities(engine: Engine): void {
  const { maturities } = engine.state;
  const { stage, expiryMs } = maturities.columns;
  const now = engine.state.globals.columns.timeMs[0]!;
  for (let maturity = 0; maturity < highWater(maturities); maturity++) {
    if (stage[maturity] === InstrumentStage.settled) continue;
    sampleIndex(engine, maturity);
    if (stage[maturity] === InstrumentStage.trading && now >= expiryMs[maturity]!) expire(engine, maturity);
    if (stage[maturity] === InstrumentStage.expired) settle(engine, maturity);
  }
}

/** Fixes the settlement price. Without a single sample yet the contracts stay shut and wait for one. */
function expire(engine: Engine, maturity: number): void {
  const { state, undo, out } = engine;
  const m = state.maturities.columns;
  if (m.twapSamples[maturity] === 0) return;
  const priceE8 = fixedPriceE8(state, maturity);
  putF(undo, m.settlementE8, maturity, priceE8);
  putI(undo, m.stage, maturity, InstrumentStage.expired);
  const i = state.instruments.columns;
  for (let instrument = 0; instrument < highWater(state.instruments); instrument++) {
    if (i.maturity[instrument] !== maturity) continue;
    const settlement = settlementPerLot(state, instrument, priceE8);
    putI(undo, i.stage, instrument, InstrumentStage.expired);
    putF(undo, i.settlement, instrument, settlement);
    // What is not settled yet is worth exactly what it will be settled at.
    putF(undo, i.mark, instrument, settlement);
    putF(undo, i.markTimeMs, instrument, state.globals.columns.timeMs[0]!);
    announce(out, TAG.InstrumentExpired, instrument, settlement, m.twapSamples[maturity]!);
    announceMark(engine, instrument);
  }
  state.directory.version++;
}

function settle(engine: Engine, maturity: number): void {
  const { state, undo } = engine;
  const i = state.instruments.columns;
  let left = SETTLED_MAX;
  let looks = LOOKS_MAX;
  for (let instrument = 0; instrument < highWater(state.instruments); instrument++) {
    if (i.maturity[instrument] !== maturity || i.stage[instrument] !== InstrumentStage.expired) continue;
    left = cancelOrders(engine, instrument, left);
    if (left > 0 && looks-- > 0) left = settlePositions(engine, instrument, left);
    if (left === 0 || looks < 0) return;
    finish(engine, instrument);
  }
  putI(undo, state.maturities.columns.stage, maturity, InstrumentStage.settled);
}

/** @returns how much of the tick's share is left */
function cancelOrders(engine: Engine, instrument: number, most: number): number {
  let left = most;
  for (const book of [orderBookOf(instrument), triggerBookOf(instrument)]) {
    for (const side of [0, 1] as const) {
      const ladder = ladderOf(book, side);
      // The worst price there is: every order is at it or better.
      const worst = side === 0 ? 0 : PRICE_TICKS_MAX;
      for (; left > 0; left--) {
        const row = firstOrderReaching(engine.state.book, ladder, worst);
        if (row === NONE) break;
        cancelRow(engine, row, -1, CancelReason.instrumentExpired);
      }
    }
  }
  return left;
}

function settlePositions(engine: Engine, instrument: number, most: number): number {
  const { positions } = engine.state;
  let left = most;
  for (let row = 0; row < highWater(positions) && left > 0; row++) {
    if (positions.columns.instrument[row] !== instrument || !isLivePosition(engine.state, row)) continue;
    settlePosition(engine, row);
    left--;
  }
  return left;
}

function finish(engine: Engine, instrument: number): void {
  const { state, undo, out } = engine;
  const i = state.instruments.columns;
  assert(i.settledLots[instrument] === 0, 'the settled longs and shorts of an instrument are equal');
  assert(i.openInterest[instrument] === 0, 'no position of a settled instrument is left');
  putI(undo, i.stage, instrument, InstrumentStage.settled);
  state.directory.version++;
  announce(out, TAG.InstrumentSettled, instrument, i.settlement[instrument]!);
}
