import { type KeyboardEvent, useRef, useState } from 'react';
import { accountsIn } from '../../../../lib/firm/tree.ts';
import { formatSignedUsd } from '../../../../lib/format.ts';
import { useFirmTree } from '../../../../lib/hooks/firmRisk.ts';
import styles from './Stress.module.css';
import { type StressCell, type StressMap, stepFrom } from './Stress.state.ts';

/** Steps of shade on either side of nothing. */
const SHADES = 6;

/** The cells, walked with arrows; the line below reads the one that is walked to or pointed at. */
export function StressGrid({ map, market }: { map: StressMap; market: string }) {
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<readonly [row: number, column: number]>(() => nowOf(map));
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepFrom(at, event.key, map);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    table.current?.querySelector<HTMLElement>(`td[data-at="${next.join()}"]`)?.focus();
  };
  return (
    <>
      <div className={styles.scroll}>
        <table
          ref={table}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells have the focus is a grid.
          role="grid"
          aria-label="Stress map"
          className={styles.table}
        >
          <thead>
            <tr>
              <th scope="col">
                <span aria-hidden="true">vol \ {market}</span>
                <span className="visually-hidden">implied volatility</span>
              </th>
              {map.heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {map.rows.map(({ name, cells }, row) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, column) => (
                  <Cell
                    key={map.heads[column]}
                    cell={cell}
                    at={[row, column]}
                    isStop={at[0] === row && at[1] === column}
                    onGo={() => setAt([row, column])}
                    onKeyDown={onKeyDown}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Reading map={map} at={at} market={market} />
    </>
  );
}

interface CellProps {
  cell: StressCell;
  at: readonly [row: number, column: number];
  isStop: boolean;
  onGo: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Cell({ cell: { text, shade, over, isNow }, at, isStop, onGo, onKeyDown }: CellProps) {
  return (
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid has the focus.
      role="gridcell"
      data-at={at.join()}
      data-shade={Math.round(shade * SHADES)}
      data-now={isNow || undefined}
      tabIndex={isStop ? 0 : -1}
      onFocus={onGo}
      onMouseOver={onGo}
      onKeyDown={onKeyDown}
    >
      {text}
      {over.length > 0 && (
        <span className={styles.over}>
          <span aria-hidden="true">×</span>
          {over.length}
          <span className="visually-hidden"> past maintenance margin</span>
        </span>
      )}
    </td>
  );
}

/** The cell in words: what moves, what it brings to the dollar, and whom it takes past maintenance margin. */
function Reading({
  map,
  at: [row, column],
  market,
}: {
  map: StressMap;
  at: readonly [number, number];
  market: string;
}) {
  const tree = useFirmTree();
  const cell = map.rows[row]?.cells[column];
  if (cell === undefined) return null;
  const labels =
    tree === undefined ? [] : accountsIn(tree).filter(({ account }) => cell.over.includes(account));
  return (
    <p className={styles.reading}>
      <b>
        {market} {map.heads[column]}%, vol {map.rows[row]!.name}%
      </b>{' '}
      <data value={cell.pnlUsd}>{formatSignedUsd(cell.pnlUsd)} USD</data>
      {cell.over.length === 0
        ? ' · nobody past maintenance margin'
        : ` · past maintenance margin: ${labels.map(({ label }) => label).join(', ')}`}
    </p>
  );
}

function nowOf({ rows }: StressMap): readonly [row: number, column: number] {
  const row = rows.findIndex(({ cells }) => cells.some(({ isNow }) => isNow));
  return [Math.max(0, row), Math.max(0, rows[row]?.cells.findIndex(({ isNow }) => isNow) ?? 0)];
}
