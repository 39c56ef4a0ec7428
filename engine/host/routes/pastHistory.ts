import type { CandleView } from '../../protocol/views/market.ts';
import type { PastMomentView } from '../../protocol/views/past.ts';
import type { CandleRange } from '../../records/marketQueries.ts';
import type { Answers } from '../../records/questions.ts';
import type { Page } from '../../records/views.ts';
import type { HistoryKind } from '../history.ts';
import { CallError } from '../threads/pendingCalls.ts';

/** What the records are asked of the past. */
export interface PastHistory {
  page<K extends HistoryKind>(kind: K, account: number, page: Page): Promise<Answers[K]>;
  candles(range: CandleRange): Promise<CandleView[]>;
}

interface RecordsPorts {
  readonly history: PastHistory;
  /** Last command that the records hold. */
  recordedSeq(): number;
}

/**
 * History up to a moment of the past. Rows say which command made them; a candle does not, so only those are shown
 * that were over by then: the one that was running may hold prices from after it.
 */
export function pastHistory(
  { history, recordedSeq }: RecordsPorts,
  { seq, timeMs }: PastMomentView,
): PastHistory {
  const end = { seq: seq + 1, place: 0 };
  return {
    async page(kind, account, { before, limit }) {
      if (recordedSeq() < seq)
        throw new CallError('engine.busy', 'History is still being read. Ask again in a second.');
      const isEarlier = before !== undefined && before.seq <= seq;
      return await history.page(kind, account, { before: isEarlier ? before : end, limit });
    },
    async candles(range) {
      const candles = await history.candles({ ...range, toMs: Math.min(range.toMs, timeMs) });
      return candles.filter(({ openMs }) => openMs + range.intervalMs <= timeMs);
    },
  };
}
