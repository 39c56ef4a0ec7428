import type { NettingWindowView } from '../../protocol/views/firm.ts';
import { NONE } from '../memory/table.ts';
import { findWindow } from '../moves/setNettingWindow.ts';
import type { State } from '../state.ts';

/** When positions below a node are crossed by themselves; null: never. */
export function nettingWindowOf(state: State, node: number): NettingWindowView | null {
  const row = findWindow(state, node);
  if (row === NONE) return null;
  const { everyMinutes, startMinute } = state.nettings.columns;
  return { everyMinutes: everyMinutes[row]!, startMinuteUtc: startMinute[row]! };
}
