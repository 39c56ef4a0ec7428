import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import styles from './Tooltip.module.css';

interface Described {
  'aria-describedby'?: string;
}

export interface TooltipProps {
  /** A sentence; it describes the child, it does not name it. */
  words: ReactNode;
  side?: 'below' | 'above';
  children: ReactElement<Described>;
}

/** Shown by CSS on hover and focus, so it needs no script, cannot be left behind and is always read. */
export function Tooltip({ words, side = 'below', children }: TooltipProps) {
  const id = useId();
  return (
    <span className={styles.anchor}>
      {cloneElement(children, { 'aria-describedby': id })}
      <span role="tooltip" id={id} className={`${styles.tip} ${styles[side]}`}>
        {words}
      </span>
    </span>
  );
}
