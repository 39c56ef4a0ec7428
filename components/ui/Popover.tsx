'use client';

import { type ReactNode, useId, useRef, useState } from 'react';
import styles from './Popover.module.css';

export interface PopoverProps {
  /** On the button that opens it. */
  label: ReactNode;
  /** Names what is inside. */
  name: string;
  /** A function is asked only while the panel is open: a screen full of numbers has a panel for each. */
  children: ReactNode | (() => ReactNode);
  className?: string;
  /** A key that opens and closes it while the button has the focus, besides Enter and Space. */
  hotkey?: string;
}

const GAP_PX = 2;
const WIDTH_PX_MAX = 320;

/** A few controls behind a button: the browser opens it above everything, closes it on Escape or a press outside. */
export function Popover({ label, name, children, className, hotkey }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const place = () => {
    const box = button.current?.getBoundingClientRect();
    if (box !== undefined && panel.current !== null) putBeside(panel.current.style, box);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        popoverTarget={id}
        aria-keyshortcuts={hotkey}
        onKeyDown={(event) => {
          if (event.key !== hotkey) return;
          // Elsewhere the same key may mean something else.
          event.preventDefault();
          panel.current?.togglePopover();
        }}
      >
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
        onBeforeToggle={(event) => {
          setOpen(event.newState === 'open');
          place();
        }}
      >
        {typeof children === 'function' ? isOpen && children() : children}
      </div>
    </>
  );
}

/**
 * Below the button and up to its right edge; above it from the lower half of the window, and from its left
 * edge where there is no room to the left. Set by script: the page's policy drops style attributes of the HTML.
 */
export function putBeside(style: CSSStyleDeclaration, box: DOMRect): void {
  const { clientWidth, clientHeight } = document.documentElement;
  const isLow = box.top > clientHeight / 2;
  const isFarLeft = box.right < WIDTH_PX_MAX;
  style.top = isLow ? 'auto' : `${box.bottom + GAP_PX}px`;
  style.bottom = isLow ? `${clientHeight - box.top + GAP_PX}px` : 'auto';
  style.left = isFarLeft ? `${box.left}px` : 'auto';
  style.right = isFarLeft ? 'auto' : `${clientWidth - box.right}px`;
}
