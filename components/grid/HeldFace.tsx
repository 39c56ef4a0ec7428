import type { ReactNode } from 'react';
import { formatAge } from '../../lib/format.ts';
import { useAccountFreshness } from '../../lib/hooks/freshness.ts';
import { classes } from '../ui/classes.ts';
import styles from './Grid.module.css';

/** What comes with the account: dimmed once it is old, so that nothing looks live that is not. */
export function HeldFace({ children }: { children: ReactNode }) {
  const { face } = useAccountFreshness();
  return <div className={classes(styles.face, face === 'stale' && styles.old)}>{children}</div>;
}

/** How old the account is, once it is old. */
export function HeldAge() {
  const freshness = useAccountFreshness();
  if (freshness.face !== 'stale') return null;
  return <span className={styles.age}>{formatAge(freshness.ageMs)} old</span>;
}
