import type { Locator, Page } from '@playwright/test';
import type { AccountView } from '../engine/protocol/views/account.ts';

/** The risk screen's way from net asset value to free margin. */
export function fallOf(page: Page): Locator {
  return page.getByRole('table', { name: 'From net asset value to free margin' });
}

/** Whole dollars as a person reads them off the screen. */
export function dollars(text: string): number {
  return Number(text.replaceAll(',', '').replace('−', '-').replace('+', ''));
}

export interface FallRow {
  shown: number;
  exact: number;
}

export async function readFall(page: Page): Promise<Map<string, FallRow>> {
  const rows = await fallOf(page)
    .locator('tr[data-row]')
    .evaluateAll((all) =>
      all.map((row) => {
        const number = row.querySelector('data');
        return [
          row.getAttribute('data-row') ?? '',
          number?.textContent ?? '',
          Number(number?.value),
        ] as const;
      }),
    );
  return new Map(rows.map(([id, text, exact]) => [id, { shown: dollars(text), exact }]));
}

export function sum(rows: readonly FallRow[], key: keyof FallRow): number {
  return rows.reduce((total, row) => total + row[key], 0);
}

/** Rows of the fall that a view names exactly, and the sequence they were read at. */
export interface FallAt {
  seq: number;
  equity: number | undefined;
  maintenance: number | undefined;
  free: number | undefined;
}

/** Read at once, sequence and rows: the next answer may replace both at any moment. */
export async function readFallAt(page: Page): Promise<FallAt> {
  const { seq, rows } = await page.getByRole('region', { name: 'Margin waterfall' }).evaluate((pane) => ({
    seq: /seq ([\d,]+)/.exec(pane.querySelector('header')?.textContent ?? '')?.[1],
    rows: Array.from(
      pane.querySelectorAll('tr[data-row]'),
      (row) => [row.getAttribute('data-row'), Number(row.querySelector('data')?.value)] as const,
    ),
  }));
  const exact = new Map(rows);
  return {
    seq: dollars(seq ?? ''),
    equity: exact.get('equity'),
    maintenance: exact.get('maintenance'),
    free: exact.get('free'),
  };
}

/** What the rows must be for these margins, added up. */
export function fallAt(seq: number, margins: readonly AccountView['margin'][]): FallAt {
  const total = (read: (margin: AccountView['margin']) => number) =>
    margins.reduce((usd, margin) => usd + read(margin), 0);
  return {
    seq,
    equity: total(({ equityUsd }) => equityUsd),
    maintenance: 0 - total(({ maintenanceUsd }) => maintenanceUsd),
    free: total(({ freeUsd }) => freeUsd),
  };
}
