import type { PriceSpace } from '../../../charts/priceSpace.ts';
import { classes } from '../../../ui/classes.ts';
import styles from './Pills.module.css';
import { fannedPlaces, type PillGroup } from './pillGroups.ts';

const SHOWN = 2;
const FAN_WIDTH_PX = 190;

interface SharedPillProps {
  group: PillGroup;
  space: PriceSpace;
  isOpen: boolean;
  onPointerEnter: () => void;
}

/** Several lines at nearly one price, folded into one pill; the ground of their fan while somebody is there. */
export function SharedPill({ group, space, isOpen, onPointerEnter }: SharedPillProps) {
  const { at, y, lines } = group;
  if (isOpen) {
    const places = fannedPlaces(group, space);
    const top = Math.min(...places.map((place) => place.y)) - 11;
    const bottom = Math.max(...places.map((place) => place.y)) + 11;
    const width = Math.max(...places.map((place) => place.x)) + FAN_WIDTH_PX;
    return <div className={styles.fan} style={{ top, height: bottom - top, [at]: 0, width }} />;
  }
  const more = lines.length - SHOWN;
  return (
    <div
      aria-hidden="true"
      className={classes(styles.shared, styles[at])}
      style={{ transform: `translateY(${Math.round(y)}px)` }}
      data-shared={lines.length}
      onPointerEnter={onPointerEnter}
    >
      {lines.slice(0, SHOWN).map(({ key, parts }) => (
        <span key={key} className={styles[parts[0]?.tone ?? 'plain']}>
          {parts[0]?.text}
        </span>
      ))}
      {more > 0 && <span className={styles.quiet}>+{more}</span>}
    </div>
  );
}
