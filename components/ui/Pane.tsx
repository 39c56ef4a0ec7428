'use client';

import { createContext, type ReactNode, useContext, useId } from 'react';
import { classes } from './classes.ts';
import styles from './Pane.module.css';

export interface PaneProps {
  title: ReactNode;
  /** Between the title and the right edge: tabs, the scope of what is shown. */
  aside?: ReactNode;
  /** At the right edge: age, menu, keys. */
  actions?: ReactNode;
  /** The title is read out but not drawn. */
  isTitleHidden?: boolean;
  children: ReactNode;
  className?: string;
}

/** Where several panes of one kind stand on a page: what tells them apart, for screen readers. */
export const PaneScope = createContext('');

/** Tabs that stand for the title where two panes share one place; there is room for both on a wide screen. */
export const PaneTabs = createContext<ReactNode>(undefined);

/** The frame of every pane: a named region with a head of one line. */
export function Pane({ title, aside, actions, isTitleHidden = false, children, className }: PaneProps) {
  const id = useId();
  const scope = useContext(PaneScope);
  const tabs = useContext(PaneTabs);
  return (
    <section className={classes(styles.pane, className)} aria-labelledby={id}>
      <header className={styles.head}>
        {tabs !== undefined && <div className={styles.tabs}>{tabs}</div>}
        <h2
          id={id}
          className={
            isTitleHidden ? 'visually-hidden' : classes(styles.title, tabs !== undefined && styles.replaced)
          }
        >
          {title}
          {scope !== '' && <span className="visually-hidden">, {scope}</span>}
        </h2>
        {aside}
        <span className={styles.space} />
        {actions}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
