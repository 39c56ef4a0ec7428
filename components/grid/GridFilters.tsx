import styles from './Grid.module.css';
import { type GridColumn, nameOfColumn } from './gridColumn.ts';
import { filterOf } from './gridFilter.ts';
import type { GridModel } from './useGrid.ts';

/** One field a column: words, `>100` and `10..20`, or a choice. */
export function GridFilters<R extends object>({ model }: { model: GridModel<R> }) {
  return (
    <tr className={styles.filters}>
      {model.visible.map((column) => (
        <td key={column.id}>{column.kind !== 'actions' && <Filter column={column} model={model} />}</td>
      ))}
    </tr>
  );
}

function Filter<R extends object>({ column, model }: { column: GridColumn<R>; model: GridModel<R> }) {
  const label = `Filter ${nameOfColumn(column)}`;
  const value = model.filters[column.id] ?? '';
  if (column.kind === 'enum') {
    const found = [...new Set(model.request.rows.map((row) => column.text(row)))].filter(
      (text) => text !== '',
    );
    const choices = value === '' || found.includes(value) ? found : [...found, value];
    return (
      <select
        aria-label={label}
        value={value}
        onChange={(event) => model.filter(column.id, event.target.value)}
      >
        <option value="">all</option>
        {choices.sort().map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      aria-label={label}
      autoComplete="off"
      spellCheck={false}
      placeholder={column.kind === 'number' ? '>0' : '…'}
      value={value}
      aria-invalid={filterOf(column.kind, value) === 'unreadable' || undefined}
      onChange={(event) => model.filter(column.id, event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') model.filter(column.id, '');
      }}
    />
  );
}
