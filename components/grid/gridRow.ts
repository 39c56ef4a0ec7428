import type { GridModel } from './useGrid.ts';

/** The row that an element of a grid stands in; undefined in its head and in the rows of groups. */
export function rowUnder<R extends object>(target: Element, model: GridModel<R>): R | undefined {
  return rowOf(model, target.closest<HTMLElement>('tr[data-key]')?.dataset.key);
}

export function rowOf<R extends object>(model: GridModel<R>, key: string | undefined): R | undefined {
  const line = model.lines.find((each) => each.key === key);
  return line?.kind === 'row' ? line.row : undefined;
}
