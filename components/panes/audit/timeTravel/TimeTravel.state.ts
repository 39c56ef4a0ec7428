import type { AuditRecord } from '../../../../engine/protocol/views/audit.ts';
import { isRefusal } from '../../../../lib/audit/recordWords.ts';

/** Decisions and refusals of a stretch of sequences. */
export interface Bar {
  readonly from: number;
  readonly count: number;
  readonly refused: number;
}

export const BARS = 160;

/** What was decided along the journal, in equal stretches. Only of what the page has read. */
export function barsOf(records: readonly AuditRecord[], lastSeq: number): Bar[] {
  const bars = Array.from({ length: BARS }, (_, from) => ({ from, count: 0, refused: 0 }));
  for (const { engineSeq, result } of records) {
    if (engineSeq === 0 || engineSeq > lastSeq) continue;
    const bar = bars[Math.min(BARS - 1, Math.floor((engineSeq / (lastSeq + 1)) * BARS))]!;
    bar.count += 1;
    if (isRefusal(result)) bar.refused += 1;
  }
  return bars;
}

/** The nearest decision before (−1) or after (1) a sequence; undefined where the page knows none. */
export function neighbour(records: readonly AuditRecord[], seq: number, by: -1 | 1): number | undefined {
  const seqs = records.map(({ engineSeq }) => engineSeq).filter((engineSeq) => engineSeq > 0);
  const beyond = seqs.filter((each) => (by < 0 ? each < seq : each > seq));
  return beyond.length === 0 ? undefined : by < 0 ? Math.max(...beyond) : Math.min(...beyond);
}
