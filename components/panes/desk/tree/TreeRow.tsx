import type { DragEvent, KeyboardEvent } from 'react';
import { accountHue } from '../../../../lib/accountHue.ts';
import { classes } from '../../../ui/classes.ts';
import type { RowDrag, RowDrop } from './carried.ts';
import { HeldCells } from './HeldCells.tsx';
import { LineMenu } from './LineMenu.tsx';
import { SumCells } from './SumCells.tsx';
import styles from './Tree.module.css';
import type { TreeLine } from './Tree.state.ts';
import type { Waiting } from './waiting.ts';
import { nameOfLine } from './words.ts';

export interface TreeRowProps {
  line: TreeLine;
  index: number;
  waiting: Waiting;
  /** Where the Tab key stops. */
  isStop: boolean;
  drag: RowDrag;
  drop: RowDrop;
  /** Whether the key did something. */
  onKey: (key: string) => boolean;
  onFocus: () => void;
  onToggle: (key: string, isOpen: boolean) => void;
}

export function TreeRow(props: TreeRowProps) {
  const { line, index, waiting, isStop, drag, drop, onKey, onFocus, onToggle } = props;
  const { key, depth, isOpen } = line;
  const isTarget = drop !== undefined && 'onDrop' in drop;
  const hue = hueOf(line);
  return (
    <tr
      data-key={key}
      data-hue={hue}
      aria-level={depth + 1}
      aria-expanded={isOpen}
      aria-rowindex={index + 2}
      tabIndex={isStop ? 0 : -1}
      className={classes(
        styles.row,
        styles[`depth${Math.min(depth, 6)}`],
        line.kind === 'branch' && line.branch.node.account === null && styles.group,
        (line.kind === 'position' || line.kind === 'balance') && styles.part,
        drag.isHeld && styles.carried,
        isTarget && styles.target,
        drop !== undefined && !isTarget && styles.forbidden,
      )}
      title={drop !== undefined && 'forbidden' in drop ? drop.forbidden : undefined}
      draggable={drag.isMovable}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', nameOfLine(line));
        drag.onStart();
      }}
      onDragEnd={drag.onEnd}
      onDragOver={(event) => {
        drag.onOver();
        allow(event, isTarget);
      }}
      onDrop={(event) => {
        event.preventDefault();
        if (isTarget) drop.onDrop();
      }}
      onFocus={onFocus}
      onKeyDown={(event) => take(event, onKey)}
    >
      <th scope="row" className={styles.name} aria-label={nameOfLine(line)}>
        {isOpen === undefined ? (
          <span className={styles.twist} />
        ) : (
          <button
            type="button"
            tabIndex={-1}
            className={styles.twist}
            aria-label={`${isOpen ? 'Close' : 'Open'} ${nameOfLine(line)}`}
            onClick={() => onToggle(key, !isOpen)}
          >
            <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
              <path d={isOpen ? 'M0 2h8L4 7z' : 'M2 0v8l5-4z'} />
            </svg>
          </button>
        )}
        {hue !== undefined && <span className={styles.hue} />}
        <span className={styles.label}>{nameOfLine(line)}</span>
      </th>
      {line.kind === 'position' || line.kind === 'balance' ? (
        <HeldCells line={line} />
      ) : (
        <SumCells line={line} waiting={waiting} />
      )}
      <td className={styles.menu}>
        <LineMenu line={line} />
      </td>
    </tr>
  );
}

function hueOf(line: TreeLine): number | undefined {
  if (line.kind === 'pot') return accountHue(line.account.account);
  const account = line.kind === 'branch' ? line.branch.node.account : null;
  return account === null ? undefined : accountHue(account);
}

function allow(event: DragEvent<HTMLElement>, isTarget: boolean): void {
  if (!isTarget) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'move';
}

/** Keys of the row itself; those of a button in it are the button's. */
function take(event: KeyboardEvent<HTMLElement>, onKey: (key: string) => boolean): void {
  const { key, target, currentTarget, ctrlKey, altKey, metaKey } = event;
  if (target !== currentTarget || ctrlKey || altKey || metaKey) return;
  if (onKey(key)) return event.preventDefault();
  const opensMenu = key === 'Enter' || key === 'ContextMenu' || key === ' ';
  if (!opensMenu) return;
  currentTarget.querySelector('[data-menu]')?.closest('button')?.click();
  event.preventDefault();
}
