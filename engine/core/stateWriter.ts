import type { Undo } from './memory/undo.ts';
import type { Out } from './out.ts';
import type { State } from './state.ts';

/** A state under change: what takes each change back, and what is told of it. Most rules need no more of an engine. */
export interface StateWriter {
  readonly state: State;
  readonly undo: Undo;
  readonly out: Out;
}
