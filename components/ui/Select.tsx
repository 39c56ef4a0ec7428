import { type SelectHTMLAttributes, useId } from 'react';
import { classes } from './classes.ts';
import styles from './Select.module.css';

export interface SelectOption<T extends string> {
  value: T;
  label: string;
}

export interface SelectProps<T extends string>
  extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'> {
  label: string;
  /** The label is read out but takes no room. */
  isLabelHidden?: boolean;
  value: T;
  options: readonly SelectOption<T>[];
  onPick: (value: T) => void;
}

/** The browser's own select: its keyboard, touch and screen-reader behaviour are the ones people know. */
export function Select<T extends string>({
  label,
  isLabelHidden = false,
  value,
  options,
  onPick,
  className,
  ...rest
}: SelectProps<T>) {
  const id = useId();
  return (
    <span className={classes(styles.select, className)}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <select {...rest} id={id} value={value} onChange={(event) => onPick(event.target.value as T)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
