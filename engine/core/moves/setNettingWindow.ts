import type { SetNettingWindow } from '../../protocol/commands/actions.ts';
import { OK, refusal } from '../../protocol/errors.ts';
import { MINUTE_MS } from '../../units/time.ts';
import { isIntegerIn } from '../admin/names.ts';
import { announce } from '../announce.ts';
import type { Engine } from '../engine.ts';
import { judgeGroup } from '../firms/judgeNode.ts';
import { putTreeSeq } from '../firms/nodes.ts';
import { freeRow, hasRoom, highWater, NONE, takeRow } from '../memory/table.ts';
import { putF, putI } from '../memory/undo.ts';
import { TAG } from '../out.ts';
import type { State } from '../state.ts';

const MINUTES_PER_DAY = 1_440;
const EVERY_MINUTES_MIN = 5;

/**
 * Says when opposite positions below a group are crossed by themselves, or that they no longer are.
 *
 * Refusals: node.unknown, node.notGroup, node.archived, netting.windowInvalid, netting.windowUnknown, engine.full.
 */
export function setNettingWindow(engine: Engine, firm: number, action: SetNettingWindow): number {
  const { state } = engine;
  const { node, everyMinutes, startMinuteUtc } = action;
  const code = judgeGroup(state, firm, node);
  if (code !== OK) return code;
  const row = findWindow(state, node);
  if (everyMinutes === 0) return row === NONE ? refusal['netting.windowUnknown'] : end(engine, row);
  const isTime =
    isIntegerIn(everyMinutes, EVERY_MINUTES_MIN, MINUTES_PER_DAY) &&
    MINUTES_PER_DAY % everyMinutes === 0 &&
    isIntegerIn(startMinuteUtc, 0, MINUTES_PER_DAY - 1);
  if (!isTime) return refusal['netting.windowInvalid'];
  if (row === NONE && !hasRoom(state.nettings, 1)) return refusal['engine.full'];
  set(engine, row === NONE ? takeRow(engine.undo, state.nettings) : row, action);
  return OK;
}

/** The first time a window opens after now: engine time. Days are whole periods, so they begin alike. */
export function nextWindowMs(nowMs: number, everyMinutes: number, startMinute: number): number {
  const periodMs = everyMinutes * MINUTE_MS;
  const offsetMs = (startMinute % everyMinutes) * MINUTE_MS;
  return (Math.floor((nowMs - offsetMs) / periodMs) + 1) * periodMs + offsetMs;
}

/** Row of a node's window, NONE without one. */
export function findWindow({ nettings }: State, node: number): number {
  for (let row = 0; row < highWater(nettings); row++) if (nettings.columns.node[row] === node) return row;
  return NONE;
}

function set(engine: Engine, row: number, action: SetNettingWindow): void {
  const { state, undo, out } = engine;
  const { node, everyMinutes, startMinuteUtc } = action;
  const w = state.nettings.columns;
  const dueMs = nextWindowMs(state.globals.columns.timeMs[0]!, everyMinutes, startMinuteUtc);
  putI(undo, w.node, row, node);
  putI(undo, w.everyMinutes, row, everyMinutes);
  putI(undo, w.startMinute, row, startMinuteUtc);
  putF(undo, w.dueMs, row, dueMs);
  putI(undo, w.instrument, row, NONE);
  putTreeSeq(engine);
  announce(out, TAG.NettingWindowSet, node, everyMinutes, startMinuteUtc, dueMs);
}

function end(engine: Engine, row: number): number {
  const { state, undo, out } = engine;
  const { node } = state.nettings.columns;
  announce(out, TAG.NettingWindowSet, node[row]!, 0, 0, 0);
  putI(undo, node, row, NONE);
  freeRow(undo, state.nettings, row);
  putTreeSeq(engine);
  return OK;
}
