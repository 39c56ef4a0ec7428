import { RISK_CELLS } from '../../pricing/riskVector.ts';
import type { ListInstrument } from '../../protocol/commands/types.ts';
import { InstrumentKind, OptionType } from '../../protocol/enums.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { DAY_MS, HOUR_MS } from '../../units/time.ts';
import { isIntegerIn, isNameValid } from '../admin/names.ts';
import { announce } from '../announce.ts';
import { addBook } from '../book/bookStore.ts';
import { PRICE_TICKS_MAX } from '../book/ladder.ts';
import { MICRO_COINS } from '../caps/stakeTable.ts';
import type { Engine } from '../engine.ts';
import { extendTo, hasRoom, highWater, NONE, takeRow } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';
import { ensureMaturity } from './maturities.ts';
import { hasPortfolioRoom } from './portfolioRoom.ts';

const INT32_MAX = 2_147_483_647;
const PPM = 1_000_000;
/** Largest notional of one order: fees and sums of a plan stay exact. */
const NOTIONAL_MAX = 2_251_799_813_685_248;
/** Futures and options expire at this hour, UTC. */
const EXPIRY_HOUR_MS = 8 * HOUR_MS;
/** No further ahead than this: ten years keep every time value finite and every date on a calendar. */
const EXPIRY_AHEAD_MS_MAX = 3_653 * DAY_MS;
/** Largest price of a coin, USD × 1e8, as for reported prices. */
const STRIKE_E8_MAX = 1e15;
/** A call gains at most this many strikes in the grid of moves, which goes to +500 %. */
const OPTION_GAIN_MAX = 5;

/**
 * Lists a perpetual, spot pair, future or option and opens its books.
 *
 * Refusals: label.invalid, instrument.exists, underlying.unknown, asset.unknown, instrument.expiryInvalid,
 * instrument.strikeInvalid, parameters.invalid, instrument.tooMany, engine.full.
 */
export function listInstrument(engine: Engine, c: ListInstrument): number {
  const code = judge(engine.state, c);
  if (code !== OK) return code;
  const { state, undo, out } = engine;
  const { directory } = state;
  const underlying = directory.underlyings.findIndex((u) => u.name === c.underlying);
  const row = takeRow(undo, state.instruments);
  const i = state.instruments.columns;
  putI(undo, i.kind, row, c.instrumentKind);
  putI(undo, i.underlying, row, underlying);
  putI(undo, i.lotsPerUnit, row, c.lotsPerUnit);
  const isSpot = c.instrumentKind === InstrumentKind.spot;
  putI(undo, i.microCoinsPerLot, row, isSpot ? 0 : MICRO_COINS / c.lotsPerUnit);
  putI(undo, i.ticksPerUsd, row, c.ticksPerUsd);
  putI(undo, i.usdPerTickLot, row, PPM / (c.ticksPerUsd * c.lotsPerUnit));
  putI(undo, i.sizeLotsMax, row, c.sizeLotsMax);
  putI(undo, i.priceTicksMax, row, c.priceTicksMax);
  putI(undo, i.bandPpm, row, c.bandPpm);
  putI(undo, i.markBandPpm, row, c.markBandPpm);
  putF(undo, i.notionalMin, row, c.notionalMinUsd * 1_000_000);
  putF(undo, i.fundingHour, row, Math.floor(state.globals.columns.timeMs[0]! / HOUR_MS));
  putI(undo, i.maturity, row, isDated(c) ? ensureMaturity(engine, underlying, c.expiryMs) : NONE);
  putI(undo, i.optionType, row, c.optionType);
  putF(undo, i.strikeE8, row, c.strikeE8);
  const { perpetual } = state.underlyings.columns;
  if (c.instrumentKind === InstrumentKind.perpetual && perpetual[underlying] === NONE)
    putI(undo, perpetual, underlying, row);
  putBase(engine, row, c);
  extendTo(undo, state.exposures, (row + 1) * state.limits.firms);
  extendTo(undo, state.options, row + 1);
  extendTo(undo, state.riskCells, (row + 1) * RISK_CELLS);
  addBook(state.book, undo);
  addBook(state.book, undo);
  directory.instruments.push({ name: c.name });
  directory.version++;
  announce(out, TAG.InstrumentListed, row);
  return OK;
}

function putBase({ state, undo }: Engine, row: number, c: ListInstrument): void {
  const { baseAsset, baseUnitsPerLot } = state.instruments.columns;
  const asset = baseAssetOf(state, c);
  putI(undo, baseAsset, row, asset);
  putI(undo, baseUnitsPerLot, row, asset === NONE ? 0 : unitsPerLot(state, asset, c.lotsPerUnit));
}

function isDated(c: ListInstrument): boolean {
  return c.instrumentKind === InstrumentKind.future || c.instrumentKind === InstrumentKind.option;
}

