import { useZoneText } from '../../lib/hooks/timeZone.ts';
import { classes } from '../ui/classes.ts';
import styles from './Grid.module.css';
import { GridFilters } from './GridFilters.tsx';
import { type GridColumn, nameOfColumn } from './gridColumn.ts';
import type { GridModel } from './useGrid.ts';

/** Titles that sort when pressed, with Shift one after the other, and the filters under them. */
export function GridHead<R extends object>({ model }: { model: GridModel<R> }) {
  return (
    <thead>
      <tr data-line={-1} data-key="head">
        {model.visible.map((column) => (
          <HeadCell key={column.id} column={column} model={model} />
        ))}
      </tr>
      {model.isFiltering && <GridFilters model={model} />}
    </thead>
  );
}

/** A title of times ends with their zone: in a file it is UTC, on the page the one that was chosen. */
function TimeTitle({ title }: { title: string }) {
  const zone = useZoneText();
  return <>{title.replace(/UTC$/, zone)}</>;
}

function HeadCell<R extends object>({ column, model }: { column: GridColumn<R>; model: GridModel<R> }) {
  if (column.kind === 'actions') {
    return (
      <th scope="col">
        <span className="visually-hidden">{nameOfColumn(column)}</span>
      </th>
    );
  }
  const { sort } = model.layout;
  const at = sort.findIndex(({ id }) => id === column.id);
  const isDescending = sort[at]?.isDescending;
  return (
    <th
      scope="col"
      className={classes(column.kind === 'number' && styles.right)}
      aria-sort={isDescending === undefined ? undefined : isDescending ? 'descending' : 'ascending'}
    >
      <button
        type="button"
        className={styles.title}
        onClick={(event) => model.press(column, event.shiftKey)}
        data-column={column.id}
      >
        {column.kind === 'time' ? <TimeTitle title={column.title} /> : column.title}
        {isDescending !== undefined && (
          <span aria-hidden="true" className={styles.arrow}>
            {isDescending ? '▼' : '▲'}
            {sort.length > 1 && at + 1}
          </span>
        )}
        {/* The title comes first in the name: who speaks to the page says what it shows. */}
        <span className="visually-hidden">{column.name === undefined ? '' : `, ${column.name}`}, sort</span>
      </button>
    </th>
  );
}
