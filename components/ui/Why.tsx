import type { ReactNode } from 'react';
import { Popover } from './Popover.tsx';
import styles from './Why.module.css';

export interface WhyProps {
  /** The number itself; it is what one presses, or asks with `?`. */
  children: ReactNode;
  /** What the number is. */
  name: string;
  formula: string;
  inputs: readonly (readonly [name: string, text: string])[];
  /** Where and when it was read: the last line. */
  source: string;
}

/** A number that can be asked why: its formula, what went in, and where it was read. */
export function Why({ children, name, formula, inputs, source }: WhyProps) {
  return (
    <Popover
      className={styles.number}
      name={`Why ${name}`}
      hotkey="?"
      label={
        <>
          {children}
          <span className="visually-hidden">, why</span>
        </>
      }
    >
      <p className={styles.name}>{name}</p>
      <p className={styles.formula}>{formula}</p>
      <dl className={styles.inputs}>
        {inputs.map(([input, text]) => (
          <div key={input}>
            <dt>{input}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.source}>{source}</p>
    </Popover>
  );
}
