import type { InputHTMLAttributes, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Toggle.module.css';

export interface ToggleProps
  extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'onChange' | 'onToggle'> {
  isOn: boolean;
  onToggle: (isOn: boolean) => void;
  children: ReactNode;
}

/** On or off, with its words beside it. */
export function Toggle({ isOn, onToggle, children, className, ...rest }: ToggleProps) {
  return (
    <label className={classes(styles.toggle, className)}>
      <input
        {...rest}
        type="checkbox"
        checked={isOn}
        onChange={(event) => onToggle(event.target.checked)}
        className={styles.box}
      />
      {children}
    </label>
  );
}