function judge(state: State, c: ListInstrument): number {
  const { directory } = state;
  if (!isNameValid(c.name)) return refusal['label.invalid'];
  if (directory.instruments.some((i) => i.name === c.name)) return refusal['instrument.exists'];
  const underlying = directory.underlyings.findIndex((u) => u.name === c.underlying);
  if (underlying < 0) return refusal['underlying.unknown'];
  if (!isIntegerIn(c.instrumentKind, 0, 3)) return refusal['parameters.invalid'];
  const isSpot = c.instrumentKind === InstrumentKind.spot;
  if (isSpot !== (c.baseAsset !== '')) return refusal['asset.unknown'];
  if (isSpot && directory.assets[baseAssetOf(state, c)]?.underlying !== underlying)
    return refusal['asset.unknown'];
  if (!isExpiryValid(c, state.globals.columns.timeMs[0]!)) return refusal['instrument.expiryInvalid'];
  const isOption = c.instrumentKind === InstrumentKind.option;
  if (!isIntegerIn(c.strikeE8, isOption ? 1 : 0, isOption ? STRIKE_E8_MAX : 0))
    return refusal['instrument.strikeInvalid'];
  if (c.instrumentKind !== InstrumentKind.perpetual && isListedAlready(state, underlying, c))
    return refusal['instrument.exists'];
  if (!areTermsValid(state, c)) return refusal['parameters.invalid'];
  if (!hasPortfolioRoom(state, underlying, c.instrumentKind)) return refusal['instrument.tooMany'];
  return hasRoom(state.instruments, 1) ? OK : refusal['engine.full'];
}

function isExpiryValid(c: ListInstrument, nowMs: number): boolean {
  if (!isDated(c)) return c.expiryMs === 0;
  const isAhead = isIntegerIn(c.expiryMs, nowMs + 1, nowMs + EXPIRY_AHEAD_MS_MAX);
  return isAhead && c.expiryMs % DAY_MS === EXPIRY_HOUR_MS;
}

/** The same contract under another name would split its open interest and its book. */
function isListedAlready(state: State, underlying: number, c: ListInstrument): boolean {
  const i = state.instruments.columns;
  const { expiryMs } = state.maturities.columns;
  for (let row = 0; row < highWater(state.instruments); row++) {
    const isSame =
      i.kind[row] === c.instrumentKind &&
      i.underlying[row] === underlying &&
      i.baseAsset[row] === baseAssetOf(state, c) &&
      (i.maturity[row] === NONE || expiryMs[i.maturity[row]!] === c.expiryMs) &&
      i.strikeE8[row] === c.strikeE8 &&
      i.optionType[row] === c.optionType;
    if (isSame) return true;
  }
  return false;
}

/** Money per tick and lot must be a whole micro-USD, and the largest order must stay exact. */
function areTermsValid(state: State, c: ListInstrument): boolean {
  const isInRange =
    isIntegerIn(c.lotsPerUnit, 1, PPM) &&
    isIntegerIn(c.ticksPerUsd, 1, PPM) &&
    isIntegerIn(c.sizeLotsMax, 1, INT32_MAX) &&
    isIntegerIn(c.priceTicksMax, 1, PRICE_TICKS_MAX) &&
    isIntegerIn(c.notionalMinUsd, 0, PPM) &&
    isIntegerIn(c.bandPpm, 1, PPM) &&
    isIntegerIn(c.markBandPpm, 1, PPM) &&
    isIntegerIn(
      c.optionType,
      0,
      c.instrumentKind === InstrumentKind.option ? OptionType.put : OptionType.call,
    );
  if (!isInRange || PPM % (c.ticksPerUsd * c.lotsPerUnit) !== 0) return false;
  if (c.sizeLotsMax * c.priceTicksMax * (PPM / (c.ticksPerUsd * c.lotsPerUnit)) > NOTIONAL_MAX) return false;
  // The premium is bounded above; what an option is written on moves by more than it.
  const strikePerLot = c.strikeE8 / 100 / c.lotsPerUnit;
  if (c.sizeLotsMax * strikePerLot * OPTION_GAIN_MAX > NOTIONAL_MAX) return false;
  const asset = baseAssetOf(state, c);
  return asset === NONE || Number.isSafeInteger(unitsPerLot(state, asset, c.lotsPerUnit));
}

/** Row of the asset a spot pair moves; NONE for other kinds and for one that is not listed. The settlement currency has no underlying and is none. */
function baseAssetOf(state: State, c: ListInstrument): number {
  return c.baseAsset === '' ? NONE : state.directory.assets.findIndex(({ name }) => name === c.baseAsset);
}

/** Smallest units of an asset in one lot; a fraction when its scale is too coarse. */
function unitsPerLot(state: State, asset: number, lotsPerUnit: number): number {
  let units = 1;
  for (let digit = 0; digit < state.directory.assets[asset]!.decimals; digit++) units *= 10;
  return units / lotsPerUnit;
}
