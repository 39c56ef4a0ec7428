import type { AccountView } from '../../../../engine/protocol/views/account.ts';
import { formatPercent, formatUsd } from '../../../../lib/format.ts';
import type { Reason } from '../../../../lib/reasons/reason.ts';

export interface OffsetRow {
  id: string;
  label: string;
  usd: number;
  from: number;
  to: number;
  kind: 'alone' | 'sum' | 'saved' | 'book';
}

export interface Offsets {
  rows: readonly OffsetRow[];
  standaloneUsd: number;
  savedUsd: number;
  /** Share of the standalone sum, ppm, rounded down; 0 without risk. */
  savedPpm: number;
}

const PPM = 1_000_000;

/** What every underlying would need in a pot of its own, against what they need as one book. */
export function offsetsOf(accounts: readonly AccountView[]): Offsets {
  const alone = new Map<string, number>();
  let standaloneUsd = 0;
  let scanUsd = 0;
  for (const { margin } of accounts) {
    standaloneUsd += margin.initial.standaloneUsd;
    scanUsd += margin.initial.scanUsd;
    for (const { underlying, usd } of margin.initial.standalone)
      alone.set(underlying, (alone.get(underlying) ?? 0) + usd);
  }
  const savedUsd = standaloneUsd - scanUsd;
  let before = 0;
  const rows = [...alone].map(([underlying, usd]): OffsetRow => {
    const from = before;
    before += usd;
    return { id: underlying, label: `${underlying} alone`, usd, from, to: before, kind: 'alone' };
  });
  return {
    rows: [
      ...rows,
      { id: 'isolated', label: 'Isolated, sum', usd: standaloneUsd, from: 0, to: standaloneUsd, kind: 'sum' },
      {
        id: 'saved',
        label: 'Saved by one book',
        usd: -savedUsd,
        from: standaloneUsd,
        to: scanUsd,
        kind: 'saved',
      },
      { id: 'cross', label: 'Cross, one book', usd: scanUsd, from: 0, to: scanUsd, kind: 'book' },
    ],
    standaloneUsd,
    savedUsd,
    savedPpm: standaloneUsd <= 0 ? 0 : Math.floor((savedUsd / standaloneUsd) * PPM),
  };
}

const money = (usd: number) => formatUsd(usd, 2);

/** Why a row of the comparison is what it is. */
export function offsetReason({ kind, label, usd }: OffsetRow, offsets: Offsets): Reason {
  const { rows, standaloneUsd, savedUsd, savedPpm } = offsets;
  const inputs: Record<OffsetRow['kind'], Reason['inputs']> = {
    alone: [[label, money(usd)]],
    sum: rows.filter((row) => row.kind === 'alone').map((row) => [row.label, money(row.usd)] as const),
    saved: [
      ['isolated, sum', money(standaloneUsd)],
      ['one book', money(standaloneUsd - savedUsd)],
      ['share saved', formatPercent(savedPpm)],
    ],
    book: [
      ['isolated, sum', money(standaloneUsd)],
      ['saved', money(savedUsd)],
    ],
  };
  return { formula: offsetFormulas[kind], inputs: inputs[kind] };
}

const offsetFormulas: Record<OffsetRow['kind'], string> = {
  alone:
    'largest loss of this underlying over its own range, in a pot of its own, its open orders at their worst',
  sum: 'pots do not help each other: every worst case at once',
  saved: 'isolated sum − one book: what one pot for all frees',
  book: 'largest loss of all legs together over all scenarios, never under 40 % of the isolated sum',
};
