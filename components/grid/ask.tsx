import type { ReactNode } from 'react';
import styles from './Grid.module.css';

/** The button of a number that can be asked: one panel answers for the whole grid, so that a cell keeps nothing. */
export const ASKED = 'button[aria-keyshortcuts="?"]';

/** A number that is asked why by a press or by `?`; its column says the answer (`GridColumn.why`). */
export function ask(number: ReactNode): ReactNode {
  return (
    <button type="button" className={styles.ask} aria-keyshortcuts="?" aria-haspopup="true">
      {number}
    </button>
  );
}
