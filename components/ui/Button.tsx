import { type ButtonHTMLAttributes, type Ref, useContext } from 'react';
import styles from './Button.module.css';
import { classes } from './classes.ts';
import { PageModeContext } from './pageMode.ts';

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
  /** It only changes what is looked at. Every other button is blocked on a page that changes nothing. */
  isLook?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  tone = 'plain',
  size = 'normal',
  isFilled = false,
  isPending = false,
  isBlocked: isHeld = false,
  isLook = false,
  title,
  className,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const { block } = useContext(PageModeContext);
  const reason = isLook ? undefined : block;
  const isBlocked = isHeld || reason !== undefined;
  return (
    <button
      {...rest}
      type={type}
      data-look={isLook || undefined}
      title={reason ?? title}
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
