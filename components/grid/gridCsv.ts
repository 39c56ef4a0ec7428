import { type GridColumn, nameOfColumn } from './gridColumn.ts';

/**
 * Rows as RFC 4180 text: the columns and rows given, in their order, plain numbers at full precision.
 *
 * @example time UTC,market\r\n2026-11-20T12:04:31.208Z,BTC-PERP\r\n
 */
export function csvOf<R>(columns: readonly GridColumn<R>[], rows: readonly R[]): string {
  const shown = columns.filter(({ kind }) => kind !== 'actions');
  const head = shown.map((column) => quoted(nameOfColumn(column)));
  const lines = rows.map((row) => shown.map((column) => quoted(column.text(row))));
  return [head, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** One row as a spreadsheet takes it from the clipboard. */
export function clipboardRow<R>(columns: readonly GridColumn<R>[], row: R): string {
  return columns
    .filter(({ kind }) => kind !== 'actions')
    .map((column) => column.text(row).replaceAll(/[\t\r\n]/g, ' '))
    .join('\t');
}

/** A text that a spreadsheet would run as a formula is kept a text by a quote; a number stays a number. */
function quoted(text: string): string {
  const isFormula = /^[=+@\t\r-]/.test(text) && Number.isNaN(Number(text));
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands a text to the browser as a file. */
export function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
