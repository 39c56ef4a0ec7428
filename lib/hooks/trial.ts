import { useEffect, useState } from 'react';
import type { Action } from '../../engine/protocol/commands/actions.ts';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import type { ActionTrialView } from '../../engine/protocol/views/firm.ts';
import { tryAction } from '../firm/ask.ts';
import { RequestError } from '../http.ts';

/** What the engine says of an action: asked, known, or not answered. */
export type Trial =
  | { state: 'none' }
  | { state: 'asking' }
  | { state: 'known'; view: ActionTrialView }
  | { state: 'failed'; error: ErrorView };

/** Marks move: what was true of a change is asked again as long as somebody looks at it. */
const AGAIN_MS = 2_000;

/** Tries an action on the engine's copy, and again every two seconds. */
export function useTrial(action: Action | undefined): Trial {
  const [trial, setTrial] = useState<Trial>({ state: 'none' });
  // By what it says: an equal action is the same question.
  const text = action === undefined ? '' : JSON.stringify(action);
  useEffect(() => {
    if (text === '') {
      setTrial({ state: 'none' });
      return;
    }
    setTrial({ state: 'asking' });
    const life = new AbortController();
    void repeat(JSON.parse(text) as Action, life.signal, setTrial);
    return () => life.abort();
  }, [text]);
  return trial;
}

async function repeat(action: Action, life: AbortSignal, tell: (trial: Trial) => void): Promise<void> {
  while (!life.aborted) {
    try {
      const view = await tryAction(action);
      if (!life.aborted) tell({ state: 'known', view });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (!life.aborted) tell({ state: 'failed', error: error.error });
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
