import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Action } from '../../engine/protocol/commands/actions.ts';
import type { Rule } from '../../engine/protocol/commands/policy.ts';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import type { ActionTrialView, FirmView } from '../../engine/protocol/views/firm.ts';
import { tryAction } from '../firm/ask.ts';
import { RequestError } from '../http.ts';
import { policyStore } from '../stores/policyStore.ts';

export interface PolicyDraft {
  /** The draft, or what is in force while there is none. */
  rules: readonly Rule[];
  isDraft: boolean;
  selected: Rule | undefined;
}

export function usePolicyDraft(firm: FirmView): PolicyDraft {
  const draft = useStore(policyStore, (store) => store.draft);
  const selected = useStore(policyStore, (store) => store.selected);
  const rules = draft ?? firm.policy.rules;
  return { rules, isDraft: draft !== undefined, selected: rules.find(({ id }) => id === selected) };
}

/** What the desk says of something, asked anew when the question changed; undefined while it is on its way. */
export interface Told<T> {
  view: T | undefined;
  error: ErrorView | undefined;
}

/**
 * Asks once for each question, after a pause in which a person may still be writing.
 *
 * @param question undefined: nothing is asked
 */
export function useTold<Q, T>(question: Q | undefined, ask: (question: Q) => Promise<T>): Told<T> {
  const text = question === undefined ? undefined : JSON.stringify(question);
  const [told, setTold] = useState<Told<T> & { of: string | undefined }>({
    of: undefined,
    view: undefined,
    error: undefined,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is the question, whatever object says it.
  useEffect(() => {
    if (text === undefined) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      ask(JSON.parse(text) as Q).then(
        (view) => isWanted && setTold({ of: text, view, error: undefined }),
        (error: unknown) => {
          if (!(error instanceof RequestError)) throw error;
          if (isWanted) setTold({ of: text, view: undefined, error: error.error });
        },
      );
    }, PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [text]);
  return told.of === text ? told : { view: undefined, error: undefined };
}

const PAUSE_MS = 150;

/** What would come of an action before it is asked for. */
export function useActionTrial(action: Action | undefined): Told<ActionTrialView> {
  return useTold(action, tryAction);
}
