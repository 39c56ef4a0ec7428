import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './Field.module.css';

export interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'size'> {
  label: ReactNode;
  /** Right of the input, at the size of a unit: BTC, USDC, %. */
  unit?: ReactNode;
  /** Right of the label: what the value amounts to, or how far it is from something. */
  hint?: ReactNode;
  /** Why the value cannot be used, as a sentence. */
  error?: string;
  ref?: React.Ref<HTMLInputElement>;
}

/** A labelled input whose error is announced and tied to it. Its height never changes with the error. */
export function Field({ label, unit, hint, error, className, ref, ...input }: FieldProps) {
  const id = useId();
  const errorId = `${id}-error`;
  const hintId = `${id}-hint`;
  const described = [hint !== undefined && hintId, error !== undefined && errorId].filter(Boolean).join(' ');
  return (
    <div className={classes(styles.field, error !== undefined && styles.wrong, className)}>
      <div className={styles.box}>
        <div className={styles.top}>
          <label htmlFor={id}>{label}</label>
          {hint !== undefined && <span id={hintId}>{hint}</span>}
        </div>
        <div className={styles.line}>
          <input
            autoComplete="off"
            spellCheck={false}
            {...input}
            ref={ref}
            id={id}
            className={styles.input}
            aria-invalid={error !== undefined || undefined}
            aria-describedby={described || undefined}
          />
          {unit !== undefined && <span className={styles.unit}>{unit}</span>}
        </div>
      </div>
      <p id={errorId} className={styles.error} aria-live="polite">
        {error ?? ''}
      </p>
    </div>
  );
}
