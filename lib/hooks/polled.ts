import { useEffect, useState } from 'react';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import { getJson, RequestError } from '../http.ts';
import { isPast } from '../past/asOf.ts';

export interface Polled<T> {
  /** The last answer to this address; undefined before the first. */
  view: T | undefined;
  receivedMs: number;
  /** Why the last question was refused; undefined when it was answered. */
  error: ErrorView | undefined;
}

/** Asks an address again and again while the pane is open. No address, no question. */
export function usePolled<T>(path: string | undefined, everyMs: number): Polled<T> {
  const [answer, setAnswer] = useState<Answer<T>>({
    path,
    view: undefined,
    receivedMs: 0,
    error: undefined,
  });
  useEffect(() => {
    if (path === undefined) return;
    let isOpen = true;
    const ask = async () => {
      try {
        const view = await getJson<T>(path);
        if (isOpen) setAnswer({ path, view, receivedMs: Date.now(), error: undefined });
        // What was does not change any more.
        if (isPast) clearInterval(timer);
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        const refusal = error.error;
        if (isOpen) setAnswer((before) => heldWith(before, path, refusal));
      }
    };
    const timer = setInterval(() => void ask(), everyMs);
    void ask();
    return () => {
      isOpen = false;
      clearInterval(timer);
    };
  }, [path, everyMs]);
  // What another address answered is nothing known about this one.
  return answer.path === path ? answer : { view: undefined, receivedMs: 0, error: undefined };
}

type Answer<T> = Polled<T> & { path: string | undefined };

/** A refusal keeps what was known of the same address: it is old, not wrong. */
function heldWith<T>(before: Answer<T>, path: string, error: ErrorView): Answer<T> {
  return before.path === path ? { ...before, error } : { path, view: undefined, receivedMs: 0, error };
}
