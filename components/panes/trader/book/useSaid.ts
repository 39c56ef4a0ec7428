import { useCallback, useEffect, useState } from 'react';

/** Long enough to read two lines. */
const SHOWN_MS = 6_000;

/** One sentence about the last press: seen for a while, or only read out. */
export function useSaid() {
  const [said, setSaid] = useState({ text: '', isShown: false });
  const say = useCallback((text: string) => setSaid({ text, isShown: text !== '' }), []);
  const read = useCallback((text: string) => setSaid({ text, isShown: false }), []);
  useEffect(() => {
    if (!said.isShown) return;
    const timer = setTimeout(() => say(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said, say]);
  return { said, say, read };
}
