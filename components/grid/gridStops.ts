const WIDGETS = 'button:not(:disabled), input:not(:disabled), select, a[href]';

/** Where the arrow keys stop in a cell: its buttons and fields, or the cell itself. */
export function stopsOfCell(cell: HTMLTableCellElement): HTMLElement[] {
  const widgets = [...cell.querySelectorAll<HTMLElement>(WIDGETS)];
  const inside = widgets.filter((widget) => widget.closest('[popover]') === null);
  return inside.length > 0 ? inside : [cell];
}

export function stopsOfRow(row: HTMLTableRowElement): HTMLElement[] {
  return [...row.cells].flatMap(stopsOfCell);
}

/** The stop one row further: same cell, same button where there is one. */
export function stopBelow(from: HTMLElement, row: HTMLTableRowElement): HTMLElement | undefined {
  const cell = from.closest<HTMLTableCellElement>('td, th');
  if (cell === null) return undefined;
  return stopAt(row, cell.cellIndex, stopsOfCell(cell).indexOf(from));
}

/** The nearest there is to a place in a row: rows of groups have fewer cells, finished rows fewer buttons. */
export function stopAt(row: HTMLTableRowElement, cellIndex: number, widget: number): HTMLElement | undefined {
  const cell = row.cells[Math.min(cellIndex, row.cells.length - 1)];
  if (cell === undefined) return undefined;
  const stops = stopsOfCell(cell);
  return stops[Math.min(Math.max(widget, 0), stops.length - 1)];
}

/** One stop of the whole grid is on the way of the Tab key; the arrows reach the others. */
export function markStops(body: HTMLElement, current: HTMLElement | undefined): void {
  for (const row of body.querySelectorAll<HTMLTableRowElement>('tr[data-line]')) {
    for (const stop of stopsOfRow(row)) {
      const tabIndex = stop === current ? '0' : '-1';
      if (stop.getAttribute('tabindex') !== tabIndex) stop.setAttribute('tabindex', tabIndex);
    }
  }
}
