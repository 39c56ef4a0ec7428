import { OK, refusal } from '../../protocol/errors.ts';
import { exposureRow } from '../accounts/fill.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { highWater, NONE } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import { crossBelow } from './netPositions.ts';
import { nextWindowMs } from './setNettingWindow.ts';

/** Instruments that one tick looks at; one of them is crossed at most. */
const LOOKS_MAX = 256;

/**
 * The share of one tick in netting windows: of the first that is open or due, the next instrument in which its firm
 * holds both sides. One that cannot be crossed now is left for the next window, and an event says why.
 */
export function runNettingWindows(engine: Engine): void {
  const { state, undo, out } = engine;
  const w = state.nettings.columns;
  for (let row = 0; row < highWater(state.nettings); row++) {
    if (w.node[row] === NONE) continue;
    if (w.instrument[row] === NONE) {
      if (w.dueMs[row]! > state.globals.columns.timeMs[0]!) continue;
      putI(undo, w.instrument, row, 0);
      announce(out, TAG.NettingWindowStarted, w.node[row]!, w.dueMs[row]!);
    }
    goOn(engine, row);
    return;
  }
}

function goOn(engine: Engine, row: number): void {
  const { state, undo } = engine;
  const { node, instrument } = state.nettings.columns;
  const firm = state.nodes.columns.firm[node[row]!]!;
  const count = highWater(state.instruments);
  let at = instrument[row]!;
  for (let looks = LOOKS_MAX; looks > 0 && at < count; looks--) {
    if (holdsBothSides(engine, firm, at++)) {
      crossOne(engine, node[row]!, at - 1);
      break;
    }
  }
  if (at < count) putI(undo, instrument, row, at);
  else close(engine, row);
}

function holdsBothSides({ state }: Engine, firm: number, instrument: number): boolean {
  const { longLots, shortLots } = state.exposures.columns;
  const row = exposureRow(state, firm, instrument);
  return longLots[row]! > 0 && shortLots[row]! > 0;
}

function crossOne(engine: Engine, node: number, instrument: number): void {
  const code = crossBelow(engine, node, instrument);
  // What stands apart does so at every window: that is no news.
  if (code === OK || code === refusal['netting.nothingToCross'] || code === refusal['account.segregated'])
    return;
  announce(engine.out, TAG.NettingSkipped, node, instrument, code);
}

/** A window that was missed while the engine stood still is not made up for twice: the next one lies ahead. */
function close({ state, undo, out }: Engine, row: number): void {
  const w = state.nettings.columns;
  const dueMs = nextWindowMs(state.globals.columns.timeMs[0]!, w.everyMinutes[row]!, w.startMinute[row]!);
  putI(undo, w.instrument, row, NONE);
  putF(undo, w.dueMs, row, dueMs);
  announce(out, TAG.NettingWindowEnded, w.node[row]!, dueMs);
}
