'use client';

import { useToasts } from '../../lib/hooks/toasts.ts';
import { holdToasts, releaseToasts } from '../../lib/stores/toastStore.ts';
import { classes } from '../ui/classes.ts';
import { ToastLine } from './ToastLine.tsx';
import styles from './Toasts.module.css';

/**
 * News where no number is typed and no button of the ticket is covered: over the oldest candles of the trade screen,
 * at the foot of the other pages.
 */
export function Toasts({ isOverChart }: { isOverChart: boolean }) {
  return (
    <section
      className={classes(styles.stack, isOverChart && styles.overChart)}
      aria-label="Notices"
      aria-live="polite"
      aria-relevant="additions text"
      onPointerEnter={holdToasts}
      onPointerLeave={releaseToasts}
      onFocus={holdToasts}
      onBlur={releaseToasts}
    >
      {useToasts().map((toast) => (
        <ToastLine key={toast.group} toast={toast} />
      ))}
    </section>
  );
}
