import { IsolationRule } from '../../protocol/enums.ts';
import { SECOND_MS } from '../../units/time.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { highWater } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { noteSources } from './indexPrice.ts';
import { earliestEndMs, WINDOW_MS_MIN } from './isolated.ts';
import { areSourcesHeard, isolationRuleOf } from './isolationRules.ts';

/** Ticks come four times a second: a longer gap between two was a pause of the engine. */
const PAUSE_MS = 5 * SECOND_MS;

/** Notes a tick, and the time from which the engine has been awake without a pause. */
export function noteAwake({ state, undo }: Engine): void {
  const { timeMs, tickMs, awakeMs } = state.globals.columns;
  const now = timeMs[0]!;
  if (now - tickMs[0]! > PAUSE_MS) putF(undo, awakeMs, 0, now);
  putF(undo, tickMs, 0, now);
}

/** Counts the sources of every underlying anew: one that falls silent sends no report that would say so. */
export function watchSources(engine: Engine): void {
  if (!areSourcesHeard(engine)) return;
  const { indexE8 } = engine.state.underlyings.columns;
  for (let underlying = 0; underlying < highWater(engine.state.underlyings); underlying++) {
    if (indexE8[underlying] !== 0) noteSources(engine, underlying);
  }
}

/**
 * Starts and ends isolation windows. One starts with the first rule that holds; it lasts ten minutes at least
 * and ends after five in which none did and the engine was awake to see it. Both are events that name the rule.
 *
 * @see engine/decisions/027-isolation-windows.md
 */
export function watchIsolation(engine: Engine): void {
  const { state, undo } = engine;
  const { rule, heldMs } = state.isolations.columns;
  const now = state.globals.columns.timeMs[0]!;
  for (let underlying = 0; underlying < highWater(state.underlyings); underlying++) {
    const holding = isolationRuleOf(engine, underlying);
    if (rule[underlying] === IsolationRule.none) {
      if (holding !== IsolationRule.none) start(engine, underlying, holding);
    } else if (holding !== IsolationRule.none) {
      putF(undo, heldMs, underlying, now);
    } else if (now >= earliestEndMs(state, underlying)) {
      end(engine, underlying);
    }
  }
}

/** Gains count from the marks and the index of now. */
function start({ state, undo, out }: Engine, underlying: number, rule: IsolationRule): void {
  const w = state.isolations.columns;
  const now = state.globals.columns.timeMs[0]!;
  putI(undo, w.rule, underlying, rule);
  putF(undo, w.startMs, underlying, now);
  putF(undo, w.heldMs, underlying, now);
  putF(undo, w.startIndexE8, underlying, state.underlyings.columns.indexE8[underlying]!);
  const { underlying: of, mark, windowMark } = state.instruments.columns;
  for (let instrument = 0; instrument < highWater(state.instruments); instrument++) {
    if (of[instrument] === underlying) putF(undo, windowMark, instrument, mark[instrument]!);
  }
  announce(out, TAG.IsolationStarted, underlying, rule, now + WINDOW_MS_MIN);
}

function end({ state, undo, out }: Engine, underlying: number): void {
  const { rule, startMs } = state.isolations.columns;
  announce(out, TAG.IsolationEnded, underlying, rule[underlying]!, startMs[underlying]!);
  putI(undo, rule, underlying, IsolationRule.none);
}
