import type { PointerEvent, ReactNode } from 'react';
import { classes } from '../../../ui/classes.ts';
import type { ChartLine } from './chartLines.ts';
import type { EffectWords } from './dragEffect.ts';
import { type EffectPlace, EffectText } from './EffectText.tsx';
import styles from './Pills.module.css';
import type { PillPlace } from './pillGroups.ts';

export interface PillProps {
  line: ChartLine;
  place: PillPlace;
  /** Not drawn: its group is folded into one pill. It still can be reached by keys. */
  isFolded: boolean;
  /** The one Tab stop among all pills. */
  isCurrent: boolean;
  /** `62,400 → 61,000` while it is held or asked for. */
  way: string | undefined;
  effect: EffectWords | undefined;
  effectAt: EffectPlace;
  isCarried: boolean;
  onGrip: {
    down: (event: PointerEvent<HTMLButtonElement>) => void;
    move: (event: PointerEvent<HTMLButtonElement>) => void;
    up: () => void;
    lost: () => void;
  };
  onRemove: (() => void) | undefined;
  onFocus: () => void;
  onPointerEnter: () => void;
  children?: ReactNode;
}

/** A line's name on the chart: held by its dots, taken off by its cross. */
export function Pill(props: PillProps) {
  const { line, place, isFolded, isCurrent, way, effect, isCarried, onGrip, onRemove } = props;
  const { key, tone, at, name, axisText, canMove } = line;
  const label = `${name} at ${axisText}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a box of its own.
    <div
      role="group"
      aria-label={label}
      className={classes(
        styles.pill,
        styles[tone],
        styles[at],
        isFolded && styles.folded,
        isCarried && styles.carried,
      )}
      data-line={key}
      data-ticks={line.priceTicks}
      style={{ transform: `translateY(${Math.round(place.y)}px)`, [at]: 8 + place.x }}
      onFocus={props.onFocus}
      onPointerEnter={props.onPointerEnter}
    >
      {canMove && (
        <button
          type="button"
          className={styles.grip}
          tabIndex={isCurrent ? 0 : -1}
          aria-label={`Move ${label}`}
          aria-pressed={isCarried}
          onPointerDown={onGrip.down}
          onPointerMove={onGrip.move}
          onPointerUp={onGrip.up}
          onPointerCancel={onGrip.lost}
          onLostPointerCapture={onGrip.lost}
        >
          <Dots />
        </button>
      )}
      {place.beyond !== undefined && way === undefined && (
        <span className={styles.quiet}>
          {place.beyond === 'above' ? '▲' : '▼'} {axisText}
        </span>
      )}
      {line.parts.map(({ text, tone: partTone }) => (
        <span key={text} className={styles[partTone]}>
          {text}
        </span>
      ))}
      {way !== undefined && <b className={styles.way}>{way}</b>}
      {effect !== undefined && <EffectText effect={effect} at={props.effectAt} />}
      {props.children}
      {onRemove !== undefined && (
        <button
          type="button"
          className={styles.cross}
          tabIndex={isCurrent && !canMove ? 0 : -1}
          aria-label={`${line.subject.is === 'order' ? 'Cancel' : 'Remove'} ${label}`}
          onClick={onRemove}
        >
          <span aria-hidden="true">×</span>
        </button>
      )}
    </div>
  );
}

/** Drawn, because few fonts have the sign. */
function Dots() {
  return (
    <svg width="6" height="10" viewBox="0 0 6 10" fill="currentColor" aria-hidden="true">
      {[1, 5, 9].flatMap((y) => [1, 5].map((x) => <circle key={`${x}/${y}`} cx={x} cy={y} r={1} />))}
    </svg>
  );
}
