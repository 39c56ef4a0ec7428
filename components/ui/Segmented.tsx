import { type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './Segmented.module.css';

export interface SegmentedOption<T extends string> {
  value: T;
  label: ReactNode;
  tone?: 'up' | 'down';
}

export interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly SegmentedOption<T>[];
  onPick: (value: T) => void;
  isDisabled?: boolean;
  className?: string;
}

/** One of a few, all visible: radio buttons underneath, so arrows move and one Tab passes. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onPick,
  isDisabled = false,
  className,
}: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className={classes(styles.group, className)} disabled={isDisabled}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={classes(styles.option, option.tone && styles[option.tone])}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onPick(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
