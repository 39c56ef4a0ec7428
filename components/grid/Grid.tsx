'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { tokenPx, useAppearance } from '../ui/appearance.ts';
import { classes } from '../ui/classes.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { useSize } from '../ui/useSize.ts';
import styles from './Grid.module.css';
import { GridAnswer } from './GridAnswer.tsx';
import { GridHead } from './GridHead.tsx';
import { GridLineRow, type GridRowLook } from './GridLineRow.tsx';
import { copyFrom, copyRow } from './gridCopy.ts';
import { Spacer } from './Spacer.tsx';
import type { GridModel } from './useGrid.ts';
import { useGridHold } from './useGridHold.ts';
import { useGridKeys } from './useGridKeys.ts';

export interface GridProps<R extends object> {
  model: GridModel<R>;
  /** Nothing is known yet: labels at once, numbers when they are. */
  isLoading?: boolean;
  /** Why there is nothing, and the way on. */
  empty: ReactNode;
  /** How a row looks and what tests and styles find it by. */
  lookOf?: (row: R) => GridRowLook;
  /** The last of so many rows come into sight: older ones may be asked for. */
  onNearEnd?: (count: number) => void;
}

const ROW_PX = 20;
/** Rows drawn beyond the edges, so that a page of arrow keys lands on a row that is there. */
const OVERSCAN = 8;
const NEAR_END = 30;
/** Before the box is measured: a pending row must stand in the frame after the key. */
const FIRST_BOX = { width: 0, height: 400 };
const BONES = ['a', 'b', 'c', 'd', 'e'];

/** A table of any length: sorts, filters, groups, and every cell is reached by the arrow keys. */
export function Grid<R extends object>({ model, isLoading = false, empty, lookOf, onNearEnd }: GridProps<R>) {
  const { request, visible, lines } = model;
  const box = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const rowPx = useRowHeight(body);
  const roomPx = useSize(box)?.width;
  const scale = useScale();
  useLayoutEffect(() => {
    if (roomPx !== undefined && roomPx > 0) model.fit(roomPx / scale);
  }, [model.fit, roomPx, scale]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    initialRect: FIRST_BOX,
    getItemKey: (index) => lines[index]?.key ?? index,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when their height changes.
  useLayoutEffect(() => virtual.measure(), [virtual, rowPx]);
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  useNearEnd(last?.index ?? -1, lines.length, onNearEnd);
  const hold = useGridHold(body);
  useLayoutEffect(() => model.hold(hold.isHeld), [model.hold, hold.isHeld]);
  const keys = useGridKeys({
    table,
    lineCount: lines.length,
    pageSize: Math.max(1, items.length - 2 * OVERSCAN),
    scrollTo: (line) => virtual.scrollToIndex(Math.max(0, line)),
  });
  const hasTotals = visible.some(({ total }) => total !== undefined) && model.rows.length > 0;
  return (
    <div ref={box} className={styles.scroll}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells have the focus is a grid.
        role="grid"
        aria-label={request.label}
        aria-busy={isLoading || undefined}
        aria-rowcount={lines.length + 1}
        className={styles.grid}
        onKeyDown={(event) => {
          const isRowChord = event.ctrlKey && event.shiftKey && event.key.toLowerCase() === 'c';
          if (isRowChord && copyRow(event.target, model)) event.preventDefault();
          else keys.onKeyDown(event);
        }}
        onFocus={keys.onFocus}
        onBlur={keys.onBlur}
        onCopy={(event) => copyFrom(event, model)}
      >
        <Columns model={model} table={table} scale={scale} />
        <GridHead model={model} />
        <Spacer height={first?.start ?? 0} />
        <tbody
          ref={body}
          onPointerEnter={hold.onPointerEnter}
          onFocus={hold.onFocus}
          onBlur={hold.onBlur}
          data-held={model.isWaiting || undefined}
        >
          {items.map(({ index, key }) => {
            const line = lines[index];
            return line === undefined ? null : (
              <GridLineRow key={String(key)} line={line} index={index} model={model} lookOf={lookOf} />
            );
          })}
          {isLoading && lines.length === 0 && BONES.map((bone) => <BoneRow key={bone} model={model} />)}
        </tbody>
        <Spacer height={last === undefined ? 0 : virtual.getTotalSize() - last.end} />
        {hasTotals && <Totals model={model} />}
      </table>
      <GridAnswer model={model} table={table} />
      {!isLoading && lines.length === 0 && <Nothing model={model} empty={empty} />}
    </div>
  );
}

/** Widths go through the DOM: the page's policy drops style attributes of the HTML. */
function Columns<R extends object>({
  model: { visible },
  table,
  scale,
}: {
  model: GridModel<R>;
  table: React.RefObject<HTMLTableElement | null>;
  scale: number;
}) {
  const least = visible.reduce((sum, { width }) => sum + width, 0) * scale;
  useLayoutEffect(() => {
    if (table.current !== null) table.current.style.minWidth = `${least}px`;
  }, [table, least]);
  return (
    <colgroup>
      {visible.map(({ id, width }) => (
        <col
          key={id}
          ref={(element) => {
            if (element !== null) element.style.width = `${width * scale}px`;
          }}
        />
      ))}
    </colgroup>
  );
}

function BoneRow<R extends object>({ model: { visible } }: { model: GridModel<R> }) {
  return (
    <tr className={styles.row}>
      {visible.map(({ id, kind }) => (
        <td key={id} className={kind === 'number' ? styles.right : undefined}>
          {kind !== 'actions' && <Skeleton ch={kind === 'number' ? 6 : 9} />}
        </td>
      ))}
    </tr>
  );
}

function Totals<R extends object>({ model: { visible, rows } }: { model: GridModel<R> }) {
  return (
    <tfoot>
      <tr className={styles.total}>
        {visible.map(({ id, kind, total }) => (
          <td
            key={id}
            className={classes(kind === 'number' && styles.right, kind === 'actions' && styles.actions)}
          >
            {total?.(rows)}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

function Nothing<R extends object>({ model, empty }: { model: GridModel<R>; empty: ReactNode }) {
  const hidden = model.request.rows.length;
  if (hidden === 0) return empty;
  return (
    <p className={styles.nothing}>
      No row passes the filters: {hidden} hidden.{' '}
      <button type="button" className={styles.link} onClick={() => model.showFilters(false)}>
        Clear the filters
      </button>
    </p>
  );
}

/** How much wider digits are than in the compact density. */
function useScale(): number {
  const appearance = useAppearance();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density is another scale, read from the page.
  return useMemo(() => tokenPx('--scale') || 1, [appearance]);
}

/** As the density has it, measured at a row that is drawn. */
function useRowHeight(body: React.RefObject<HTMLTableSectionElement | null>): number {
  const [rowPx, setRowPx] = useState(ROW_PX);
  useLayoutEffect(() => {
    const row = body.current?.querySelector<HTMLElement>('tr[data-line]');
    const measured = row?.getBoundingClientRect().height ?? 0;
    if (measured > 0 && Math.abs(measured - rowPx) > 0.01) setRowPx(measured);
  });
  return rowPx;
}

function useNearEnd(
  lastIndex: number,
  count: number,
  onNearEnd: ((count: number) => void) | undefined,
): void {
  const isNear = count > 0 && lastIndex >= count - NEAR_END;
  useLayoutEffect(() => {
    if (isNear) onNearEnd?.(count);
  }, [isNear, onNearEnd, count]);
}
