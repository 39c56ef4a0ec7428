import { createContext, type ReactNode, useContext } from 'react';
import type { Reason } from '../../lib/reasons/reason.ts';
import { classes } from './classes.ts';
import { Popover } from './Popover.tsx';
import styles from './Why.module.css';

export interface WhyProps {
  /** The number itself; it is what one presses, or asks with `?`. */
  children: ReactNode;
  /** What the number is. */
  name: string;
  /** Asked when somebody asks. */
  reason: () => Reason;
  className?: string;
}

/** Where and when the numbers inside were read: the last line of every answer. */
export const WhySource = createContext('');

/** A number that can be asked why: its formula, what went in, and where it was read. */
export function Why({ children, name, reason, className }: WhyProps) {
  const source = useContext(WhySource);
  return (
    <Popover
      className={classes(styles.number, className)}
      name={`Why ${name}`}
      hotkey="?"
      label={
        <>
          {children}
          <span className="visually-hidden">, why</span>
        </>
      }
    >
      {() => <Answer name={name} reason={reason()} source={source} />}
    </Popover>
  );
}

/** What is said to who asks: the name, how the number is made, what went in, where that was read. */
export function Answer({ name, reason, source }: { name: string; reason: Reason; source: string }) {
  return (
    <>
      <p className={styles.name}>{name}</p>
      <p className={styles.formula}>{reason.formula}</p>
      {reason.inputs.length > 0 && (
        <dl className={styles.inputs}>
          {reason.inputs.map(([input, text]) => (
            <div key={input}>
              <dt>{input}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className={styles.source}>{source}</p>
    </>
  );
}
