import { memo } from 'react';
import { formatAge } from '../../lib/format.ts';
import { classes } from './classes.ts';
import styles from './Num.module.css';
import { splitInsignificant, toneOf } from './numberText.ts';

/** How much a value may be trusted: as it is, old, not known, or known to be wrong. */
export type Face = 'fresh' | 'stale' | 'unknown' | 'wrong';

export interface NumProps {
  /** Already formatted; undefined is not known and is drawn as a dash, never as 0. */
  text: string | undefined;
  unit?: string;
  face?: Face;
  /** Shown when stale. A freshness can be spread into these two. */
  ageMs?: number;
  /** Follows the sign of the text: + and − take the colours of the palette. */
  isSigned?: boolean;
  /** Digits after the point that stay bright; the rest, and the point, are dimmed. */
  significant?: number;
  isStrong?: boolean;
  className?: string;
}

/** A number with its unit, sign and age. A screen has hundreds, of which few change at a time. */
export const Num = memo(function Num(props: NumProps) {
  const { text, unit, face, ageMs, isSigned, significant = 0, isStrong, className } = props;
  const shown = text === undefined ? 'unknown' : (face ?? 'fresh');
  if (text === undefined || shown === 'unknown') {
    return (
      <span className={classes(styles.num, styles.unknown, className)}>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">not known</span>
      </span>
    );
  }
  const [bright, dim] = splitInsignificant(text, significant);
  const tone = isSigned && toneOf(text);
  return (
    <span
      className={classes(
        styles.num,
        styles[shown],
        tone && styles[tone],
        isStrong && styles.strong,
        className,
      )}
    >
      {bright}
      {dim !== '' && <i className={styles.dim}>{dim}</i>}
      {unit !== undefined && <i className={styles.unit}>{unit}</i>}
      {shown === 'stale' && ageMs !== undefined && (
        <i className={styles.age} data-age>
          {` ${formatAge(ageMs)}`}
        </i>
      )}
      {shown === 'wrong' && <span className="visually-hidden"> is wrong</span>}
    </span>
  );
});
