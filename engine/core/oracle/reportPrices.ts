import type { ReportPrices } from '../../protocol/commands/types.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import type { Engine } from '../engine.ts';
import { highWater } from '../memory/table.ts';
import { putF } from '../memory/undo.ts';
import { repriceOptions } from '../options/reprice.ts';
import { fireTriggers } from '../orders/fireTriggers.ts';
import { updateIndex } from './indexPrice.ts';
import { updateMarks } from './markPrice.ts';
import { SOURCES_PER_UNDERLYING } from './sourceTable.ts';
import { updateMultiplier } from './updateMultiplier.ts';

/** Largest price a source may report: 10 M USD per coin keeps every product exact. */
const PRICE_E8_MAX = 1e15;

/**
 * Takes what the sources say, sets index and mark of the underlyings named, and wakes what they reach.
 *
 * Refusals, in this order, for the whole report: underlying.unknown, parameters.invalid (source number),
 * price.invalid.
 */
export function reportPrices(engine: Engine, command: ReportPrices): number {
  const { state, undo } = engine;
  for (const report of command.reports) {
    if (report.underlying >= highWater(state.underlyings)) return refusal['underlying.unknown'];
    if (report.source >= state.underlyings.columns.sources[report.underlying]!)
      return refusal['parameters.invalid'];
    const isInRange =
      Number.isSafeInteger(report.priceE8) && report.priceE8 > 0 && report.priceE8 <= PRICE_E8_MAX;
    if (!isInRange || !Number.isSafeInteger(report.sourceTimeMs)) return refusal['price.invalid'];
  }
  const c = state.sources.columns;
  const now = state.globals.columns.timeMs[0]!;
  for (const report of command.reports) {
    const row = report.underlying * SOURCES_PER_UNDERLYING + report.source;
    // A source whose clock runs back repeats old news: its price is not taken.
    if (report.sourceTimeMs < c.sourceTimeMs[row]! || report.sourceTimeMs > now + AHEAD_MS_MAX) continue;
    putF(undo, c.priceE8, row, report.priceE8);
    putF(undo, c.sourceTimeMs, row, report.sourceTimeMs);
    putF(undo, c.receivedMs, row, now);
  }
  for (let underlying = 0; underlying < highWater(state.underlyings); underlying++) {
    if (!command.reports.some((report) => report.underlying === underlying)) continue;
    updateIndex(engine, underlying);
    if (state.underlyings.columns.indexTimeMs[underlying] === now) updateMultiplier(engine, underlying);
  }
  updateMarks(engine);
  repriceOptions(engine);
  fireTriggers(engine);
  return OK;
}

/** A source that claims to come from further ahead is wrong about the time, and so about the price. */
const AHEAD_MS_MAX = 1_000;
