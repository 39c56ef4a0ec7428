'use client';

import { useLayoutEffect, useRef, useState } from 'react';
import { Spacer } from '../../../grid/Spacer.tsx';
import { useRowsInSight } from '../../../grid/useRowsInSight.ts';
import { classes } from '../../../ui/classes.ts';
import { DropPreview } from './DropPreview.tsx';
import styles from './Tree.module.css';
import { stepOf, type TreeLine } from './Tree.state.ts';
import { TreeRow } from './TreeRow.tsx';
import { useHeld } from './useHeld.ts';
import type { Waiting } from './waiting.ts';

export interface TreeGridProps {
  lines: readonly TreeLine[];
  waiting: Waiting;
  isHeld: boolean;
  onToggle: (key: string, isOpen: boolean) => void;
}

const columns = [
  { id: 'name', title: 'Account' },
  { id: 'equity', title: 'Equity' },
  { id: 'day', title: 'Today' },
  { id: 'pnl', title: 'Unrealized' },
  { id: 'ratio', title: 'MM ÷ equity' },
  { id: 'distance', title: 'Dist.' },
  { id: 'driver', title: 'Driver' },
  { id: 'free', title: 'Free margin' },
  { id: 'limit', title: 'Worst limit' },
  { id: 'flag', title: 'Flag' },
  { id: 'menu', title: 'Actions' },
] as const;

const LEFT: readonly string[] = ['name', 'ratio', 'driver', 'limit', 'flag'];

/** A tree of any length as a table: only the rows in sight are drawn, one of them has the focus of the keyboard. */
export function TreeGrid({ lines, waiting, isHeld, onToggle }: TreeGridProps) {
  const box = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(lines[0]?.key);
  /** The line to give the focus to once it is drawn. */
  const wanted = useRef<string>(undefined);
  const held = useHeld(lines, focused);
  const sight = useRowsInSight(
    box,
    lines.map(({ key }) => key),
  );
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const row = box.current?.querySelector<HTMLElement>(`tr[data-key="${wanted.current}"]`);
    if (row == null) return;
    row.focus();
    wanted.current = undefined;
  });
  const isFocusThere = lines.some(({ key }) => key === focused);
  const onKey = (key: string, at: number): boolean => {
    if (held.onKey(key, lines[at])) return true;
    const step = stepOf(key, lines, at, sight.page);
    if (step === undefined) return false;
    if ('toggle' in step) onToggle(step.toggle, step.isOpen);
    else {
      wanted.current = lines[step.goTo]?.key;
      setFocused(wanted.current);
      sight.scrollTo(step.goTo);
    }
    return true;
  };
  return (
    <>
      <div ref={box} className={styles.scroll}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows have the focus is a tree grid.
          role="treegrid"
          aria-label="Subaccounts"
          onDragLeave={(event) => {
            if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
              held.leave();
          }}
          aria-rowcount={lines.length + 1}
          className={classes(styles.table, isHeld && styles.held)}
        >
          <colgroup>
            {columns.map(({ id }) => (
              <col key={id} className={styles[`${id}Column`]} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map(({ id, title }) => (
                <th key={id} scope="col" className={LEFT.includes(id) ? styles.headLeft : undefined}>
                  {id === 'menu' ? <span className="visually-hidden">{title}</span> : title}
                </th>
              ))}
            </tr>
          </thead>
          <Spacer height={sight.abovePx} />
          <tbody>
            {sight.places.map((index) => {
              const line = lines[index];
              if (line === undefined) return null;
              return (
                <TreeRow
                  key={line.key}
                  line={line}
                  index={index}
                  waiting={waiting}
                  isStop={isFocusThere ? line.key === focused : index === 0}
                  drop={held.dropOn(line)}
                  drag={held.dragOf(line)}
                  onKey={(key) => onKey(key, index)}
                  onFocus={() => setFocused(line.key)}
                  onToggle={onToggle}
                />
              );
            })}
          </tbody>
          <Spacer height={sight.belowPx} />
        </table>
      </div>
      <DropPreview held={held} />
    </>
  );
}
