import { expect, type Locator, type Page } from '@playwright/test';
import type { MarketView } from '../engine/protocol/views/market.ts';
import { formatPrice, formatSize } from '../lib/format.ts';
import type { PlainBook } from './plainBook.ts';

/** What a row of the ladder says; a side without size is empty. */
export type Row = readonly [price: string, bid: string, ask: string];

export function ladderOf(page: Page): Locator {
  return page.getByRole('grid', { name: /^Ladder/ });
}

/** Rows on screen that hold a size, from the top. Read at once, so that they are of one moment. */
export async function readRows(page: Page): Promise<Row[]> {
  const rows = await everyRow(page);
  return rows.filter(([, bid, ask]) => bid !== '' || ask !== '');
}

type Column = 'own bid' | 'bid' | 'price' | 'ask' | 'own ask';
const columns: readonly Column[] = ['own bid', 'bid', 'price', 'ask', 'own ask'];

/** The cell of a price that is on screen. */
export async function cellAt(page: Page, price: string, column: Column): Promise<Locator> {
  const row = (await everyRow(page)).findIndex(([shown]) => shown === price);
  expect(row, `a row of ${price}`).toBeGreaterThanOrEqual(0);
  return ladderOf(page).locator(`tr[data-row="${row}"] > td`).nth(columns.indexOf(column));
}

/** Walks to a cell with the arrow keys. */
export async function walkTo(page: Page, price: string, column: Column): Promise<void> {
  const row = (await everyRow(page)).findIndex(([shown]) => shown === price);
  await ladderOf(page).focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < row; step++) await page.keyboard.press('ArrowDown');
  for (let step = 0; step < columns.length; step++) await page.keyboard.press('ArrowLeft');
  for (let step = 0; step < columns.indexOf(column); step++) await page.keyboard.press('ArrowRight');
}

async function everyRow(page: Page): Promise<Row[]> {
  return await ladderOf(page)
    .locator('tr[data-row]')
    .evaluateAll((rows) =>
      rows.map((row) => [1, 2, 3].map((column) => row.children[column]?.textContent ?? '')),
    )
    .then((rows) => rows.map(([bid = '', price = '', ask = '']): Row => [price, bid, ask]));
}

/** Pages through a ladder that stands still, from the highest price to the lowest, and reads each row with a size. */
export async function readThrough(page: Page, highest: number, lowest: number): Promise<Row[]> {
  const found = new Map<string, Row>();
  await ladderOf(page).focus();
  while (usdOf((await everyRow(page))[0]!) < highest) await turn(page, 'PageUp');
  for (;;) {
    const rows = await readRows(page);
    expectAligned(rows.flatMap(([, bid, ask]) => [bid, ask].filter((size) => size !== '')));
    for (const row of rows) found.set(row[0], row);
    if (usdOf((await everyRow(page)).at(-1)!) <= lowest) return [...found.values()];
    await turn(page, 'PageDown');
  }
}

async function turn(page: Page, key: 'PageUp' | 'PageDown'): Promise<void> {
  const [before] = (await everyRow(page))[0]!;
  await page.keyboard.press(key);
  await expect.poll(async () => (await everyRow(page))[0]![0]).not.toBe(before);
}

export function usdOf([price]: Row): number {
  return Number(price.replaceAll(',', ''));
}

/**
 * The rows a ladder of one tick a row must have for a book, from the highest price to the lowest: sizes as fine as they
 * are shown, which is at least as fine as the largest of the book has room for.
 */
export function rowsOf({ bids, asks }: PlainBook, market: MarketView, shown: readonly Row[]): Row[] {
  const textOf = new Map(shown.map((row) => [usdOf(row), row]));
  const most = Math.max(...bids.values(), ...asks.values());
  const least = decimalsOf(narrow(formatSize(most, market), 7));
  const rowOf = (ticks: number, lots: number, column: 1 | 2): [number, Row] => {
    const price = formatPrice(ticks, market);
    const text = textOf.get(usdOf([price, '', '']))?.[column] ?? '';
    const size = cutTo(formatSize(lots, market), Math.max(least, decimalsOf(text)), 7);
    return [ticks, column === 1 ? [price, size, ''] : [price, '', size]];
  };
  const rows = [
    ...[...asks].map(([ticks, lots]) => rowOf(ticks, lots, 2)),
    ...[...bids].map(([ticks, lots]) => rowOf(ticks, lots, 1)),
  ];
  return rows.sort(([a], [b]) => b - a).map(([, row]) => row);
}

/** A column is so many characters wide; digits after the point that do not fit are cut. */
export function narrow(text: string, width: number): string {
  return text.slice(0, Math.max(text.indexOf('.'), width)).replace(/\.$/, '');
}

/** A size with so many digits after its point; one that would be 0 has all that there is room for. */
export function cutTo(text: string, decimals: number, width: number): string {
  const cut = text.includes('.') ? text.slice(0, text.indexOf('.') + 1 + decimals).replace(/\.$/, '') : text;
  return narrow(/[1-9]/.test(cut) ? cut : text, width);
}

export function decimalsOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

/** Points stand under points: only what would be 0 with as many digits as the others has more. */
export function expectAligned(sizes: readonly string[]): void {
  const least = Math.min(...sizes.map(decimalsOf));
  const others = sizes.filter((size) => decimalsOf(size) !== least);
  expect(others.filter((size) => Number(size.replaceAll(',', '')) >= 10 ** -least)).toEqual([]);
}
