import type { Engine } from '../engine.ts';
import { putF } from '../memory/undo.ts';
import { outsideDistance } from './isolationRules.ts';

/**
 * Notes where the mark of an underlying's perpetual would stand if nothing held it near the index, and since
 * when that has been too far away: either the index is wrong or the book is pushed, and in both cases what is
 * gained there is not to be lent on.
 *
 * @param freeMark micro-USD per lot, of samples that are not clipped, not clamped to the band
 */
export function noteFreeMark(engine: Engine, underlying: number, freeMark: number, index: number): void {
  const { state, undo } = engine;
  const { outsideMs } = state.isolations.columns;
  const isOutside = Math.abs(freeMark - index) > outsideDistance(engine, underlying) * index;
  if (!isOutside) putF(undo, outsideMs, underlying, 0);
  else if (outsideMs[underlying] === 0) putF(undo, outsideMs, underlying, state.globals.columns.timeMs[0]!);
}
