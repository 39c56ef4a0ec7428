import type { HTMLAttributes, ReactNode, TdHTMLAttributes, ThHTMLAttributes } from 'react';
import { classes } from './classes.ts';
import styles from './Table.module.css';

export interface TableProps {
  /** Names the table for screen readers. */
  label: string;
  /** Header cells, in one row. */
  head: ReactNode;
  /** `<col>` elements with classes for widths; without them columns share the room. */
  columns?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A dense table: rows of `--row`, numbers right, the first column left, a head that stays. */
export function Table({ label, head, columns, children, className }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard.
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <table className={classes(styles.table, className)} aria-label={label}>
        {columns !== undefined && <colgroup>{columns}</colgroup>}
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

type Align = 'left' | 'right' | 'centre';

export interface HeadCellProps extends Omit<ThHTMLAttributes<HTMLTableCellElement>, 'align'> {
  align?: Align;
}

export function HeadCell({ align = 'right', className, ...rest }: HeadCellProps) {
  return <th scope="col" {...rest} className={classes(styles[align], className)} />;
}

/** A head whose columns are all of words. */
export function WordHeads({ names }: { names: readonly string[] }) {
  return names.map((name) => (
    <HeadCell key={name} align="left">
      {name}
    </HeadCell>
  ));
}

export interface CellProps extends Omit<TdHTMLAttributes<HTMLTableCellElement>, 'align'> {
  align?: Align;
  isStrong?: boolean;
}

export function Cell({ align = 'right', isStrong = false, className, ...rest }: CellProps) {
  return <td {...rest} className={classes(styles[align], isStrong && styles.strong, className)} />;
}

export interface RowProps extends HTMLAttributes<HTMLTableRowElement> {
  /** `total` closes the table, `pending` is asked but not yet a fact, `marked` is being worked on. */
  kind?: 'plain' | 'total' | 'pending' | 'marked';
}

export function Row({ kind = 'plain', className, ...rest }: RowProps) {
  return <tr {...rest} className={classes(kind !== 'plain' && styles[kind], className)} />;
}
