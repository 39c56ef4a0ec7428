'use client';

import { createContext, type ReactNode, useContext, useId, useLayoutEffect, useRef } from 'react';
import { classes } from './classes.ts';
import styles from './Dialog.module.css';
import { rememberFocus } from './rememberFocus.ts';

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Right-aligned at the foot; the safe choice first. */
  actions?: ReactNode;
}

/** Where this is true, a dialog stands in its place on the page and takes no focus: how the gallery shows it. */
export const StillDialogs = createContext(false);

/** The browser's modal dialog: focus stays inside, Escape closes, focus returns to where it was. */
export function Dialog({ title, isOpen, onClose, children, actions }: DialogProps) {
  const isStill = useContext(StillDialogs);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const isGone = useRef(false);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null || !isOpen) return;
    isGone.current = false;
    const giveBack = rememberFocus();
    element.showModal();
    return () => {
      isGone.current = true;
      // Once the page stands as it will: while React changes it, nothing hears that it has the focus.
      queueMicrotask(() => {
        element.close();
        giveBack();
      });
    };
  }, [isOpen]);
  const face = isOpen && (
    <>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      <div className={styles.body}>{children}</div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </>
  );
  if (isStill)
    return (
      <section className={classes(styles.dialog, styles.still)} aria-labelledby={id}>
        {face}
      </section>
    );
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={id}
      onClose={() => {
        // The browser tells it a moment later, when the next dialog may be open already.
        if (!isGone.current) onClose();
      }}
    >
      {face}
    </dialog>
  );
}
