import { Button } from '../ui/Button.tsx';
import { Popover } from '../ui/Popover.tsx';
import { Select } from '../ui/Select.tsx';
import { Toggle } from '../ui/Toggle.tsx';
import styles from './Grid.module.css';
import { nameOfColumn, orderAfterMove, orderedColumns } from './gridColumn.ts';
import { csvOf, download } from './gridCsv.ts';
import type { GridModel } from './useGrid.ts';

/** Beside the title: how rows are put together, and whether the order waits for the pointer to leave. */
export function GridGroupPick<R extends object>({ model }: { model: GridModel<R> }) {
  const { label, groupings = [] } = model.request;
  const options = [
    { value: '', label: 'not grouped' },
    ...groupings.map(({ id, title }) => ({ value: id, label: `by ${title}` })),
  ];
  return (
    <>
      <Select
        label={`Group ${label}`}
        isLabelHidden
        value={model.layout.groupBy}
        options={options}
        onPick={(groupBy) => model.changeLayout({ groupBy })}
        className={styles.pick}
      />
      {model.isWaiting && <span title="New places are taken when you point elsewhere.">held</span>}
    </>
  );
}

/** At the edge of the head: filters, columns, file. */
export function GridTools<R extends object>({ model }: { model: GridModel<R> }) {
  const { label } = model.request;
  return (
    <span className={styles.tools}>
      <Button
        tone="quiet"
        size="row"
        isLook
        aria-pressed={model.isFiltering}
        onClick={() => model.showFilters(!model.isFiltering)}
        aria-label={`Filter ${label}`}
      >
        filter
      </Button>
      <Popover label="columns" name={`Columns of ${label}`} className={styles.menu}>
        {() => <ColumnMenu model={model} />}
      </Popover>
      <Button
        tone="quiet"
        size="row"
        isLook
        onClick={() => download(fileName(label), csvOf(model.visible, model.rows))}
        aria-label={`CSV of ${label}`}
      >
        csv
      </Button>
    </span>
  );
}

function ColumnMenu<R extends object>({ model }: { model: GridModel<R> }) {
  const { layout, changeLayout, request } = model;
  const columns = orderedColumns(request.columns, layout).filter(({ kind }) => kind !== 'actions');
  const show = (id: string, isShown: boolean) =>
    changeLayout({
      hidden: isShown ? layout.hidden.filter((hidden) => hidden !== id) : [...layout.hidden, id],
    });
  const move = (id: string, by: -1 | 1) =>
    changeLayout({ order: orderAfterMove(request.columns, layout, id, by) });
  return (
    <ul className={styles.columns}>
      {columns.map((column) => (
        <li key={column.id}>
          <Toggle
            isOn={!layout.hidden.includes(column.id)}
            onToggle={(isOn) => show(column.id, isOn)}
            disabled={column === columns[0]}
          >
            {nameOfColumn(column)}
            {!layout.hidden.includes(column.id) && !model.visible.includes(column) && ' (no room)'}
          </Toggle>
          <Button
            size="row"
            tone="quiet"
            isLook
            onClick={() => move(column.id, -1)}
            aria-label={`${nameOfColumn(column)} left`}
          >
            ←
          </Button>
          <Button
            size="row"
            tone="quiet"
            isLook
            onClick={() => move(column.id, 1)}
            aria-label={`${nameOfColumn(column)} right`}
          >
            →
          </Button>
        </li>
      ))}
      <li>
        <Button size="row" isLook onClick={() => changeLayout(request.defaults)}>
          as it was
        </Button>
      </li>
    </ul>
  );
}

/** With the moment in UTC, so that two files of a day are told apart. */
function fileName(label: string): string {
  const moment = new Date()
    .toISOString()
    .replace(/\.[0-9]+/, '')
    .replaceAll(':', '-');
  return `${label.toLowerCase().replaceAll(' ', '-')}-${moment}.csv`;
}
