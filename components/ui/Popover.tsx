'use client';

import { type ReactNode, useId, useRef } from 'react';
import styles from './Popover.module.css';

export interface PopoverProps {
  /** On the button that opens it. */
  label: ReactNode;
  /** Names what is inside. */
  name: string;
  children: ReactNode;
  className?: string;
}

const GAP_PX = 2;

/** A few controls behind a button: the browser opens it above everything, closes it on Escape or a press outside. */
export function Popover({ label, name, children, className }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const place = () => {
    const box = button.current?.getBoundingClientRect();
    if (box === undefined || panel.current === null) return;
    // Set by script: the page's policy drops style attributes of the HTML.
    panel.current.style.top = `${box.bottom + GAP_PX}px`;
    panel.current.style.right = `${document.documentElement.clientWidth - box.right}px`;
  };
  return (
    <>
      <button ref={button} type="button" className={className} popoverTarget={id}>
        {label}
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a popover in every browser. */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="group"
        aria-label={name}
        className={styles.panel}
        onBeforeToggle={place}
      >
        {children}
      </div>
    </>
  );
}
