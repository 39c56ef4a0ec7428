import { useEffect, useState } from 'react';
import type { ErrorView } from '../../engine/protocol/errors.ts';
import type { RebalanceTarget, RebalanceView } from '../../engine/protocol/views/rebalance.ts';
import { postJson, RequestError } from '../http.ts';

export interface Rebalancing {
  /** The last answer to this question; undefined before the first. */
  view: RebalanceView | undefined;
  error: ErrorView | undefined;
}

/** While somebody types on, nothing is asked. */
const SETTLED_MS = 250;
/** Marks move: what would be enough is asked again as long as somebody looks at it. */
const AGAIN_MS = 3_000;

const nothing: Rebalancing = { view: undefined, error: undefined };

/** Asks the engine's copy which transfers bring accounts to a target, and again every few seconds. */
export function useRebalance(accounts: readonly number[], target: RebalanceTarget | undefined): Rebalancing {
  const isAsked = target !== undefined && accounts.length > 0;
  const text = isAsked ? JSON.stringify({ accounts, target }) : '';
  const [answer, setAnswer] = useState<Rebalancing & { of: string }>({ of: '', ...nothing });
  useEffect(() => {
    if (text === '') return;
    const life = { isOver: false };
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      try {
        const view = await postJson<RebalanceView>('/api/v1/firm/rebalance', JSON.parse(text));
        if (!life.isOver) setAnswer({ of: text, view, error: undefined });
      } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        if (!life.isOver) setAnswer({ of: text, view: undefined, error: error.error });
      }
      if (!life.isOver) timer = setTimeout(() => void ask(), AGAIN_MS);
    };
    timer = setTimeout(() => void ask(), SETTLED_MS);
    return () => {
      life.isOver = true;
      clearTimeout(timer);
    };
  }, [text]);
  return answer.of === text ? answer : nothing;
}
