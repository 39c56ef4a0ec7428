import { OK } from '../protocol/errors.ts';
import type { Engine } from './engine.ts';
import { beginAttempt, keepAttempt, takeBackAttempt } from './memory/undo.ts';

/**
 * Does something that is judged by what it leads to, and takes all of it back if that is refused: facts, names,
 * events, and price levels touched.
 *
 * @param attempt changes the state as it likes and says OK or why not
 * @returns what the attempt said
 */
export function allOrNone(engine: Engine, attempt: () => number): number {
  return attempted(engine, attempt, (code) => code === OK);
}

/** Does something and takes all of it back, whatever it says, so that exactly what would be can be looked at. */
export function tryOut<T>(engine: Engine, attempt: () => T): T {
  return attempted(engine, attempt, () => false);
}

function attempted<T>({ undo, out, touched }: Engine, attempt: () => T, isKept: (said: T) => boolean): T {
  const announced = out.length;
  const touches = touched.length;
  const begun = beginAttempt(undo);
  const said = attempt();
  if (isKept(said)) {
    keepAttempt(undo, begun);
    return said;
  }
  takeBackAttempt(undo, begun);
  out.length = announced;
  touched.rewind(touches);
  return said;
}
