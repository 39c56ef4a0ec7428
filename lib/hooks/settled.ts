import { useEffect, useState } from 'react';

/** A text once it has stood for so long; empty from the moment it changes until then. */
export function useSettled(text: string, forMs: number): string {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), forMs);
    return () => clearTimeout(timer);
  }, [text, forMs]);
  return settled === text ? text : '';
}
