import type { Engine } from '../engine.ts';
import { rememberFact } from '../memory/undo.ts';

/**
 * Says that the directory has just changed, and how to put it back: what approvers are shown is done and taken back.
 * Whoever caches by version looks again either way.
 */
export function directoryChanged({ state, undo, access, risk }: Engine, restore: () => void): void {
  const { directory } = state;
  directory.version++;
  rememberFact(undo, () => {
    restore();
    directory.version--;
    // The next change takes the same number: what was read under it in between is not of that change.
    access.forget();
    risk.forget();
  });
}
