import { formatAge } from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import styles from './Gauge.module.css';

/** How old the numbers are, fresh or held. */
export function AgeText({ freshness }: { freshness: Freshness }) {
  if (!('ageMs' in freshness)) return null;
  const isHeld = freshness.face !== 'fresh';
  return (
    <span className={isHeld ? styles.held : undefined}>
      {isHeld && 'held, '}
      {formatAge(freshness.ageMs)}
    </span>
  );
}
