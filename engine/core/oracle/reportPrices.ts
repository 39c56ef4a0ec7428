import { type ReportPrices, SETTLEMENT_CURRENCY } from '../../protocol/commands/types.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { Engine } from '../engine.ts';
import { highWater } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { repriceOptions } from '../options/reprice.ts';
import { fireTriggers } from '../orders/fireTriggers.ts';
import type { State } from '../state.ts';
import { noteIndex } from './indexMoves.ts';
import { updateIndex } from './indexPrice.ts';
import { watchIsolation } from './isolation.ts';
import { updateMarks } from './markPrice.ts';
import { updateSettlementPrice } from './settlementPrice.ts';
import { firstSource, listedSources } from './sources.ts';
import { updateAverage } from './updateAverage.ts';
import { updateMultiplier } from './updateMultiplier.ts';

/** Largest price a source may report: 10 M USD per coin keeps every product exact. */
const PRICE_E8_MAX = 1e15;
/** A source that claims to come from further ahead is wrong about the time, and so about the price. */
const AHEAD_MS_MAX = 1_000;

/**
 * Takes what the sources say, sets index, mark and average of the underlyings named, and the settlement
 * currency's own price, looks whether one of them must stand alone, and wakes what the marks reach.
 *
 * Refusals, in this order, for the whole report: underlying.unknown, parameters.invalid (source number),
 * price.invalid.
 */
export function reportPrices(engine: Engine, command: ReportPrices): number {
  const { state } = engine;
  const code = judge(state, command);
  if (code !== OK) return code;
  takeReports(engine, command);
  const now = state.globals.columns.timeMs[0]!;
  const isNamed = (underlying: number): boolean =>
    command.reports.some((report) => report.underlying === underlying);
  const { indexTimeMs } = state.underlyings.columns;
  const count = highWater(state.underlyings);
  for (let underlying = 0; underlying < count; underlying++) {
    if (!isNamed(underlying)) continue;
    updateIndex(engine, underlying);
    if (indexTimeMs[underlying] !== now) continue;
    updateMultiplier(engine, underlying);
    noteIndex(engine, underlying);
  }
  if (isNamed(SETTLEMENT_CURRENCY)) updateSettlementPrice(engine);
  updateMarks(engine);
  for (let underlying = 0; underlying < count; underlying++) {
    if (indexTimeMs[underlying] === now) updateAverage(engine, underlying);
  }
  watchIsolation(engine);
  repriceOptions(engine);
  fireTriggers(engine);
  return OK;
}

function judge(state: State, { reports }: ReportPrices): number {
  for (const { underlying, source, priceE8, sourceTimeMs } of reports) {
    const listed = listedSources(state, underlying);
    if (listed === undefined) return refusal['underlying.unknown'];
    if (source >= listed) return refusal['parameters.invalid'];
    const isInRange = Number.isSafeInteger(priceE8) && priceE8 > 0 && priceE8 <= PRICE_E8_MAX;
    if (!isInRange || !Number.isSafeInteger(sourceTimeMs)) return refusal['price.invalid'];
  }
  return OK;
}

function takeReports({ state, undo }: Engine, { reports }: ReportPrices): void {
  const c = state.sources.columns;
  const now = state.globals.columns.timeMs[0]!;
  for (const report of reports) {
    const row = firstSource(state, report.underlying) + report.source;
    // A source whose clock runs back repeats old news: its price is not taken.
    if (report.sourceTimeMs < c.sourceTimeMs[row]! || report.sourceTimeMs > now + AHEAD_MS_MAX) continue;
    putF(undo, c.priceE8, row, report.priceE8);
    putF(undo, c.sourceTimeMs, row, report.sourceTimeMs);
    putF(undo, c.receivedMs, row, now);
  }
}
