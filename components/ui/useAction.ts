import { useEffect, useRef } from 'react';
import { handleAction } from '../../lib/keys/dispatch.ts';
import type { ActionId } from '../../lib/keys/keymap.ts';

/** Runs when the key of the action is pressed, whichever key that is now. */
export function useAction(id: ActionId, run: () => void, isEnabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  }, [run]);
  useEffect(() => handleAction(id, { run: () => latest.current(), isEnabled }), [id, isEnabled]);
}
