import type { ClipboardEvent } from 'react';
import { clipboardRow } from './gridCsv.ts';
import { rowUnder } from './gridRow.ts';
import type { GridModel } from './useGrid.ts';

/** Puts the focused cell on the clipboard at full precision; text that was selected goes as it is. */
export function copyFrom<R extends object>(event: ClipboardEvent<HTMLElement>, model: GridModel<R>): void {
  const { target } = event;
  if (!(target instanceof HTMLElement) || target instanceof HTMLInputElement) return;
  if (document.getSelection()?.isCollapsed === false) return;
  const cell = target.closest('td');
  const row = rowUnder(target, model);
  const column = model.visible.find(({ id }) => id === cell?.dataset.column);
  if (row === undefined || column === undefined) return;
  // A cell of buttons has no text of its own: it stands for its row.
  const text = column.kind === 'actions' ? clipboardRow(model.visible, row) : column.text(row);
  event.clipboardData.setData('text/plain', text);
  event.preventDefault();
}

/** Puts the focused row on the clipboard, a tab between cells. */
export function copyRow<R extends object>(target: EventTarget, model: GridModel<R>): boolean {
  const row = target instanceof HTMLElement ? rowUnder(target, model) : undefined;
  if (row === undefined) return false;
  void navigator.clipboard.writeText(clipboardRow(model.visible, row));
  return true;
}
