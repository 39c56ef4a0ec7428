import type { LimitReading } from './Ticket.limits.ts';
import styles from './TicketLimits.module.css';

/** The bar ends a little behind the limit, so that one just over it is seen to be. */
const END = 1.1;

/** How much of a limit is used after the order; the blue mark is before it. Geometry as attributes, not styles. */
export function LimitBar({ reading: { share, before } }: { reading: LimitReading }) {
  const percent = (of: number) => `${(Math.min(Math.max(of, 0), END) / END) * 100}%`;
  return (
    <svg className={styles.bar} width="100%" height="9" aria-hidden="true">
      <rect x="0" y="2" width={percent(1)} height="5" className={styles.track} />
      <rect x="0" y="2" width={percent(share)} height="5" className={styles.used} />
      {before !== undefined && Number.isFinite(before) && (
        <rect x={percent(before)} y="0" width="2" height="9" className={styles.before} />
      )}
    </svg>
  );
}
