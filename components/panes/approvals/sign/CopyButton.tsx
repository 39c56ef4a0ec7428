import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';

/** How long it says that it was copied. */
const SAID_MS = 2_000;

/** Puts a text on the clipboard and says so, or that the browser does not let it. */
export function CopyButton({ text, children }: { text: string; children: ReactNode }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('Not copied: the browser forbids it'),
    );
  return (
    <>
      <Button size="row" isLook onClick={() => void copy()}>
        {children}
      </Button>
      <span role="status">{said}</span>
    </>
  );
}
