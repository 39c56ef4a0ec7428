import { useEffect, useRef } from 'react';

/** Runs on a key pressed anywhere but in a field, without modifiers. */
export function useHotkey(key: string, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  }, [run]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented);
      // A field that moves a mark in its list hands each key on to the marked row.
      const isTyped = isTyping(event.target) || isTyping(document.activeElement);
      if (!isPlain || event.key.toLowerCase() !== key || isTyped) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [key]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
