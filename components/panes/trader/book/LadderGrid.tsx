import { memo, type Ref } from 'react';
import { classes } from '../../../ui/classes.ts';
import styles from './Book.module.css';
import { columns } from './press.ts';

export interface LadderGridProps {
  ref: Ref<HTMLTableSectionElement>;
  rows: number;
  id: string;
}

const columnStyles = [styles.own, styles.bid, styles.price, styles.ask, styles.own];

/** The empty cells of the ladder. Rendered once per height; the painter writes into them. */
export const LadderGrid = memo(function LadderGrid({ ref, rows, id }: LadderGridProps) {
  return (
    <tbody ref={ref} className={styles.rows}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is a place on the screen, not a price.
        <tr key={row} className={styles.row} data-row={row} aria-rowindex={row + 2}>
          {columns.map((name, column) => (
            <td
              key={name}
              id={cellId(id, row, column)}
              data-column={column}
              className={classes(styles.cell, columnStyles[column], column === 4 && styles.ownAsk)}
            >
              <b />
              <i />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
});

export function cellId(id: string, row: number, column: number): string {
  return `${id}-${row}-${column}`;
}
