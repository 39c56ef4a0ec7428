import { useEffect, useState } from 'react';
import type { MarginHistoryView } from '../../engine/protocol/views/accounts.ts';
import { getJson, RequestError } from '../http.ts';

/** Samples are by the minute, or by five: asking more often would tell nothing. */
const EVERY_MS = { '1m': 15_000, '5m': 30_000 };

/** Histories of accounts as the desk kept them; empty until the first answer. */
export function useMarginHistories(
  accounts: readonly number[],
  step: keyof typeof EVERY_MS = '1m',
): readonly MarginHistoryView[] {
  const [histories, setHistories] = useState<readonly MarginHistoryView[]>([]);
  const key = accounts.join();
  useEffect(() => {
    const life = new AbortController();
    const wanted = key === '' ? [] : key.split(',');
    const ask = async () => {
      try {
        const answers = await Promise.all(
          wanted.map((account) =>
            getJson<MarginHistoryView>(`/api/v1/accounts/${account}/margin-history?step=${step}`),
          ),
        );
        if (!life.signal.aborted) setHistories(answers);
      } catch (error) {
        // The line stands still; the status line says why.
        if (!(error instanceof RequestError)) throw error;
      }
    };
    setHistories([]);
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS[step]);
    return () => {
      life.abort();
      clearInterval(timer);
    };
  }, [key, step]);
  return histories;
}
