import type { HTMLAttributes } from 'react';
import { classes } from '../ui/classes.ts';
import styles from './Grid.module.css';
import type { GridColumn } from './gridColumn.ts';
import type { StillLine } from './gridStill.ts';
import type { GridModel } from './useGrid.ts';

/** How a row looks, and its `data-…` names. */
export interface GridRowLook extends Omit<HTMLAttributes<HTMLTableRowElement>, 'className'> {
  /** `pending` is asked and not yet a fact, `marked` is being worked on. */
  kind?: 'plain' | 'pending' | 'marked';
  [data: `data-${string}`]: string | number | undefined;
}

interface GridLineRowProps<R> {
  line: StillLine<R>;
  index: number;
  model: GridModel<R & object>;
  lookOf: ((row: R) => GridRowLook) | undefined;
}

export function GridLineRow<R>({ line, index, model, lookOf }: GridLineRowProps<R>) {
  const place = { 'data-line': index, 'data-key': line.key, 'aria-rowindex': index + 2 };
  if (line.kind === 'group') return <GroupRow line={line} place={place} model={model} />;
  const { kind = 'plain', ...look } = lookOf?.(line.row) ?? {};
  return (
    <tr
      {...look}
      {...place}
      data-gone={line.isGone || undefined}
      className={classes(styles.row, kind !== 'plain' && styles[kind], line.isGone && styles.gone)}
    >
      {model.visible.map((column) => (
        <BodyCell key={column.id} column={column} row={line.row} isGone={line.isGone} />
      ))}
    </tr>
  );
}

function BodyCell<R>({ column, row, isGone }: { column: GridColumn<R>; row: R; isGone: boolean }) {
  const { id, kind, cell } = column;
  return (
    <td
      className={classes(kind === 'number' && styles.right, kind === 'actions' && styles.actions)}
      data-column={id}
    >
      {cell === undefined ? column.text(row) : cell(row, isGone)}
    </td>
  );
}

function GroupRow<R>({
  line,
  place,
  model,
}: {
  line: Extract<StillLine<R>, { kind: 'group' }>;
  place: Record<string, string | number>;
  model: GridModel<R & object>;
}) {
  const isOpen = !model.collapsed.has(line.key);
  const [first, ...others] = model.visible as readonly GridColumn<R>[];
  return (
    <tr {...place} className={styles.group} aria-expanded={isOpen}>
      <td data-column={first?.id}>
        <button type="button" className={styles.title} onClick={() => model.toggleGroup(line.key)}>
          <span aria-hidden="true">{isOpen ? '− ' : '+ '}</span>
          {line.title} <span className={styles.count}>{line.rows.length}</span>
        </button>
      </td>
      {others.map(({ id, kind, total }) => (
        <td key={id} data-column={id} className={classes(kind === 'number' && styles.right)}>
          {kind !== 'actions' && total?.(line.rows)}
        </td>
      ))}
    </tr>
  );
}
