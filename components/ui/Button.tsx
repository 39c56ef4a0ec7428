import type { ButtonHTMLAttributes, Ref } from 'react';
import styles from './Button.module.css';
import { classes } from './classes.ts';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `up` and `down` take the colours of the chosen palette; the words must say the same. */
  tone?: 'plain' | 'quiet' | 'up' | 'down' | 'warn' | 'danger';
  /** `row` fits a table row, `large` is the one action of a pane. */
  size?: 'row' | 'normal' | 'large';
  isFilled?: boolean;
  /** Something was asked and has not answered: the button stays where it is and says so. */
  isPending?: boolean;
  /** Hatched: cannot be pressed, and the words on it say why. It keeps the focus, unlike `disabled`. */
  isBlocked?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  tone = 'plain',
  size = 'normal',
  isFilled = false,
  isPending = false,
  isBlocked = false,
  className,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classes(
        styles.button,
        styles[tone],
        styles[size],
        isFilled && styles.filled,
        isBlocked && styles.blocked,
        className,
      )}
      aria-disabled={isBlocked || isPending || undefined}
      aria-busy={isPending || undefined}
      onClick={isBlocked || isPending ? undefined : onClick}
    />
  );
}
