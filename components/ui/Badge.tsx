import type { ReactNode } from 'react';
import styles from './Badge.module.css';
import { classes } from './classes.ts';

export interface BadgeProps {
  tone?: 'plain' | 'strong' | 'warn' | 'danger' | 'info';
  isFilled?: boolean;
  children: ReactNode;
}

/** A state or a role in a word or two. */
export function Badge({ tone = 'plain', isFilled = false, children }: BadgeProps) {
  return <span className={classes(styles.badge, styles[tone], isFilled && styles.filled)}>{children}</span>;
}
